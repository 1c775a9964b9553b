/** A program that has been run, and what is known then of what it did wrong. */
import { siteOfCallInto } from "./bundle/index.ts";
import type { Scope } from "./expression.ts";
import type { Flow } from "./flow.ts";
import { hearing, isMistake } from "./mistakes.ts";
import { CompileError, type Problem } from "./problem.ts";
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
    throw failure(error, bench.problems, own);
  }
  return {
    program,
    lambdas: Object.freeze(bench.lambdas),
    openTries: Object.freeze([...bench.openTries.values()]),
    problems: Object.freeze(bench.problems),
  };
}

function failure(error: unknown, problems: readonly Problem[], { name }: Mark): unknown {
  if (!(error instanceof Error) || error instanceof CompileError) return error;
  const site = siteOfCallInto(error);
  if (site !== undefined) {
    const message = `the DSL was given here what its types forbid: ${error.message}`;
    return new CompileError(name, [...problems, { code: "wrong-call", state: name, site, message }]);
  }
  return problems.some(isMistake) ? new CompileError(name, problems, error) : error;
}
