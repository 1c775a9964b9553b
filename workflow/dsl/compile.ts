/** A workflow in, all that is needed to deploy it out: ASL, Lambdas, permissions. The same bytes for the same program. */
import type { Json } from "./asl_value.ts";
import { bundleLambdas, type CallSite, type LambdaBundle } from "./bundle/index.ts";
import { findingsOf, problemsOf, tooLarge } from "./checks/index.ts";
import { emit } from "./emit/index.ts";
import { reviewPermissions } from "./permissions/review.ts";
import { CompileError, type Finding, type Problem } from "./problem.ts";
import type { Statement } from "./statement.ts";
import { allSteps, usedIn } from "./walk.ts";
import type { Workflow } from "./workflow.ts";
import type { Mark } from "./writer.ts";

export interface LambdaSpec {
  /** The step's name. */
  readonly name: string;
  readonly bundle: LambdaBundle;
  readonly handler: string;
  readonly runtime: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
  readonly permissions: readonly Statement[];
}

export interface Compiled {
  readonly name: string;
  readonly definition: Readonly<Record<string, Json>>;
  readonly lambdas: readonly LambdaSpec[];
  /** What the machine's role needs. */
  readonly permissions: readonly Statement[];
  /** The line of the program that made each state, by the state's name. */
  readonly sites: Readonly<Record<string, CallSite>>;
  /** What compiles, but is worth a look, and was not accepted. */
  readonly findings: readonly Finding[];
}

interface Permitted extends Mark {
  readonly permissions: readonly Statement[];
}

/** The statements of a step or a Lambda, and what is wrong with them. */
async function review(
  { name, site, permissions }: Permitted,
  { arns }: Workflow,
): Promise<{ readonly statements: readonly Statement[]; readonly problems: readonly Problem[] }> {
  const { statements, problems } = await reviewPermissions(permissions, arns);
  return { statements, problems: problems.map(({ code, message }) => ({ code, state: name, site, message })) };
}

/** Statements that allow the same on the same are said once. */
const merged = (statements: readonly Statement[]): Statement[] => [
  ...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values(),
];

/**
 * @throws CompileError that lists everything that is wrong with the workflow
 * @throws BundleError that lists everything that is wrong with its Lambdas
 */
export async function compile(workflow: Workflow): Promise<Compiled> {
  const { startAt, states, sites, problems } = emit(workflow.program, usedIn(workflow.program), workflow);
  const definition = {
    ...(workflow.comment === undefined ? {} : { Comment: workflow.comment }),
    QueryLanguage: "JSONata",
    StartAt: startAt,
    ...(workflow.timeout === undefined ? {} : { TimeoutSeconds: workflow.timeout }),
    States: states,
  };
  const steps = allSteps(workflow.program).filter((step) => "permissions" in step);
  const ofSteps = await Promise.all(steps.map((step) => review(step, workflow)));
  const ofLambdas = await Promise.all(workflow.lambdas.map((lambda) => review(lambda, workflow)));
  const wrong = [
    ...workflow.problems,
    ...problemsOf(workflow),
    ...problems,
    ...tooLarge(workflow, definition),
    ...[...ofSteps, ...ofLambdas].flatMap((each) => each.problems),
  ];
  if (wrong.length > 0) throw new CompileError(workflow.name, wrong);
  const bundles = await bundleLambdas(workflow.lambdas);
  return {
    name: workflow.name,
    definition,
    lambdas: workflow.lambdas.flatMap(({ name, timeout, memory }, index) => {
      const bundle = bundles[index];
      const permissions = ofLambdas[index]?.statements ?? [];
      return bundle === undefined
        ? []
        : [{ name, bundle, handler: "index.handler", runtime: "nodejs24.x", timeout, memory, permissions }];
    }),
    permissions: merged(ofSteps.flatMap(({ statements }) => statements)),
    sites: Object.fromEntries(sites),
    findings: findingsOf(workflow, definition),
  };
}
