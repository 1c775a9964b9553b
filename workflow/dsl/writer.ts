/** Writes a block: keeps its steps in order, and opens the blocks within them. The steps of `Flow` are functions of it. */
import { callSite, type BundleRequest, type CallSite } from "./bundle/index.ts";
import type { Binding, Scope } from "./expression.ts";
import type { Flow } from "./flow.ts";
import type { Problem } from "./problem.ts";
import type { Statement } from "./statement.ts";
import type { Block, StepNode } from "./tree.ts";
import { isEnd } from "./walk.ts";

/** A Lambda that the machine needs, as its step says. */
export interface LambdaRequest extends BundleRequest {
  readonly timeout: number;
  readonly memory: number;
  readonly permissions: readonly Statement[];
  readonly accept: StepNode["accept"];
}

/** A step's name with the line that made it. */
export type Mark = Pick<StepNode, "name" | "site">;

/** What the machine's blocks share while they are written. */
export interface Workbench {
  readonly lambdas: LambdaRequest[];
  /** Tries that have no handler yet. */
  readonly openTries: Set<Mark>;
  readonly problems: Problem[];
  /** The surface of a writer, whose block is opened at the site. */
  readonly flow: (writer: Writer, site: CallSite) => Flow;
}

/** Names that JSONata takes as variables; a state's name may have other characters. */
const variable = (name: string): string => `$${name.replaceAll(/\W/g, "_")}`;

/** What a block returns that ends the execution: it yields nothing to the steps after it. */
export interface Ended {
  readonly ends: "the execution";
}
export const ended: Ended = { ends: "the execution" };

const outermost = (scope: Scope): Scope =>
  scope.ownExecution || scope.outer === undefined ? scope : outermost(scope.outer);

export class Writer {
  readonly scope: Scope;
  readonly bench: Workbench;
  readonly #steps: StepNode[] = [];
  /** The step whose own block is being written now. */
  #within: Mark | undefined;
  #closed = false;

  constructor(bench: Workbench, scope: Scope) {
    this.bench = bench;
    this.scope = scope;
  }

  add(step: StepNode): void {
    const inner = this.#within;
    if (inner !== undefined || this.#closed) {
      const where =
        inner === undefined
          ? "its block is finished"
          : `"${inner.name}" (${inner.site.file}:${inner.site.line}) is being written`;
      this.bench.problems.push({
        code: "outer-flow",
        state: step.name,
        site: step.site,
        message: `is written into another block while ${where}: use the flow that the innermost function is given`,
      });
    }
    this.#steps.push(step);
  }

  /** A variable of this block's scope, named after the state. */
  binding(state: string, site: CallSite, name = state): Binding {
    return { state, site, text: variable(name), scope: this.scope };
  }

  /** The scope of the execution that runs this block. */
  get execution(): Scope {
    return outermost(this.scope);
  }

  /** A scope within this one. */
  inner(ownExecution = false): Scope {
    return { outer: this.scope, ownExecution };
  }

  /** The block that `write` makes, which is part of the step `owner`. */
  block(owner: Mark, write: (flow: Flow) => unknown, scope: Scope = this.inner()): Block {
    const inner = new Writer(this.bench, scope);
    const before = this.#within;
    this.#within = owner;
    const value = write(this.bench.flow(inner, owner.site));
    this.#within = before;
    return inner.#finish(owner, value);
  }

  #finish(owner: Mark, value: unknown): Block {
    this.#closed = true;
    const isAsync = value instanceof Promise;
    if (isAsync) {
      // What it rejects with, such as that a reference can't be awaited, follows from that it is async.
      value.catch(() => undefined);
      this.bench.problems.push({
        code: "async-block",
        state: owner.name,
        site: owner.site,
        message: "its block is an async function: a block is written at once and awaits nothing. Leave `async` out.",
      });
    }
    const ends = this.#steps.some(isEnd);
    return Object.freeze({
      scope: this.scope,
      steps: Object.freeze([...this.#steps]),
      value: ends || isAsync ? undefined : value,
      ends,
    });
  }
}

/** The line of the program that calls a step, with the step's name. */
export const mark = (name: string): Mark => ({ name, site: callSite() });
