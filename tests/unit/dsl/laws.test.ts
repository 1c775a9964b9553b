/** A law of the whole compiler: a machine gives what the same program gives when it is simply run in TypeScript. */
import { GetCrawlerCommand } from "@aws-sdk/client-glue";
import { expect } from "chai";
import fc from "fast-check";
import * as z from "zod";
import {
  AnyError,
  compile,
  eq,
  type Flow,
  type RefBase,
  sdk,
  withDefault,
  workflow,
} from "../../../workflow/dsl/index.ts";
import { simulate, TaskError, type Json } from "../../../workflow/simulator/index.ts";

/** A value of a made-up program: a constant, something that a visible step yielded, or an array or object of such. */
type Term =
  | { readonly is: "constant"; readonly value: Json }
  | { readonly is: "seen"; readonly index: number }
  | { readonly is: "or else"; readonly index: number; readonly other: Term }
  | { readonly is: "array"; readonly items: readonly Term[] }
  | { readonly is: "object"; readonly members: Readonly<Record<string, Term>> };

type Step =
  | { readonly does: "let"; readonly value: Term }
  | { readonly does: "task"; readonly gives: Json }
  | { readonly does: "break"; readonly error: string }
  | { readonly does: "if"; readonly one: Term; readonly other: Term; readonly then: Body; readonly otherwise: Body }
  | { readonly does: "parallel"; readonly branches: Readonly<Record<string, Body>> }
  | { readonly does: "map"; readonly items: readonly Json[]; readonly body: Body }
  | { readonly does: "try"; readonly body: Body; readonly errors: readonly string[]; readonly handler: Body };

interface Body {
  readonly steps: readonly Step[];
  readonly value: Term;
}

class Thrown extends Error {}

/** Branches that fail with different errors: which comes first is up to their timing. */
class Ambiguous extends Error {}

const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const key = fc.constantFrom("a", "b c", "and", "`", "$d", "0");
const { body } = fc.letrec<{ term: Term; step: Step; body: Body }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 2, depthIdentifier: "term" },
    fc.record({ is: fc.constant("seen" as const), index: fc.nat(9) }),
    fc.record({ is: fc.constant("constant" as const), value: json }),
    fc.record({ is: fc.constant("or else" as const), index: fc.nat(9), other: tie("term") }),
    fc.record({ is: fc.constant("array" as const), items: fc.array(tie("term"), { maxLength: 3 }) }),
    fc.record({ is: fc.constant("object" as const), members: fc.dictionary(key, tie("term"), { maxKeys: 3 }) }),
  ),
  step: fc.oneof(
    { maxDepth: 3, depthIdentifier: "step", withCrossShrink: true },
    fc.record({ does: fc.constant("let" as const), value: tie("term") }),
    fc.record({ does: fc.constant("task" as const), gives: json }),
    fc.record({ does: fc.constant("break" as const), error: fc.constantFrom("Mine", "Yours") }),
    fc.record({
      does: fc.constant("if" as const),
      one: tie("term"),
      other: tie("term"),
      then: tie("body"),
      otherwise: tie("body"),
    }),
    fc.record({
      does: fc.constant("parallel" as const),
      branches: fc.dictionary(key, tie("body"), { minKeys: 1, maxKeys: 2 }),
    }),
    fc.record({ does: fc.constant("map" as const), items: fc.array(json, { maxLength: 2 }), body: tie("body") }),
    fc.record({
      does: fc.constant("try" as const),
      body: tie("body"),
      errors: fc.constantFrom<readonly string[]>(AnyError, ["Mine"], ["Yours", "Mine"]),
      handler: tie("body"),
    }),
  ),
  body: fc.record({
    steps: fc.array(tie("step"), { minLength: 1, maxLength: 3, depthIdentifier: "step" }),
    value: tie("term"),
  }),
}));

/** What a term refers to; undefined where nothing is visible yet. */
const seenAt = <T>(seen: readonly T[], index: number): T | undefined => seen[index % Math.max(seen.length, 1)];
const none = "none";

/** The program in plain TypeScript. */
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

function interpretStep(step: Step, seen: readonly Json[]): Json {
  switch (step.does) {
    case "let":
      return evaluate(step.value, seen);
    case "task":
      return step.gives;
    case "break":
      throw new Thrown(step.error);
    case "if":
      return interpret(same(evaluate(step.one, seen), evaluate(step.other, seen)) ? step.then : step.otherwise, seen);
    case "parallel": {
      const results = together(Object.values(step.branches).map((each) => () => interpret(each, seen)));
      return Object.fromEntries(Object.keys(step.branches).map((name, index) => [name, results[index] ?? null]));
    }
    case "map":
      return together(step.items.map((item) => () => interpret(step.body, [...seen, item])));
    case "try":
      try {
        return interpret(step.body, seen);
      } catch (error) {
        if (!(error instanceof Thrown) || !(step.errors.includes("States.ALL") || step.errors.includes(error.message)))
          throw error;
        return interpret(step.handler, [...seen, error.message]);
      }
  }
}

function interpret({ steps, value }: Body, outer: readonly Json[]): Json {
  const seen = steps.reduce<readonly Json[]>((known, step) => [...known, interpretStep(step, known)], outer);
  return evaluate(value, seen);
}

/** How the program ends; undefined where that depends on timing. */
function outcome(program: Body): object | undefined {
  try {
    return { status: "SUCCEEDED", output: interpret(program, []), error: undefined };
  } catch (error) {
    if (error instanceof Thrown) return { status: "FAILED", output: undefined, error: error.message };
    if (error instanceof Ambiguous) return undefined;
    throw error;
  }
}

const same = (one: Json, other: Json): boolean => {
  try {
    expect(one).to.deep.equal(other);
    return true;
  } catch {
    return false;
  }
};

/** A term as the surface takes it. What it holds is made up, so no type says more of it than that it is a value. */
function write(term: Term, seen: readonly RefBase<unknown>[]): RefBase<unknown> {
  const written = (each: Term): unknown => {
    switch (each.is) {
      case "constant":
        return each.value;
      case "seen":
      case "or else": {
        const known = seenAt(seen, each.index);
        if (known === undefined) return none;
        return each.is === "seen" ? known : withDefault(known, write(each.other, seen));
      }
      case "array":
        return each.items.map(written);
      case "object":
        return Object.fromEntries(Object.entries(each.members).map(([name, member]) => [name, written(member)]));
    }
  };
  return written(term) as RefBase<unknown>;
}

/** A program as a workflow, and what its tasks give. */
class Writer {
  readonly tasks: Record<string, () => Json> = {};
  #count = 0;

  #named(kind: string): string {
    this.#count += 1;
    return `${kind} ${this.#count}`;
  }

  #task(flow: Flow, give: () => Json): RefBase<unknown> {
    const name = this.#named("task");
    this.tasks[name] = give;
    return flow.task(name, sdk(GetCrawlerCommand, { Name: "any" }, "arn:aws:glue:eu-central-1:1:crawler/any"));
  }

  #step(flow: Flow, step: Step, seen: readonly RefBase<unknown>[]): RefBase<unknown> {
    const inside = (body: Body) => (inner: Flow) => this.body(inner, body, seen);
    switch (step.does) {
      case "let":
        return flow.let(this.#named("let"), write(step.value, seen));
      case "task":
        return this.#task(flow, () => step.gives);
      case "break":
        return this.#task(flow, () => {
          throw new TaskError(step.error, "broken");
        });
      case "if": {
        const one: RefBase<unknown> = flow.let(this.#named("compared"), write(step.one, seen));
        return flow.if(this.#named("if"), eq(one, write(step.other, seen)), inside(step.then), inside(step.otherwise));
      }
      case "parallel":
        return flow.parallel(
          this.#named("parallel"),
          Object.fromEntries(Object.entries(step.branches).map(([name, each]) => [name, inside(each)])),
        );
      case "map": {
        const items = flow.let(
          this.#named("items"),
          step.items.map((value) => write({ is: "constant", value }, [])),
        );
        return flow.map(this.#named("map"), items, { maxConcurrency: 2 }, (inner, item) =>
          this.body(inner, step.body, [...seen, item]),
        );
      }
      case "try":
        return flow
          .try(this.#named("try"), inside(step.body))
          .catch(step.errors, (inner, error) => this.body(inner, step.handler, [...seen, error.Error]));
    }
  }

  body(flow: Flow, { steps, value }: Body, outer: readonly RefBase<unknown>[]): RefBase<unknown> {
    const seen = steps.reduce<readonly RefBase<unknown>[]>(
      (known, step) => [...known, this.#step(flow, step, known)],
      outer,
    );
    return write(value, seen);
  }
}

/** What text in a program can't be: a resource's token, and a key that JavaScript takes for a prototype. */
const plain = (program: Body): boolean => !/__proto__|\$\{/.test(JSON.stringify(program));

describe("a made-up program", () => {
  it("gives as a machine what it gives when it is run in TypeScript", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(body.filter(plain), async (made) => {
        const program = JSON.parse(JSON.stringify(made)) as Body;
        const expected = outcome(program);
        fc.pre(expected !== undefined);
        const writer = new Writer();
        const { definition } = await compile(
          workflow("made up", { input: z.object({}) }, (flow) => writer.body(flow, program, [])),
        );
        const { status, output, error } = await simulate(definition, { tasks: writer.tasks });
        expect({ status, output, error }).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });
});
