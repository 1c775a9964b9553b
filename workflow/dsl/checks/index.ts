/**
 * All checks: the rules here are for what only the program tells, `definition/validate` for what its definition tells as
 * well, `permissions/review` for its statements.
 */
import { validate, type Severity } from "../definition/validate/index.ts";
import type { Emitted } from "../emit/index.ts";
import { reviewPermissions } from "../permissions/review.ts";
import { isMistake } from "../mistakes.ts";
import { at, type Finding, type Problem } from "../problem.ts";
import type { Statement } from "../statement.ts";
import { mistakesIn } from "../reference.ts";
import type { StepNode } from "../tree.ts";
import { allSteps, valuesOf } from "../walk.ts";
import type { Workflow } from "../workflow.ts";
import type { Mark } from "../writer.ts";
import { tokensAreSent } from "./callbacks.ts";
import { causes, isConsequence } from "./consequences.ts";
import { errorFindings, errorsAreKnown } from "./errors.ts";
import { withinLimits } from "./limits.ts";
import { namesAreShort } from "./names.ts";
import { allReachable, noEmptyBranch, roundsComeAround, succeedEndsExecution } from "./order.ts";
import { problem, type Rule } from "./rule.ts";
import { sizesOf } from "./sizes/index.ts";
import { tryFindings } from "./tries.ts";
import { tokenFindings, tokensStandForOneThing, unknownTokens } from "./tokens.ts";
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
  withinLimits,
  variablesOfTheirOwn,
  tokensStandForOneThing,
  tokensAreSent,
  errorsAreKnown,
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
  const steps = allSteps(workflow.program);
  const review = reviewer(workflow);
  const ofSteps = await Promise.all(steps.filter((step) => "permissions" in step).map(review));
  const ofLambdas = await Promise.all(workflow.lambdas.map(review));
  const told = causes([
    ...noted(workflow, steps),
    ...rules.flatMap((rule) => rule(workflow, emitted)),
    ...namesAreShort(emitted),
    ...emitted.problems,
    ...unknownTokens(workflow, emitted.steps, definition),
    ...[...ofSteps, ...ofLambdas].flatMap(({ problems }) => problems),
  ]);
  // A step without a whole program can't be measured, and nobody is told of sizes before it is one.
  const sizes = told.length > 0 ? undefined : sizesOf(workflow, emitted);
  const found = validate(definition, sizes && { items: sizes.items }).map(({ code, severity, state, message }) => {
    const { name, site, accept } = emitted.steps.get(state) ?? workflow;
    // What the program says of a state says it better than what its definition says.
    const isLeft =
      !isConsequence(told, { code, state: name }) && (severity === "error" || accept?.[code] === undefined);
    return { severity, isLeft, each: { code, state: state === "" ? name : state, site, message } };
  });
  const left = (wanted: Severity) =>
    found.flatMap(({ severity, isLeft, each }) => (severity === wanted && isLeft ? [each] : []));
  return {
    problems: [...told, ...left("error")],
    findings: [
      ...tryFindings(workflow),
      ...errorFindings(workflow),
      ...tokenFindings(workflow),
      ...(sizes?.findings ?? []),
      ...left("warning"),
    ],
    ofSteps: ofSteps.map(({ statements }) => statements),
    ofLambdas: ofLambdas.map(({ statements }) => statements),
  };
}

/** What was wrong already when the program was written, told of the step that it is part of, where that is known. */
function noted({ problems }: Workflow, steps: readonly StepNode[]): Problem[] {
  const users = new Map(
    steps.toReversed().flatMap((step) =>
      valuesOf(step)
        .flatMap(mistakesIn)
        .map((each) => [each, step] as const),
    ),
  );
  const onLine = Map.groupBy(steps, ({ site }) => at(site));
  return problems.map((each) => {
    const [step, ...others] = isMistake(each) ? (onLine.get(at(each.site)) ?? []) : [];
    const user = users.get(each) ?? (others.length === 0 ? step : undefined);
    return user === undefined ? each : { ...each, state: user.name };
  });
}
