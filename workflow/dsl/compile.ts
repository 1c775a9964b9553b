/** A workflow in, all that is needed to deploy it out: ASL, Lambdas, permissions. The same bytes for the same program. */
import type { Json } from "./asl_value.ts";
import { bundleLambdas, type CallSite, type LambdaBundle } from "./bundle/index.ts";
import { findingsOf, problemsOf, tooLarge } from "./checks/index.ts";
import { emit } from "./emit/index.ts";
import { CompileError, type Finding } from "./problem.ts";
import type { Statement } from "./statement.ts";
import { allSteps, usedIn } from "./walk.ts";
import type { Workflow } from "./workflow.ts";

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

/** Statements that allow the same on the same are said once. */
function merged(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}

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
  const wrong = [...workflow.problems, ...problemsOf(workflow), ...problems, ...tooLarge(workflow, definition)];
  if (wrong.length > 0) throw new CompileError(workflow.name, wrong);
  const bundles = await bundleLambdas(workflow.lambdas);
  return {
    name: workflow.name,
    definition,
    lambdas: workflow.lambdas.flatMap(({ name, timeout, memory, permissions }, index) => {
      const bundle = bundles[index];
      return bundle === undefined
        ? []
        : [{ name, bundle, handler: "index.handler", runtime: "nodejs24.x", timeout, memory, permissions }];
    }),
    permissions: merged(allSteps(workflow.program).flatMap((step) => ("permissions" in step ? step.permissions : []))),
    sites: Object.fromEntries(sites),
    findings: findingsOf(workflow, definition),
  };
}
