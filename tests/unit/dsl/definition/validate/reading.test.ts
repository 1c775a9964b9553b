import { expect } from "chai";
import fc from "fast-check";
import { reading } from "../../../../../workflow/dsl/definition/validate/reading.ts";

const words = ["a", "id", "Payload", "_", "x9", "and", "or", "in", "true", "false", "null", "trueish", "function", "9"];
const path = fc
  .tuple(fc.constantFrom("states", "order", ...words), fc.array(fc.constantFrom(...words), { maxLength: 4 }))
  .map(([variable, members]) => [`$${variable}`, ...members].join("."));

describe("what an expression reads", () => {
  it("is for a plain path what the parser makes of it", () => {
    fc.assert(
      fc.property(path, (source) => {
        // A block is never a plain path. It moves the position of an error by its parenthesis.
        const { broken, ...read } = reading(`(${source})`);
        const position = broken && { ...broken, position: broken.position - 1 };
        expect(reading(source)).to.deep.equal({ broken: position, ...read });
      }),
    );
  });

  it("is told once of what stands in a block, whose own names are unknown outside of it", () => {
    const { states, variables } = reading("($x := (($states.input.a)); $x) + $x");
    expect(states).to.deep.equal([["input", "a"]]);
    expect([...variables]).to.deep.equal(["x"]);
  });

  it("is the members of $states, and other variables by their names alone", () => {
    expect(reading("$states.context.Task.Token").states).to.deep.equal([["context", "Task", "Token"]]);
    expect([...reading("$order.lines.price").variables]).to.deep.equal(["order"]);
  });
});
