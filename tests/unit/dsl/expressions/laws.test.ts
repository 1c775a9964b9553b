/** Laws of expressions: they give what TypeScript gives, and no string, key or number changes on its way through. */
import { expect } from "chai";
import fc from "fast-check";
import * as z from "zod";
import {
  abs,
  add,
  and,
  at,
  ceil,
  define,
  concat,
  contains,
  containsText,
  distinct,
  endsWith,
  eq,
  every,
  filter,
  flatten,
  floor,
  gte,
  isIn,
  join,
  jsonata,
  length,
  lt,
  lower,
  map,
  max,
  member,
  merge,
  multiply,
  negate,
  not,
  or,
  partition,
  pick,
  range,
  replace,
  some,
  sort,
  startsWith,
  subtract,
  substringAfter,
  sum,
  text,
  upper,
  when,
  withDefault,
  workflow,
  type Ref,
} from "../../../../workflow/dsl/index.ts";
import { simulate } from "../../../../workflow/simulator/index.ts";
import { constant, evaluate, jsonataOf, variable } from "./evaluate.ts";

/** The same computation in TypeScript and in the vocabulary, over the numbers that functions around it are given. */
interface Twin<T> {
  readonly run: (around: readonly number[]) => T;
  readonly write: (around: readonly Ref<number>[]) => Ref<T>;
}
type Arb<T> = fc.Arbitrary<Twin<T>>;

const of = <A extends unknown[], T>(
  parts: { [K in keyof A]: Arb<A[K]> },
  run: (...values: A) => T,
  write: (...values: { [K in keyof A]: Ref<A[K]> }) => Ref<T>,
): Arb<T> =>
  fc.tuple(...(parts as Arb<unknown>[])).map((twins) => ({
    run: (around) => run(...(twins.map((twin) => twin.run(around)) as A)),
    write: (around) => write(...(twins.map((twin) => twin.write(around)) as { [K in keyof A]: Ref<A[K]> })),
  }));

const always = <T>(values: fc.Arbitrary<T>): Arb<T> =>
  values.map((value) => ({ run: () => value, write: () => constant(value) }));

/** An operator that is given a function over one more number. */
const over = <A, B, T>(
  array: Arb<A[]>,
  body: Arb<B>,
  number: { readonly run: (item: A) => number; readonly write: (item: Ref<A>) => Ref<number> },
  run: (array: A[], body: (item: A) => B) => T,
  write: (array: Ref<A[]>, body: (item: Ref<A>) => Ref<B>) => Ref<T>,
): Arb<T> =>
  fc.tuple(array, body).map(([each, inner]) => ({
    run: (around) => run(each.run(around), (item) => inner.run([number.run(item), ...around])),
    write: (around) => write(each.write(around), (item) => inner.write([number.write(item), ...around])),
  }));

const itself = { run: (item: number) => item, write: (item: Ref<number>) => item };
const size = { run: (item: readonly number[]) => item.length, write: (item: Ref<number[]>) => length(item) };

const chunks = (array: readonly number[], of: number): number[][] =>
  Array.from({ length: Math.ceil(array.length / of) }, (_, index) => array.slice(index * of, (index + 1) * of));
const integers = fc.integer({ min: -9, max: 9 });
const letters = fc.string({
  unit: fc.constantFrom("a", "B", "/", '"', "\\", "`", "é", "😀", "%}", "{%", " "),
  maxLength: 4,
});

interface Kinds {
  number: Twin<number>;
  boolean: Twin<boolean>;
  text: Twin<string>;
  numbers: Twin<number[]>;
  pages: Twin<number[][]>;
}
const expressions = fc.letrec<Kinds>((tie) => {
  const [number, boolean, string, numbers, pages] = [
    tie("number"),
    tie("boolean"),
    tie("text"),
    tie("numbers"),
    tie("pages"),
  ] as [Arb<number>, Arb<boolean>, Arb<string>, Arb<number[]>, Arb<number[][]>];
  const options = { maxDepth: 4, depthSize: "small" as const };
  return {
    number: fc.oneof(
      { ...options, depthIdentifier: "any" },
      always(integers),
      fc.nat(3).map((index): Twin<number> => ({
        run: (around) => around[index] ?? 7,
        write: (around) => around[index] ?? variable("seven"),
      })),
      of(
        [number, number],
        (a, b) => a + b,
        (a, b) => add(a, b),
      ),
      of([number, number], (a, b) => a - b, subtract),
      of(
        [number, number, number],
        (a, b, c) => a - b - c,
        (a, b, c) => subtract(subtract(a, b), c),
      ),
      of(
        [number, number],
        (a, b) => a * b,
        (a, b) => multiply(a, b),
      ),
      of([number], (a) => -a, negate),
      of([number], Math.abs, abs),
      of(
        [number],
        (a) => Math.floor(a / 2),
        (a) => floor(multiply(a, 0.5)),
      ),
      of(
        [number],
        (a) => Math.ceil(a / 2),
        (a) => ceil(multiply(a, 0.5)),
      ),
      of(
        [boolean, number, number],
        (a, b, c) => (a ? b : c),
        (a, b, c) => when(a, b, c),
      ),
      of([numbers], (a) => a.length, length),
      of([pages], (a) => a.length, length),
      of([numbers], (a) => a.reduce((all, each) => all + each, 0), sum),
      of(
        [number, number],
        (a, b) => Math.max(a, b),
        (a, b) => max([a, b]),
      ),
      of(
        [numbers, number],
        (a, b) => a[0] ?? b,
        (a, b) => withDefault(at(a, 0), b),
      ),
      of(
        [numbers, number, number],
        (a, b, c) => a.at(b) ?? c,
        (a, b, c) => withDefault(at(a, b), c),
      ),
      of(
        [number],
        (a) => a,
        (a) => member(merge({ "a`b": 0 }, { "a`b": a }), "a`b"),
      ),
    ),
    boolean: fc.oneof(
      { ...options, depthIdentifier: "any" },
      always(fc.boolean()),
      of(
        [number, number],
        (a, b) => a < b,
        (a, b) => lt(a, b),
      ),
      of(
        [string, string],
        (a, b) => a >= b,
        (a, b) => gte(a, b),
      ),
      of([number, number], (a, b) => a === b, eq),
      of([numbers, numbers], (a, b) => JSON.stringify(a) === JSON.stringify(b), eq),
      of(
        [boolean, boolean],
        (a, b) => a && b,
        (a, b) => and(a, b),
      ),
      of(
        [boolean, boolean, boolean],
        (a, b, c) => (a || b) && c,
        (a, b, c) => and(or(a, b), c),
      ),
      of([boolean], (a) => !a, not),
      of([number, numbers], (a, b) => b.includes(a), isIn),
      of([pages, numbers], (a, b) => a.some((each) => JSON.stringify(each) === JSON.stringify(b)), contains),
      of([string, string], (a, b) => a.startsWith(b), startsWith),
      of([string, string], (a, b) => a.endsWith(b), endsWith),
      of([string, string], (a, b) => a.includes(b), containsText),
      over(numbers, boolean, itself, (a, body) => a.some(body), some),
      over(pages, boolean, size, (a, body) => a.every(body), every),
    ),
    text: fc.oneof(
      { ...options, depthIdentifier: "any" },
      always(letters),
      of(
        [string, number],
        (a, b) => `${a}-${b}`,
        (a, b) => text`${a}-${b}`,
      ),
      of(
        [number, boolean],
        (a, b) => `${a}${String(b)}`,
        (a, b) => text`${a}${b}`,
      ),
      of([string], (a) => a.toUpperCase(), upper),
      of([string], (a) => a.toLowerCase(), lower),
      of(
        [string, string],
        (a, b) => [a, b].join(a),
        (a, b) => join([a, b], a),
      ),
      of(
        [string, string],
        (a, b) => a.replaceAll("a", () => b),
        (a, b) => replace(a, "a", b),
      ),
      of(
        [string],
        (a) => (a.includes("/") ? a.slice(a.indexOf("/") + 1) : a),
        (a) => substringAfter(a, "/"),
      ),
      of(
        [boolean, string, string],
        (a, b, c) => (a ? b : c),
        (a, b, c) => when(a, b, c),
      ),
    ),
    numbers: fc.oneof(
      { ...options, depthIdentifier: "any" },
      always(fc.array(integers, { maxLength: 4 })),
      of(
        [number, number],
        (a, b) => [a, b],
        (a, b) => constant([a, b]) as never,
      ),
      over(numbers, boolean, itself, (a, body) => a.filter(body), filter),
      over(
        numbers,
        number,
        itself,
        (a, body) => a.map(body),
        (a, body) => map(a, (item) => body(item)),
      ),
      over(
        pages,
        number,
        size,
        (a, body) => a.map(body),
        (a, body) => map(a, (item) => body(item)),
      ),
      over(
        numbers,
        number,
        itself,
        (a, body) => a.toSorted((one, other) => body(one) - body(other)),
        (a, body) => sort(a, body),
      ),
      of(
        [numbers, numbers],
        (a, b) => [...a, ...b],
        (a, b) => concat(a, b),
      ),
      of([numbers], (a) => [...new Set(a)], distinct),
      of([pages], (a) => a.flat(), flatten),
      of(
        [numbers, numbers],
        (a, b) => a.concat([1], b),
        (a, b) => concat(a, [1], b),
      ),
      of(
        [number],
        (a) => (a < 1 || a > 5 ? [0] : Array.from({ length: a }, (_, index) => index + 1)),
        (a) => when(and(gte(a, 1), gte(5, a)), range(1, a), [0]),
      ),
      of(
        [numbers],
        (a) => a,
        (a) => pick(merge({ a }, {}), "a").a,
      ),
    ),
    pages: fc.oneof(
      { ...options, depthIdentifier: "any" },
      always(fc.array(fc.array(integers, { maxLength: 2 }), { maxLength: 3 })),
      of(
        [numbers],
        (a) => [a],
        (a) => constant([a]) as never,
      ),
      of(
        [numbers, numbers],
        (a, b) => [a, b],
        (a, b) => constant([a, b]) as never,
      ),
      of(
        [numbers],
        (a) => chunks(a, 2),
        (a) => partition(a, 2),
      ),
      over(
        numbers,
        numbers,
        itself,
        (a, body) => a.map(body),
        (a, body) => map(a, (item) => body(item)),
      ),
      over(pages, boolean, size, (a, body) => a.filter(body), filter),
      of(
        [pages, pages],
        (a, b) => [...a, ...b],
        (a, b) => concat(a, b),
      ),
    ),
  };
});

const anything: fc.Arbitrary<Twin<unknown>> = fc.oneof(
  expressions.number,
  expressions.boolean,
  expressions.text,
  expressions.numbers,
  expressions.pages,
);

describe("any expression", () => {
  it("gives what the same computation gives in TypeScript", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(anything, async (twin) => {
        const written = twin.write([]);
        // JSON has no -0.
        const expected: unknown = JSON.parse(JSON.stringify(twin.run([])));
        expect(await evaluate(written, { seven: 7 }), jsonataOf(written)).to.deep.equal(expected);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Texts that have broken something somewhere. */
const nasty = fc.constantFrom(
  "",
  "`",
  "a`b",
  "\\",
  '"',
  "'",
  '"}',
  "%}",
  "{%",
  "{% 1 %}",
  "{%}",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "and",
  "in",
  "null",
  "$",
  "$$",
  "$x",
  "a.b",
  "*",
  "**",
  "0",
  "-1",
  "\n",
  "\r\n",
  "\0",
  "\u2028",
  "\u00a0",
  "\ufeff",
  "😀",
  "/*",
  "//",
  "${",
  "${HOME}",
  "${a b}",
);
const anyText = fc.oneof(nasty, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
const anyNumber = fc.oneof(
  fc.constantFrom(-0, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, Number.MIN_SAFE_INTEGER, 0.1, -1.5e-9),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
/** -0 is 0 in JSON. */
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("JSONata by hand", () => {
  const names = fc.constantFrom("x", "x_", "x__", "item", "item_", "value", "total");

  it("binds whatever names it likes, and what is interpolated stays what it is", async () => {
    await fc.assert(
      fc.asyncProperty(names, names, names, names, async (one, other, bound, within) => {
        const known = { [one]: 10, [other]: 100 };
        const [first, second] = [variable<number>(one), variable<number>(other)];
        const sums = map(constant([1, 2]), (item) =>
          jsonataBinding(bound, [first, item, jsonataBinding(within, [first, second, item])]),
        );
        const sum = (item: number): number =>
          1 + (known[one] ?? 0) + item + (1 + (known[one] ?? 0) + (known[other] ?? 0) + item);
        expect(await evaluate(sums, known), jsonataOf(sums)).to.deep.equal([sum(1), sum(2)]);
      }),
    );
  });
});

/** `($name := 1; $name + value + …)`. */
const jsonataBinding = (name: string, [first, ...values]: readonly Ref<number>[]): Ref<number> =>
  jsonata<number>(
    Object.assign(["", ""], { raw: [`($${name} := 1; $${name} + `, ...values.map(() => " + "), ")"] }),
    ...[first, ...values].flatMap((value) => value ?? []),
  );

describe("on its way through an expression", () => {
  it("no text changes, as a value or as a key", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (key, value) => {
        const held = { [key]: value };
        const object = variable<Record<string, string>>("object");
        expect(await evaluate(constant(value))).to.equal(value);
        expect(await evaluate(constant(json(held)))).to.deep.equal(json(held));
        expect(await evaluate(member(object, key), { object: json(held) })).to.equal(value);
        expect(await evaluate(pick(object, key), { object: json(held) })).to.deep.equal(json(held));
        expect(await evaluate(member(merge(object, {}), key), { object: json(held) })).to.equal(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it("no number changes", async () => {
    await fc.assert(
      fc.asyncProperty(anyNumber, async (value) => {
        expect(await evaluate(constant(value))).to.equal(json(value));
        expect(await evaluate(negate(value))).to.equal(json(-value));
        expect(await evaluate([value, variable("value")], { value })).to.deep.equal(json([value, value]));
      }),
    );
  });
});

describe("on its way through a machine", () => {
  it("no text changes, as a value or as a key, in a payload or in an expression", async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (key, value) => {
        const held = json({ [key]: value }) as Record<string, string>;
        const input = z.object({ held: z.record(z.string(), z.string()) });
        const { definition } = await define(
          workflow("texts", { input, resources: {} }, (flow, given) => {
            const literal = flow.let("Literal", held);
            return flow.succeed("Done", {
              value,
              literal,
              held,
              read: member(given.held, key),
              joined: text`${value}${member(given.held, key)}`,
              made: map(constant([1]), () => ({ inner: value })),
            });
          }),
        );
        const { output } = await simulate(definition, { input: { held } });
        const expected = { value, literal: held, held, read: value, joined: value + value, made: [{ inner: value }] };
        expect(output).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("no name of a state changes, and what the state yields is known by it", async function () {
    this.timeout(60_000);
    const name = fc.oneof(nasty, fc.string({ unit: "grapheme", maxLength: 20 })).filter((text) => text.length > 0);
    await fc.assert(
      fc.asyncProperty(name, anyText, async (name, value) => {
        // What looks like a resource's token is one.
        fc.pre(!(name + value).includes("${"));
        const { definition } = await define(
          workflow("names", { input: z.object({}) }, (flow) => ({
            yielded: flow.let(name, value),
            read: flow.let(`${name} again`, text`${flow.let(`${name} before`, value)}`),
          })),
        );
        const { output, trace } = await simulate(definition);
        expect(output).to.deep.equal({ yielded: value, read: value });
        expect(trace[0]?.state).to.equal(name);
      }),
      { numRuns: 300 },
    );
  });
});
