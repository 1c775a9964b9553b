/** A workflow in, all that is needed to deploy it out: ASL, Lambdas, permissions. The same bytes for the same program. */
import type { Json } from "./asl_value.ts";
import { bundleLambdas, type CallSite, type LambdaBundle } from "./bundle/index.ts";
import { check } from "./checks/index.ts";
import { emit } from "./emit/index.ts";
import { CompileError, type Finding } from "./problem.ts";
import type { Statement } from "./statement.ts";
import { usedIn } from "./walk.ts";
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
const merged = (statements: readonly Statement[]): Statement[] => [
  ...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values(),
];

/**
 * @throws CompileError that lists everything that is wrong with the workflow
 * @throws BundleError that lists everything that is wrong with its Lambdas
 */
export async function compile(workflow: Workflow): Promise<Compiled> {
  const emitted = emit(workflow.program, usedIn(workflow.program), workflow);
  const definition = {
    ...(workflow.comment === undefined ? {} : { Comment: workflow.comment }),
    QueryLanguage: "JSONata",
    StartAt: emitted.startAt,
    ...(workflow.timeout === undefined ? {} : { TimeoutSeconds: workflow.timeout }),
    States: emitted.states,
  };
  const { problems, findings, ofSteps, ofLambdas } = await check(workflow, emitted, definition);
  if (problems.length > 0) throw new CompileError(workflow.name, problems);
  const bundles = await bundleLambdas(workflow.lambdas);
  return {
    name: workflow.name,
    definition,
    lambdas: workflow.lambdas.flatMap(({ name, timeout, memory }, index) => {
      const bundle = bundles[index];
      const permissions = ofLambdas[index] ?? [];
      return bundle === undefined
        ? []
        : [{ name, bundle, handler: "index.handler", runtime: "nodejs24.x", timeout, memory, permissions }];
    }),
    permissions: merged(ofSteps.flat()),
    sites: Object.fromEntries([...emitted.steps].map(([name, { site }]) => [name, site])),
    findings,
  };
}
