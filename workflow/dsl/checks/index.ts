/** All checks: what types can't say of a workflow. A check is a named rule, and everything that is wrong is told at once. */
import type { Finding, Problem } from "../problem.ts";
import { allSteps } from "../walk.ts";
import type { Workflow } from "../workflow.ts";
import { anyErrorAlone, knownErrors } from "./errors.ts";
import { withinLimits } from "./limits.ts";
import { allReachable, noEmptyBranch, succeedEndsExecution } from "./order.ts";
import { problem, type Rule } from "./rule.ts";
import { knownTokens } from "./tokens.ts";
import { variablesOfTheirOwn } from "./variables.ts";

const everyTryHasAHandler: Rule = ({ openTries }) =>
  openTries.map((each) =>
    problem("try-without-catch", each, "has no handler, so its steps would be lost: add .catch(errors, handler)"),
  );

const rules: readonly Rule[] = [
  everyTryHasAHandler,
  noEmptyBranch,
  allReachable,
  succeedEndsExecution,
  knownErrors,
  anyErrorAlone,
  withinLimits,
  variablesOfTheirOwn,
  knownTokens,
];

export const problemsOf = (workflow: Workflow): Problem[] => rules.flatMap((rule) => rule(workflow));

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: bytes of a definition. */
const largest = 1_048_576;
/** Tokens grow when ARNs take their place, so there has to be room. */
const roomy = 0.9 * largest;

const size = (definition: object): number => Buffer.byteLength(JSON.stringify(definition));

export function tooLarge({ name, site }: Workflow, definition: object): Problem[] {
  const bytes = size(definition);
  const message = `the definition has ${bytes} bytes, and ${largest} are allowed: move a part into a machine of its own, or data into S3`;
  return bytes > largest ? [problem("too-large", { name, site }, message)] : [];
}

export function findingsOf({ name, site, program, accept }: Workflow, definition: object): Finding[] {
  const bytes = size(definition);
  const near = `the definition has ${bytes} of ${largest} allowed bytes, before ARNs take the place of their tokens`;
  const untimed = allSteps(program).filter(
    (step) =>
      step.kind === "task" &&
      /\.sync(:\d)?$/.test(step.resource) &&
      step.timeout === undefined &&
      step.accept?.["sync-without-timeout"] === undefined,
  );
  return [
    ...(bytes > roomy && accept?.["nearly-too-large"] === undefined
      ? [{ code: "nearly-too-large" as const, state: name, site, message: near }]
      : []),
    ...untimed.map((step) => ({
      code: "sync-without-timeout" as const,
      state: step.name,
      site: step.site,
      message: "waits for a job without a timeout: if the job hangs, so does the execution. Give it one.",
    })),
  ];
}
