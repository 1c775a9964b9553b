/**
 * All checks: the rules here are for what only the program tells, `definition/validate` for what its definition tells as
 * well, `permissions/review` for its statements.
 */
import { validate, type Severity } from "../definition/validate/index.ts";
import type { Emitted } from "../emit/index.ts";
import { reviewPermissions } from "../permissions/review.ts";
import type { Finding, Problem } from "../problem.ts";
import type { Statement } from "../statement.ts";
import { allSteps } from "../walk.ts";
import type { Workflow } from "../workflow.ts";
import type { Mark } from "../writer.ts";
import { expressChildrenDoNotWait } from "./express.ts";
import { withinLimits } from "./limits.ts";
import { allReachable, noEmptyBranch, roundsComeAround, succeedEndsExecution } from "./order.ts";
import { problem, type Rule } from "./rule.ts";
import { sizesOf } from "./sizes/index.ts";
import { tryFindings } from "./tries.ts";
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
  roundsComeAround,
  succeedEndsExecution,
  expressChildrenDoNotWait,
  withinLimits,
  variablesOfTheirOwn,
  knownTokens,
];

type Statements = readonly Statement[];

/** What is found, and the statements of each step and each Lambda, with a reason where they are wide. */
interface Checked {
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  readonly ofSteps: readonly Statements[];
  readonly ofLambdas: readonly Statements[];
}

type Review = (
  of: Mark & { readonly permissions: Statements },
) => Promise<{ readonly statements: Statements; readonly problems: readonly Problem[] }>;

/** Reviews statements of steps and Lambdas; what many of them need is reviewed once. */
function reviewer({ arns }: Workflow): Review {
  const known = new Map<string, ReturnType<typeof reviewPermissions>>();
  return async ({ name, site, permissions }) => {
    const key = JSON.stringify(permissions);
    const reviewed = known.get(key) ?? reviewPermissions(permissions, arns);
    known.set(key, reviewed);
    const { statements, problems } = await reviewed;
    return { statements, problems: problems.map(({ code, message }) => ({ code, state: name, site, message })) };
  };
}

export async function check(workflow: Workflow, emitted: Emitted, definition: object): Promise<Checked> {
  const steps = allSteps(workflow.program).filter((step) => "permissions" in step);
  const review = reviewer(workflow);
  const ofSteps = await Promise.all(steps.map(review));
  const ofLambdas = await Promise.all(workflow.lambdas.map(review));
  const told = [
    ...workflow.problems,
    ...rules.flatMap((rule) => rule(workflow, emitted)),
    ...emitted.problems,
    ...[...ofSteps, ...ofLambdas].flatMap(({ problems }) => problems),
  ];
  // What the program says of a state says it better than what its definition says.
  const isMixedUp = emitted.problems.some(({ code }) => code === "duplicate-name");
  const toldOf = new Set(told.map(({ state }) => state));
  const sizes = sizesOf(workflow, emitted);
  const found = validate(definition, { items: sizes.items }).map(({ code, severity, state, message }) => {
    const { name, site, accept } = emitted.steps.get(state) ?? workflow;
    const each = { code, state: state === "" ? name : state, site, message };
    const isTold = toldOf.has(each.state) || (isMixedUp && code === "unreachable");
    return { severity, isLeft: severity === "warning" ? accept?.[code] === undefined : !isTold, each };
  });
  const left = (wanted: Severity) =>
    found.flatMap(({ severity, isLeft, each }) => (severity === wanted && isLeft ? [each] : []));
  return {
    problems: [...told, ...left("error")],
    findings: [...tryFindings(workflow), ...sizes.findings, ...left("warning")],
    ofSteps: ofSteps.map(({ statements }) => statements),
    ofLambdas: ofLambdas.map(({ statements }) => statements),
  };
}
