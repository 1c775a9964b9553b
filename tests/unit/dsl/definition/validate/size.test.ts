import { expect } from "chai";
import fc from "fast-check";
import { mostBytes, type Shape } from "../../../../../workflow/dsl/definition/validate/index.ts";
import { leastBytes } from "../../../../../workflow/dsl/definition/validate/size.ts";

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The tightest that can be known of a value. */
function shapeOf(value: unknown): Shape {
  if (typeof value === "string") return { kind: "text", characters: value.length };
  if (typeof value === "number") return { kind: "number" };
  if (Array.isArray(value))
    return { kind: "list", items: value.length, item: { kind: "one of", shapes: value.map(shapeOf) } };
  if (typeof value !== "object" || value === null) return { kind: "literal", value };
  return {
    kind: "object",
    members: Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)])),
  };
}

const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

describe("the size of a value", () => {
  it("is never more than what is known of it allows", () => {
    fc.assert(fc.property(json, (value) => mostBytes(shapeOf(value)) >= bytes(value)));
    fc.assert(fc.property(json, (value) => mostBytes({ kind: "literal", value }) === bytes(value)));
  });

  it("is exact for literals, and at least a byte for an expression", () => {
    fc.assert(fc.property(json, (value) => leastBytes(value) === bytes(value)));
    expect(leastBytes({ a: "{% $states.input %}", b: ["x"] })).to.equal(bytes({ a: 1, b: ["x"] }));
  });

  it("has no bound where nothing is known, and is empty where there is nothing", () => {
    expect(mostBytes({ kind: "object", members: { a: { kind: "unknown" } } })).to.equal(Infinity);
    expect(mostBytes({ kind: "list", items: 0, item: { kind: "unknown" } })).to.equal(bytes([]));
    expect(mostBytes({ kind: "list", items: 3, item: { kind: "literal", value: 7 } })).to.equal(bytes([7, 7, 7]));
  });
});
