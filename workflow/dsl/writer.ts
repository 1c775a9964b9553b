/** Writes a block: keeps its steps in order, and opens the blocks within them. The steps of `Flow` are functions of it. */
import { callSite, type BundleRequest, type CallSite } from "./bundle/index.ts";
import type { Binding, Scope } from "./expression.ts";
import type { Flow } from "./flow.ts";
import { nameOf } from "./given.ts";
import { at, CompileError, named, type Problem } from "./problem.ts";
import { awaited } from "./reference.ts";
import type { Statement } from "./statement.ts";
import type { Block, StepNode } from "./tree.ts";
import { variableName } from "./variable_name.ts";
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
  /** The workflow's name. */
  readonly workflow: string;
  readonly lambdas: LambdaRequest[];
  /** Tries that have no handler yet: what they are to their block, and where they were made. */
  readonly openTries: Map<object, Mark>;
  readonly problems: Problem[];
  /** The steps so far, by their names. */
  readonly names: Map<string, Mark>;
  /** The writer of the innermost block that is being written; undefined once the workflow is. */
  innermost: Writer | undefined;
  /** The surface of a writer, whose block is opened at the site. */
  readonly flow: (writer: Writer, site: CallSite) => Flow;
}

/** What a block returns that ends the execution: it yields nothing to the steps after it. */
export interface Ended {
  readonly ends: "the execution";
}
export const ended: Ended = { ends: "the execution" };

const outermost = (scope: Scope): Scope =>
  scope.ownExecution || scope.outer === undefined ? scope : outermost(scope.outer);

export class Writer {
  /** The step, or the workflow, that the block is part of. */
  readonly owner: Mark;
  readonly bench: Workbench;
  readonly #scope: Scope;
  readonly #steps: StepNode[] = [];
  #closed = false;

  constructor(bench: Workbench, owner: Mark, scope: Scope) {
    this.bench = bench;
    this.owner = owner;
    this.#scope = scope;
  }

  /**
   * The line of the program that calls a step, with the step's name: one that is taken gets a number more.
   * @throws CompileError if the workflow is finished
   */
  mark(given: string): Mark {
    const site = callSite();
    const name = nameOf(given);
    const { workflow, innermost, names, problems } = this.bench;
    const complain = (code: Problem["code"], message: string): number =>
      problems.push({ code, state: name, site, message });
    if (innermost === undefined) {
      const message = "is written after its workflow is finished: write it while the workflow's function runs";
      throw new CompileError(workflow, [{ code: "outer-flow", state: name, site, message }]);
    }
    if (innermost !== this) {
      const { owner } = innermost;
      const where = this.#closed ? "its block is finished" : `${named(owner)} is being written`;
      complain(
        "outer-flow",
        `is written into another block while ${where}: use the flow that the innermost function is given`,
      );
    }
    const first = names.get(name);
    if (first !== undefined)
      complain("duplicate-name", `another state has this name (${at(first.site)}): names are unique in a machine`);
    let free = name;
    for (let number = 2; names.has(free); number += 1) free = `${name} (${number})`;
    const mark = { name: free, site };
    names.set(free, mark);
    return mark;
  }

  /** Adds a step to the block that is being written, whichever this is. @returns what puts another in its place */
  add(step: StepNode): (by: StepNode) => void {
    const writer = this.#innermost;
    const index = writer.#steps.push(step) - 1;
    return (by) => {
      writer.#steps[index] = by;
    };
  }

  /** A variable of this block's scope, named after the state. */
  binding({ name, site }: Mark, suffix = ""): Binding {
    return { state: name, site, text: variableName(name + suffix), scope: this.scope };
  }

  get scope(): Scope {
    return this.#innermost.#scope;
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
    return new Writer(this.bench, owner, scope).write(write);
  }

  /** All of the block. */
  write(write: (flow: Flow) => unknown): Block {
    const { bench } = this;
    const before = bench.innermost;
    const known = bench.problems.length;
    bench.innermost = this;
    try {
      return this.#finished(write(bench.flow(this, this.owner.site)), known);
    } finally {
      bench.innermost = before;
    }
  }

  get #innermost(): Writer {
    return this.bench.innermost ?? this;
  }

  #finished(value: unknown, known: number): Block {
    this.#closed = true;
    const { openTries, problems } = this.bench;
    const isAsync = value instanceof Promise;
    if (isAsync) {
      // What it awaits, and what it rejects with, follows from that it is async.
      const ignore = (): undefined => undefined;
      void value.then(ignore, ignore);
      const own = problems.splice(known).filter(({ message }) => message !== awaited);
      const message =
        "its block is an async function: a block is written at once and awaits nothing. Leave `async` out.";
      problems.push(...own, { code: "async-block", state: this.owner.name, site: this.owner.site, message });
    }
    const ends = this.#steps.some(isEnd);
    const isOpenTry = typeof value === "object" && value !== null && openTries.has(value);
    return Object.freeze({
      scope: this.#scope,
      steps: Object.freeze([...this.#steps]),
      value: ends || isAsync || isOpenTry ? undefined : value,
      ends,
    });
  }
}
