import { expect } from "chai";
import { literalItems } from "../../../../../workflow/dsl/definition/validate/literal_items.ts";

describe("the items that a Map's definition has", () => {
  const cases: readonly (readonly [unknown, number | undefined])[] = [
    [[1, 2, "{% $x %}"], 3],
    ["{% [] %}", 0],
    ["{% [1..100] %}", 100],
    ["{% ([-2..3, 7, 'x']) %}", 8],
    ["{% [5..1] %}", 0],
    ["{% [$x..10, 1] %}", 2],
    ["{% $range(1, 10, 3) %}", 4],
    ["{% $range(10, 1, -3) %}", 4],
    ["{% $range(1, $n, 1) %}", undefined],
    ["{% [1..9][$ > 3] %}", undefined],
    ["{% $states.input.items %}", undefined],
    ["{% [1.. %}", undefined],
    ["[1..100]", undefined],
    [{ a: 1 }, undefined],
    [undefined, undefined],
  ];
  for (const [items, count] of cases) {
    it(`are ${count ?? "not known"} in ${JSON.stringify(items)}`, () => {
      expect(literalItems(items)).to.equal(count);
    });
  }
});
