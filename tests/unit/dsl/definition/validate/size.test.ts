import { expect } from "chai";
import fc from "fast-check";
import { leastBytes } from "../../../../../workflow/dsl/definition/validate/size.ts";

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

describe("the least size of a field", () => {
  it("is exact for literals, and at least a byte for an expression", () => {
    fc.assert(fc.property(json, (value) => leastBytes(value) === bytes(value)));
    expect(leastBytes({ a: "{% $states.input %}", b: ["x"] })).to.equal(bytes({ a: 1, b: ["x"] }));
  });
});
