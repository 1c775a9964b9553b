/** Whether a Task's Resource is something that Step Functions can call. */
import { textOf } from "../machine.ts";
import { error, inState, type Code, type Rule } from "./finding.ts";
import { integrationOf, optimized, type Integration } from "./integrations.ts";
import { lookup } from "../lookup.ts";
import { didYouMean } from "./nearest.ts";

interface Problem {
  readonly code: Code;
  readonly message: string;
}
const problem = (code: Code, message: string): Problem => ({ code, message });

/** Accounts and regions are often placeholders in examples, so only the form is looked at. */
const others = [
  /^arn:[\w-]+:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?$/,
  /^arn:[\w-]+:states:[^:]*:[^:]*:activity:[^:]+$/,
];

function sdkProblem({ service, action, pattern }: Integration): Problem | undefined {
  if (!/^[a-z][a-z0-9]*$/.test(service))
    return problem(
      "unknown-integration",
      `"${service}" is no service of the SDK integrations: their names are in small letters and digits`,
    );
  if (!/^[a-z][A-Za-z0-9]*$/.test(action)) {
    const camel = `${action.slice(0, 1).toLowerCase()}${action.slice(1)}`;
    const meant = /^[a-z][A-Za-z0-9]*$/.test(camel) ? `: write "${camel}"` : "";
    return problem("unknown-integration", `"${action}" is no action: actions are in camel case${meant}`);
  }
  if (pattern === "" || pattern === ".waitForTaskToken") return undefined;
  return problem(
    "unknown-integration",
    `SDK integrations can't be waited for with "${pattern}", only with .waitForTaskToken: use the service's optimized integration, or ask for its status in a loop`,
  );
}

function optimizedProblem({ service, action, pattern }: Integration): Problem | undefined {
  const sdk = `aws-sdk:${service}:${action}`;
  const actions = lookup(optimized, service);
  if (actions === undefined)
    return problem(
      "unknown-integration",
      `Step Functions has no integration of its own for "${service}".${didYouMean(service, Object.keys(optimized))} Any API of AWS can be called as ${sdk}.`,
    );
  const patterns: readonly string[] | undefined = lookup(actions, action);
  if (patterns === undefined)
    return problem(
      "unknown-integration",
      `the integration of ${service} has no action "${action}": it has ${Object.keys(actions).join(", ")}.${didYouMean(action, Object.keys(actions))} Other actions are called as ${sdk}.`,
    );
  if (patterns.includes(pattern)) return undefined;
  const known = patterns.filter((each) => each !== "");
  return problem(
    "unknown-integration",
    `${service}:${action} can't be waited for with "${pattern}"${known.length === 0 ? ": it gives its answer at once, so leave that out" : `, only with ${known.join(" or ")}`}`,
  );
}

function problemOf(resource: string): Problem | undefined {
  const integration = integrationOf(resource);
  // A name that is put in at deployment can't be judged, unless it stands in the ARN's partition.
  const known = integration === undefined ? resource : Object.values(integration).join(" ");
  if (known.includes("${")) return undefined;
  if (integration !== undefined) return integration.sdk ? sdkProblem(integration) : optimizedProblem(integration);
  return others.some((form) => form.test(resource))
    ? undefined
    : problem(
        "malformed-resource",
        `${JSON.stringify(resource)} is no ARN of an integration, a Lambda or an activity: write one such as arn:aws:states:::lambda:invoke`,
      );
}

export const resourcesAreKnown: Rule = ({ states }) =>
  states.flatMap((state) => {
    const resource = state.type === "Task" ? textOf(state.fields.Resource) : undefined;
    const found = resource === undefined ? undefined : problemOf(resource);
    return found === undefined ? [] : [error(found.code, inState(state, "Resource"), found.message)];
  });
