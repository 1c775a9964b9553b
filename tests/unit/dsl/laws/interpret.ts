/** A made-up program in plain TypeScript. */
import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../../../workflow/simulator/index.ts";
import { evaluationError, none, seenAt, type Body, type Items, type Step, type Term } from "./program.ts";

class Thrown extends Error {}

/** Branches that fail with different errors: which comes first is up to their timing. */
class Ambiguous extends Error {}

/**
 * How the program ends; undefined where that depends on timing.
 * @param used the steps whose values anything uses: what gives the others theirs is not evaluated
 */
export function outcome(program: Body, used: ReadonlySet<Step>): object | undefined {
  try {
    return { status: "SUCCEEDED", output: new Interpreter(used).body(program, []), error: undefined };
  } catch (error) {
    if (error instanceof Thrown) return { status: "FAILED", output: undefined, error: error.message };
    if (error instanceof Ambiguous) return undefined;
    throw error;
  }
}

class Interpreter {
  readonly #used: ReadonlySet<Step>;

  constructor(used: ReadonlySet<Step>) {
    this.#used = used;
  }

  /** @param of the step that the body's value is for; undefined for one that is used in any case */
  body({ steps, value, fails }: Body, outer: readonly Json[], of?: Step): Json {
    const seen = steps.reduce<readonly Json[]>((known, step) => [...known, this.#step(step, known)], outer);
    if (fails !== null) throw new Thrown(fails);
    return of === undefined || this.#used.has(of) ? evaluate(value, seen) : none;
  }

  #step(step: Step, seen: readonly Json[]): Json {
    switch (step.does) {
      case "let":
        return evaluate(step.value, seen);
      case "task":
        return step.gives;
      case "tell":
        evaluate(step.payload, seen);
        return step.gives;
      case "wait":
        if (typeof step.seconds !== "number") throw new Thrown(evaluationError);
        return none;
      case "busy":
        if (step.times > step.retries) throw new Thrown("Busy");
        return step.gives;
      case "break":
        throw new Thrown(step.error);
      case "if": {
        const isSame = isDeepStrictEqual(evaluate(step.one, seen), evaluate(step.other, seen));
        return this.body(isSame ? step.then : step.otherwise, seen, step);
      }
      case "known":
        return this.body(step.condition ? step.then : step.otherwise, seen, step);
      case "choose": {
        const way = step.ways[step.on];
        if (way === undefined) throw new Thrown("States.NoChoiceMatched");
        return this.body(way, seen, step);
      }
      case "parallel": {
        const results = together(Object.values(step.branches).map((each) => () => this.body(each, seen, step)));
        return Object.fromEntries(Object.keys(step.branches).map((name, index) => [name, results[index] ?? null]));
      }
      case "map":
        return together(arrayOf(step.items).map((item) => () => this.body(step.body, [...seen, item], step)));
      case "children":
        return this.#children(step, seen);
      case "repeat":
        return this.#repeat(step, seen);
      case "poll":
        if (!isDeepStrictEqual(step.gives, evaluate(step.until, seen))) throw new Thrown("PollExhausted");
        return step.gives;
      case "try":
        // What is tried again ends as before.
        return this.#caught(step, seen);
    }
  }

  /** Children fail the Map, whatever their errors were. */
  #children(step: Extract<Step, { does: "children" }>, seen: readonly Json[]): Json {
    const items = arrayOf(step.items);
    const inputs = step.batch === 0 ? items : inBatches(items, step.batch);
    try {
      return inputs.map((input) => this.body(step.body, [...seen, input], step));
    } catch (error) {
      throw error instanceof Thrown ? new Thrown("States.ExceedToleratedFailureThreshold") : error;
    }
  }

  #repeat({ from, rounds, atMost, body }: Extract<Step, { does: "repeat" }>, seen: readonly Json[]): Json {
    const round = (n: number, value: Json): Json => {
      const next = { n: n + 1, value: this.body(body, [...seen, value]) };
      if (next.n === rounds) return next;
      if (next.n === atMost) throw new Thrown("RepeatExhausted");
      return round(next.n, next.value);
    };
    return round(0, evaluate(from, seen));
  }

  #caught(step: Extract<Step, { does: "try" }>, seen: readonly Json[]): Json {
    try {
      return this.body(step.body, seen, step);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      const name = error.message;
      const anyOf = ["States.ALL", "States.TaskFailed", name];
      const handler = step.handlers.find(({ errors }) => errors.some((each) => anyOf.includes(each)));
      if (handler === undefined) throw error;
      return this.body(handler.body, [...seen, name], step);
    }
  }
}

/** What happens side by side: all of it, or the error of one. */
function together(runs: readonly (() => Json)[]): Json[] {
  const errors = new Set<string>();
  const results = runs.map((run) => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      errors.add(error.message);
      return null;
    }
  });
  const [first, another] = errors;
  if (another !== undefined) throw new Ambiguous();
  if (first !== undefined) throw new Thrown(first);
  return results;
}

function arrayOf(items: Items): readonly Json[] {
  if ("is" in items) throw new Thrown(evaluationError);
  return items;
}

const inBatches = (items: readonly Json[], size: number): Json[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

function evaluate(term: Term, seen: readonly Json[]): Json {
  switch (term.is) {
    case "constant":
      return term.value;
    case "broken":
      throw new Thrown(evaluationError);
    case "seen":
    case "or else": {
      const known = seenAt(seen, term.index);
      if (known === undefined) return none;
      return term.is === "seen" ? known : (known ?? evaluate(term.other, seen));
    }
    case "array":
      return term.items.map((each) => evaluate(each, seen));
    case "object":
      return Object.fromEntries(Object.entries(term.members).map(([name, each]) => [name, evaluate(each, seen)]));
  }
}
