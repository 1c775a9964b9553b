/** A program that has been run, and what is known then of what it did wrong. */
import { siteOfCallInto } from "./bundle/index.ts";
import type { Scope } from "./expression.ts";
import type { Flow } from "./flow.ts";
import { hearing, isMistake } from "./mistakes.ts";
import { at, CompileError, type Problem } from "./problem.ts";
import { flowOf } from "./steps/index.ts";
import type { Block } from "./tree.ts";
import { Writer, type LambdaRequest, type Mark, type Workbench } from "./writer.ts";

interface Written {
  readonly program: Block;
  readonly lambdas: readonly LambdaRequest[];
  readonly openTries: readonly Mark[];
  readonly problems: readonly Problem[];
}

/**
 * Runs a program.
 * @throws what the program throws itself
 * @throws CompileError if the DSL could not go on, or if the program threw after mistakes: these may be why
 */
export function written(own: Mark, scope: Scope, write: (flow: Flow) => unknown): Written {
  const bench: Workbench = {
    workflow: own.name,
    lambdas: [],
    openTries: new Map(),
    problems: [],
    names: new Map(),
    innermost: undefined,
    flow: flowOf,
  };
  const state = (): string => (bench.innermost?.owner ?? own).name;
  let program: Block;
  try {
    program = hearing({ problems: bench.problems, state }, () => new Writer(bench, own, scope).write(write));
  } catch (error) {
    throw told(error, bench, own);
  }
  return {
    program,
    lambdas: Object.freeze(bench.lambdas),
    openTries: Object.freeze([...bench.openTries.values()]),
    problems: Object.freeze(bench.problems),
  };
}

/** What is told of what was thrown: a program's own exception is its own. */
function told(error: unknown, { problems, names }: Workbench, own: Mark): unknown {
  if (!(error instanceof Error) || error instanceof CompileError) return error;
  const site = siteOfCallInto(error);
  if (site === undefined) return problems.some(isMistake) ? new CompileError(own.name, problems, error) : error;
  const message = `the DSL was given what its types forbid: ${error.message}`;
  const called = [...names.values()].find((each) => at(each.site) === at(site)) ?? own;
  const state = called.name;
  return new CompileError(own.name, [...problems, { code: "wrong-call", state, site, message }]);
}
