/** A workflow in, all that is needed to deploy it out: ASL, Lambdas, permissions. The same bytes for the same program. */
import type { Json } from "./asl_value.ts";
import { bundleLambdas, type CallSite, type LambdaBundle } from "./bundle/index.ts";
import { check } from "./checks/index.ts";
import { finding } from "./checks/rule.ts";
import { emit } from "./emit/index.ts";
import { unallowed } from "./permissions/unallowed.ts";
import { CompileError, type Finding } from "./problem.ts";
import type { Statement } from "./statement.ts";
import { usedIn } from "./walk.ts";
import type { Workflow } from "./workflow.ts";

/** What a Lambda needs besides its code. */
export interface LambdaSettings {
  /** The step's name. */
  readonly name: string;
  readonly handler: string;
  readonly runtime: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
  readonly permissions: readonly Statement[];
}

export interface LambdaSpec extends LambdaSettings {
  readonly bundle: LambdaBundle;
}

/** All of a workflow but its Lambdas' code. */
export interface Defined {
  readonly name: string;
  readonly definition: Readonly<Record<string, Json>>;
  readonly lambdas: readonly LambdaSettings[];
  /** What the machine's role needs. */
  readonly permissions: readonly Statement[];
  /** The line of the program that made each state, by the state's name. */
  readonly sites: Readonly<Record<string, CallSite>>;
  /** What compiles, but is worth a look, and was not accepted. */
  readonly findings: readonly Finding[];
}

export interface Compiled extends Defined {
  readonly lambdas: readonly LambdaSpec[];
}

/** Statements that allow the same on the same are said once. */
const merged = (statements: readonly Statement[]): Statement[] => [
  ...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values(),
];

/**
 * The machine alone, checked: enough to look at it or to simulate it, and quicker than to compile it.
 * @throws CompileError that lists everything that is wrong with the workflow
 */
export async function define(workflow: Workflow): Promise<Defined> {
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
  return {
    name: workflow.name,
    definition,
    lambdas: workflow.lambdas.map(({ name, timeout, memory }, index) => {
      const permissions = ofLambdas[index] ?? [];
      return { name, handler: "index.handler", runtime: "nodejs24.x", timeout, memory, permissions };
    }),
    permissions: merged(ofSteps.flat()),
    sites: Object.fromEntries([...emitted.steps].map(([name, { site }]) => [name, site])),
    findings,
  };
}

/**
 * @throws CompileError that lists everything that is wrong with the workflow
 * @throws BundleError that lists everything that is wrong with its Lambdas
 */
export async function compile(workflow: Workflow): Promise<Compiled> {
  const defined = await define(workflow);
  const bundles = await bundleLambdas(workflow.lambdas);
  const lambdas = defined.lambdas.flatMap((settings, index) => {
    const bundle = bundles[index];
    return bundle === undefined ? [] : [{ ...settings, bundle }];
  });
  const unallowedCalls = workflow.lambdas.flatMap((lambda, index) =>
    unallowed(bundles[index]?.calls ?? { operations: [], unseen: [] }, lambda.permissions).flatMap(
      ({ code, message }) => finding(code, lambda, message),
    ),
  );
  return { ...defined, lambdas, findings: [...defined.findings, ...unallowedCalls] };
}
