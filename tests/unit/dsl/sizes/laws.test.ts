/** Laws of what is known of sizes: a bound is never too low, and never falls where a schema allows more. */
import { expect } from "chai";
import fc from "fast-check";
import * as z from "zod";
import { shapeOfSchema } from "../../../../workflow/dsl/checks/sizes/schema.ts";
import { knownBytes, mostBytes, told } from "../../../../workflow/dsl/checks/sizes/shape.ts";
import { shapeOf } from "../../../../workflow/dsl/checks/sizes/value.ts";
import {
  add,
  at,
  concat,
  filter,
  gt,
  join,
  length,
  lookup,
  map,
  member,
  merge,
  omit,
  partition,
  pick,
  range,
  sort,
  text,
  trim,
  when,
  withDefault,
} from "../../../../workflow/dsl/index.ts";
import { bindingOf, constant, evaluate } from "../expressions/evaluate.ts";
import { referenceTo } from "../../../../workflow/dsl/reference.ts";
import { accepted, schemas } from "./schemas.ts";

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const most = (schema: z.ZodType): number => mostBytes(shapeOfSchema(schema));
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

describe("the bound of a schema", () => {
  it("is never below the size of a value that the schema accepts", () => {
    fc.assert(
      fc.property(accepted, ({ schema, value }) => {
        const parsed = schema.parse(value);
        expect(most(schema)).to.be.at.least(bytes(parsed));
        expect(most(schema)).to.be.lessThan(Infinity);
      }),
      { numRuns: 2000 },
    );
  });

  it("never falls where the schema allows more", () => {
    fc.assert(
      fc.property(schemas, schemas, fc.nat(9), fc.nat(9), ({ schema }, { schema: other }, few, more) => {
        expect(most(z.array(schema).max(few + more))).to.be.at.least(most(z.array(schema).max(few)));
        expect(most(z.string().max(few + more))).to.be.at.least(most(z.string().max(few)));
        expect(most(z.union([schema, other]))).to.equal(Math.max(most(schema), most(other)));
        expect(most(z.object({ a: schema, b: other }))).to.be.at.least(most(z.object({ a: schema })));
      }),
    );
  });

  it("is reached by the largest value", () => {
    const schema = z.object({ a: z.array(z.string().max(2)).max(3), b: z.boolean(), c: z.enum(["x", "long"]) });
    const largest = { a: Array.from({ length: 3 }, () => "\u0001\u0002"), b: false, c: "long" };
    expect(most(schema)).to.equal(bytes(schema.parse(largest)));
  });

  it("is not there where nothing bounds a part, and counts the others alone", () => {
    const tree = z.object({
      name: z.string().max(1),
      get kids(): z.ZodType {
        return z.array(tree).max(2);
      },
    });
    const unbounded = [
      z.string(),
      z.array(z.boolean()),
      z.record(z.string(), z.boolean()),
      z.looseObject({}),
      z.unknown(),
      z.email(),
      z.string().transform((each) => each.length),
      tree,
    ];
    for (const schema of unbounded) {
      expect(most(schema)).to.equal(Infinity);
      expect(most(z.object({ a: schema, b: z.boolean() }))).to.equal(Infinity);
      expect(knownBytes(shapeOfSchema(z.object({ b: z.boolean(), c: z.string() })))).to.equal(
        bytes({ b: false, c: 0 }) - 1,
      );
    }
  });
});

describe("the bound of a value", () => {
  it("is exact where the value is written out", () => {
    fc.assert(
      fc.property(json, (value) => {
        const shape = shapeOf(value, () => undefined);
        if (!JSON.stringify(value).includes("${")) expect(mostBytes(shape)).to.equal(bytes(value));
      }),
    );
  });

  it("is not there for a text with a resource's token, whose name is not known yet", () => {
    expect(mostBytes(shapeOf({ a: "${lambda.A.arn}" }, () => undefined))).to.equal(Infinity);
  });

  const order = z.object({
    id: z.string().max(6),
    lines: z.array(z.object({ name: z.string().max(5), price: z.number(), note: z.string().max(3).optional() })).max(4),
    byName: z.record(z.enum(["a", "b"]), z.int()),
  });
  type Order = z.infer<typeof order>;
  const binding = bindingOf("order");
  const given = referenceTo<Order>(binding);
  const safe = fc.string({ unit: "grapheme", maxLength: 1 }).filter((each) => each.length <= 1);
  const short = (units: number): fc.Arbitrary<string> =>
    fc.array(safe, { maxLength: units }).map((each) => each.join(""));
  const orders: fc.Arbitrary<Order> = fc.record({
    id: short(6),
    lines: fc.array(
      fc.record(
        { name: short(5), price: fc.integer({ min: -1e6, max: 1e6 }), note: short(3) },
        { requiredKeys: ["name", "price"] },
      ),
      { maxLength: 4 },
    ),
    byName: fc.record({ a: fc.maxSafeInteger(), b: fc.maxSafeInteger() }),
  });

  const expressions: Readonly<Record<string, unknown>> = {
    "a member": given.lines,
    "an element": at(given.lines, 0),
    "a template": text`${given.id}: ${length(given.lines)} lines, "${given.byName.a}"`,
    "a mapped array": map(given.lines, (line, index) => ({ ...{ of: given.id }, line: line.name, index })),
    "an array of arrays": map(given.lines, (line) => [line.name, given.id]),
    "a filtered array": filter(given.lines, (line) => gt(line.price, 0)),
    "a sorted array": sort(given.lines, (line) => line.price),
    "joined arrays": concat(
      map(given.lines, (line) => line.name),
      ["x", given.id],
    ),
    "parts of an array": partition(given.lines, 2),
    "a joined text": join(
      map(given.lines, (line) => line.name),
      ", ",
    ),
    "a trimmed text": trim(given.id),
    numbers: range(1, 5),
    "a merged object": merge(given, { id: 1, more: given.id }),
    "a part of an object": pick(given, "id", "byName"),
    "an object without a member": omit(given, "lines"),
    "any member": lookup(given.byName, "a"),
    "a member by its name": member(given, "byName"),
    "one of two values": when(gt(length(given.lines), 2), given.lines, given.id),
    "a value with a default": withDefault(given.id, "none"),
    arithmetic: add(given.byName.a, 1),
    "a constant": constant([1, [2, ["three"]], { four: null }]),
  };

  for (const [what, expression] of Object.entries(expressions))
    it(`is never below what JSONata gives: ${what}`, async () => {
      const known = shapeOfSchema(order);
      const bound = mostBytes(shapeOf(expression, (each) => (each === binding ? known : undefined)));
      expect(bound).to.be.lessThan(Infinity);
      await fc.assert(
        fc.asyncProperty(orders, async (value) => {
          const result = await evaluate(expression, { order: value });
          if (result !== undefined) expect(bound).to.be.at.least(bytes(result));
        }),
        { numRuns: 50 },
      );
    });

  it("counts nothing once it was told of, but for its smaller parts", () => {
    const shape = shapeOfSchema(z.object({ large: z.array(z.boolean()).max(100), small: z.boolean() }));
    const after = (value: unknown): number => knownBytes(shapeOf(value, () => told(shape, 100)));
    const value = referenceTo<{ large: boolean[]; small: boolean }>(binding);
    expect(after(value)).to.equal(0);
    expect(after(value.large)).to.equal(0);
    expect(after(value.small)).to.equal(bytes(false));
    expect(after(at(value.large, 0))).to.equal(bytes(false));
  });
});
