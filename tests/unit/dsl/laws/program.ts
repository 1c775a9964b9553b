/** Made-up programs: each kind of step, nested at random. */
import fc from "fast-check";
import { AnyError, TaskFailed } from "../../../../workflow/dsl/index.ts";
import type { Json } from "../../../../workflow/simulator/index.ts";

/**
 * A value of a made-up program: a constant, something that a visible step yielded, an expression that fails when it is
 * evaluated, or an array or object of such.
 */
export type Term =
  | Broken
  | { readonly is: "constant"; readonly value: Json }
  | { readonly is: "seen"; readonly index: number }
  | { readonly is: "or else"; readonly index: number; readonly other: Term }
  | { readonly is: "array"; readonly items: readonly Term[] }
  | { readonly is: "object"; readonly members: Readonly<Record<string, Term>> };

export interface Broken {
  readonly is: "broken";
  /** What it reads; nothing of the machine's, for a constant. */
  readonly of: "constant" | "input";
}

/** What a Map is over; an expression that fails, or an array. */
export type Items = Broken | readonly Json[];

/** The error of whatever is broken. */
export const evaluationError = "States.QueryEvaluationError";

export interface Handler {
  readonly errors: readonly string[];
  readonly body: Body;
}

export type Step =
  | { readonly does: "let"; readonly value: Term }
  | { readonly does: "task"; readonly gives: Json }
  | { readonly does: "tell"; readonly payload: Term; readonly gives: Json }
  | { readonly does: "wait"; readonly seconds: number | Broken }
  /** Fails so many times before it gives, and is tried again so many times. */
  | { readonly does: "busy"; readonly times: number; readonly retries: number; readonly gives: Json }
  | { readonly does: "break"; readonly error: string }
  | { readonly does: "if"; readonly one: Term; readonly other: Term; readonly then: Body; readonly otherwise: Body }
  /** Of which the program knows already what holds. */
  | { readonly does: "known"; readonly condition: boolean; readonly then: Body; readonly otherwise: Body }
  | { readonly does: "choose"; readonly on: string; readonly ways: Readonly<Record<string, Body>> }
  | { readonly does: "parallel"; readonly branches: Readonly<Record<string, Body>> }
  | { readonly does: "map"; readonly items: Items; readonly body: Body }
  /** In batches of so many, or an item a child. */
  | { readonly does: "children"; readonly items: Items; readonly batch: number; readonly body: Body }
  | {
      readonly does: "repeat";
      readonly from: Term;
      readonly rounds: number;
      readonly atMost: number;
      readonly body: Body;
    }
  | { readonly does: "poll"; readonly gives: Json; readonly until: Term }
  | { readonly does: "try"; readonly body: Body; readonly retries: number; readonly handlers: readonly Handler[] };

/** Steps, and what they yield; or how they fail in the end: an evaluation error is that of the Fail's own cause. */
export interface Body {
  readonly steps: readonly Step[];
  readonly value: Term;
  readonly fails: string | null;
}

const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const small = fc.constantFrom<Json>(0, 1, "x", null, { done: true });
const key = fc.constantFrom(
  "a",
  "b c",
  "and",
  "`",
  "$d",
  "0",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
);
const broken = fc.record({ is: fc.constant("broken" as const), of: fc.constantFrom("constant", "input") });
const items = (maxLength: number): fc.Arbitrary<Items> =>
  fc.oneof({ weight: 9, arbitrary: fc.array(json, { maxLength }) }, { weight: 1, arbitrary: broken });
const fails = fc.option(fc.constantFrom("Mine", "Yours", evaluationError), { freq: 8 });
const until = fc.oneof(
  { weight: 9, arbitrary: fc.record({ is: fc.constant("constant" as const), value: small }) },
  { weight: 1, arbitrary: broken },
);
const does = <const D extends string>(name: D): fc.Arbitrary<D> => fc.constant(name);
const some = fc.constantFrom<readonly string[]>(
  ["Mine"],
  ["Yours", "Mine"],
  ["RepeatExhausted", "PollExhausted"],
  [evaluationError],
  ["States.NoChoiceMatched"],
);
const all = fc.constantFrom<readonly string[]>(
  AnyError,
  TaskFailed,
  ["Mine"],
  [evaluationError],
  ["States.ExceedToleratedFailureThreshold"],
);

export const { body } = fc.letrec<{ term: Term; step: Step; body: Body }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 2, depthIdentifier: "term" },
    { weight: 4, arbitrary: fc.record({ is: fc.constant("seen" as const), index: fc.nat(9) }) },
    { weight: 4, arbitrary: fc.record({ is: fc.constant("constant" as const), value: json }) },
    { weight: 1, arbitrary: broken },
    {
      weight: 4,
      arbitrary: fc.record({ is: fc.constant("or else" as const), index: fc.nat(9), other: tie("term") }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ is: fc.constant("array" as const), items: fc.array(tie("term"), { maxLength: 3 }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        is: fc.constant("object" as const),
        members: fc.dictionary(key, tie("term"), { maxKeys: 3 }),
      }),
    },
  ),
  step: fc.oneof(
    { maxDepth: 3, depthIdentifier: "step", withCrossShrink: true },
    fc.record({ does: does("let"), value: tie("term") }),
    fc.record({ does: does("task"), gives: json }),
    fc.record({ does: does("busy"), times: fc.nat(3), retries: fc.nat(3), gives: json }),
    fc.record({ does: does("break"), error: fc.constantFrom("Mine", "Yours") }),
    fc.record({ does: does("tell"), payload: tie("term"), gives: json }),
    fc.record({ does: does("wait"), seconds: fc.oneof(fc.nat(1), broken) }),
    fc.record({ does: does("poll"), gives: small, until }),
    fc.record({ does: does("if"), one: tie("term"), other: tie("term"), then: tie("body"), otherwise: tie("body") }),
    fc.record({ does: does("known"), condition: fc.boolean(), then: tie("body"), otherwise: tie("body") }),
    fc.record({
      does: does("choose"),
      // There is no way for c.
      on: fc.constantFrom("a", "b", "c"),
      ways: fc.record({ a: tie("body"), b: tie("body") }),
    }),
    fc.record({ does: does("parallel"), branches: fc.dictionary(key, tie("body"), { minKeys: 1, maxKeys: 2 }) }),
    fc.record({ does: does("map"), items: items(2), body: tie("body") }),
    fc.record({ does: does("children"), items: items(3), batch: fc.nat(2), body: tie("body") }),
    fc.record({
      does: does("repeat"),
      from: tie("term"),
      rounds: fc.integer({ min: 1, max: 3 }),
      atMost: fc.integer({ min: 1, max: 3 }),
      // One that always fails doesn't compile.
      body: tie("body").filter((round) => !endsBody(round)),
    }),
    fc.record({
      does: does("try"),
      // A handler that no error can come to doesn't compile, so there is a task.
      body: tie("body").map((tried) => ({ ...tried, steps: [{ does: "task" as const, gives: 0 }, ...tried.steps] })),
      retries: fc.nat(1),
      handlers: fc
        .tuple(
          fc.array(fc.record({ errors: some, body: tie("body") }), { maxLength: 1 }),
          fc.record({ errors: all, body: tie("body") }),
        )
        .map(([some, last]) => [...some, last]),
    }),
  ),
  body: fc.record({
    steps: fc.array(tie("step"), { minLength: 1, maxLength: 3, depthIdentifier: "step" }),
    value: tie("term"),
    fails,
  }),
}));

/** What a term refers to, a negative number from the end; undefined where nothing is visible yet. */
export const seenAt = <T>(seen: readonly T[], index: number): T | undefined =>
  seen.at(index % Math.max(seen.length, 1));
/** What stands for something seen where nothing is. */
export const none = "none";

/** Whether no way leads past the step, or past the end of the block: what stands after it can't be written. */
export function ends(step: Step): boolean {
  switch (step.does) {
    case "if":
    case "known":
      return endsBody(step.then) && endsBody(step.otherwise);
    case "choose":
      return Object.values(step.ways).every(endsBody);
    case "try":
      return endsBody(step.body) && step.handlers.every(({ body }) => endsBody(body));
    case "let":
    case "task":
    case "tell":
    case "wait":
    case "busy":
    case "break":
    case "parallel":
    case "map":
    case "children":
    case "repeat":
    case "poll":
      return false;
  }
}
export const endsBody = ({ steps, fails }: Body): boolean => fails !== null || steps.some(ends);
