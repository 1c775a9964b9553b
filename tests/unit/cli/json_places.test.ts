import { expect } from "chai";
import fc from "fast-check";
import { placesIn } from "../../../cli/json_places.ts";
import { pointerTo } from "../../../workflow/dsl/definition/machine.ts";

const text = `{
  "a": [1, -2.5e3,
    {"b/c": null, "": true}
  ],
  "d~": {
    "x": 1
  }, "e": "{\\"not\\": 1}"
}
`;

/** A pointer to each value in a value. */
const pointersIn = (value: unknown, pointer = ""): string[] => [
  pointer,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, each]) => pointersIn(each, pointerTo(pointer, key)))
    : []),
];

describe("the places of a JSON text", () => {
  it("are lines of members' names and of lists' elements", () => {
    const { lineOf } = placesIn(text);
    const lines = ["", "/a", "/a/0", "/a/1", "/a/2", "/a/2/b~1c", "/a/2/", "/d~0", "/d~0/x", "/e"].map(lineOf);
    expect(lines).to.deep.equal([1, 2, 2, 2, 3, 3, 3, 5, 6, 7]);
  });

  it("are those of what is around where there is nothing", () => {
    const { lineOf } = placesIn(text);
    expect(["/d~0/y", "/d~0/x/y/z", "/a/7", "/e/not", "/z"].map(lineOf)).to.deep.equal([5, 6, 2, 7, 1]);
    expect(placesIn("\n\n3").lineOf("/a")).to.equal(3);
  });

  it("tell a name that comes again, and the line of its last value", () => {
    const { duplicates, lineOf } = placesIn('{"a": {"x": 1},\n"b": [{"y": 1, "y": 2}],\n"\\u0061": {"x": 2}}');
    expect(duplicates).to.deep.equal([
      { pointer: "/b/0", name: "y", lines: [2, 2] },
      { pointer: "", name: "a", lines: [1, 3] },
    ]);
    expect(lineOf("/a/x")).to.equal(3);
  });

  it("are known of each value of any JSON, in which no name comes again", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed: unknown = JSON.parse(JSON.stringify(value));
        const pretty = JSON.stringify(parsed, null, 2);
        const { lineOf, duplicates } = placesIn(pretty);
        expect(duplicates).to.deep.equal([]);
        // Each value of a pretty text begins on a line of its own, in the text's order.
        const lines = pointersIn(parsed).map(lineOf);
        expect(lines).to.deep.equal([...new Set(lines)].toSorted((one, other) => one - other));
      }),
    );
  });

  it("are read as deep as files may be nested", () => {
    expect(placesIn("[\n".repeat(1_000) + "]".repeat(1_000)).lineOf("/0/0/0")).to.equal(4);
  });
});
