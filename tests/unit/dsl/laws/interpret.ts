/** A made-up program in plain TypeScript. */
import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../../../workflow/simulator/index.ts";
import { none, seenAt, type Body, type Step, type Term } from "./program.ts";

class Thrown extends Error {}

/** Branches that fail with different errors: which comes first is up to their timing. */
class Ambiguous extends Error {}

/** How the program ends; undefined where that depends on timing. */
export function outcome(program: Body): object | undefined {
  try {
    return { status: "SUCCEEDED", output: interpret(program, []), error: undefined };
  } catch (error) {
    if (error instanceof Thrown) return { status: "FAILED", output: undefined, error: error.message };
    if (error instanceof Ambiguous) return undefined;
    throw error;
  }
}

function interpret({ steps, value, fails }: Body, outer: readonly Json[]): Json {
  const seen = steps.reduce<readonly Json[]>((known, step) => [...known, interpretStep(step, known)], outer);
  if (fails !== null) throw new Thrown(fails);
  return evaluate(value, seen);
}

function interpretStep(step: Step, seen: readonly Json[]): Json {
  switch (step.does) {
    case "let":
      return evaluate(step.value, seen);
    case "task":
      return step.gives;
    case "busy":
      if (step.times > step.retries) throw new Thrown("Busy");
      return step.gives;
    case "break":
      throw new Thrown(step.error);
    case "if":
      return interpret(
        isDeepStrictEqual(evaluate(step.one, seen), evaluate(step.other, seen)) ? step.then : step.otherwise,
        seen,
      );
    case "choose": {
      const way = step.ways[step.on];
      if (way === undefined) throw new Thrown("States.NoChoiceMatched");
      return interpret(way, seen);
    }
    case "parallel": {
      const results = together(Object.values(step.branches).map((each) => () => interpret(each, seen)));
      return Object.fromEntries(Object.keys(step.branches).map((name, index) => [name, results[index] ?? null]));
    }
    case "map":
      return together(step.items.map((item) => () => interpret(step.body, [...seen, item])));
    case "children":
      return children(step, seen);
    case "repeat":
      return repeat(step, seen);
    case "poll":
      if (!isDeepStrictEqual(step.gives, step.until)) throw new Thrown("PollExhausted");
      return step.gives;
    case "try":
      // What is tried again ends as before.
      return caught(step, seen);
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

/** Children fail the Map, whatever their errors were. */
function children({ items, batch, body }: Extract<Step, { does: "children" }>, seen: readonly Json[]): Json {
  const inputs = batch === 0 ? items : inBatches(items, batch);
  try {
    return inputs.map((input) => interpret(body, [...seen, input]));
  } catch (error) {
    throw error instanceof Thrown ? new Thrown("States.ExceedToleratedFailureThreshold") : error;
  }
}

const inBatches = (items: readonly Json[], size: number): Json[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

function repeat({ from, rounds, atMost, body }: Extract<Step, { does: "repeat" }>, seen: readonly Json[]): Json {
  const round = (n: number, value: Json): Json => {
    const next = { n: n + 1, value: interpret(body, [...seen, value]) };
    if (next.n === rounds) return next;
    if (next.n === atMost) throw new Thrown("RepeatExhausted");
    return round(next.n, next.value);
  };
  return round(0, evaluate(from, seen));
}

function caught({ body, handlers }: Extract<Step, { does: "try" }>, seen: readonly Json[]): Json {
  try {
    return interpret(body, seen);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    const name = error.message;
    const handler = handlers.find(({ errors }) => errors.includes("States.ALL") || errors.includes(name));
    if (handler === undefined) throw error;
    return interpret(handler.body, [...seen, name]);
  }
}

function evaluate(term: Term, seen: readonly Json[]): Json {
  switch (term.is) {
    case "constant":
      return term.value;
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
