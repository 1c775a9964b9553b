import { expect } from "chai";
import fc from "fast-check";
import { end } from "../machines.ts";
import { pass, place } from "./machines.ts";

// https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html and the ASL specification.
const data = { foo: 123, bar: ["a", "b", "c"], car: { cdr: true }, "delivery-partner": "UQS", nil: null };
const items = {
  items: [
    { n: 1, tag: "x" },
    { n: 2, tag: "y" },
    { n: 3, tag: "x" },
  ],
  deep: { n: 9 },
};

const cases: readonly (readonly [path: string, input: unknown, output: unknown])[] = [
  ["$", data, data],
  ["$.foo", data, 123],
  ["$.bar", data, ["a", "b", "c"]],
  ["$.car.cdr", data, true],
  ["$['car']['cdr']", data, true],
  ['$["car"].cdr', data, true],
  ["$.delivery-partner", data, "UQS"],
  ["$.nil", data, null],
  ["$.bar[0]", data, "a"],
  ["$.bar[-1]", data, "c"],
  ["$[1]", [1, 2], 2],
  ["$['a.b']", { "a.b": 1 }, 1],
  ["$['it\\'s']", { "it's": 1 }, 1],
  // Recorded on AWS: the backslash before a double quote stays.
  ['$[\'Test\\""Name"\']', { 'Test\\""Name"': 'Value"\\' }, 'Value"\\'],
  ["$.bar[*]", data, ["a", "b", "c"]],
  ["$.bar[1:]", data, ["b", "c"]],
  ["$.bar[0,2]", data, ["a", "c"]],
  ["$.bar[3:]", data, []],
  ["$.items[*].n", items, [1, 2, 3]],
  ["$..n", items, [1, 2, 3, 9]],
  ["$.items[?(@.tag == 'x')].n", items, [1, 3]],
  ["$.items[?(@.n > 1 && @.tag == 'x')]", items, [{ n: 3, tag: "x" }]],
  ["$.items[?(@.n > 5)]", items, []],
  ["$.bar.length()", data, 3],
  ["$.items[?(@.tag == 'x')].length()", items, 2],
  ["$$.Execution.Input.foo", data, 123],
  ["$$.State.Name", data, "Only"],
];

describe("A path", () => {
  for (const [path, input, output] of cases) {
    it(`${path} gives ${JSON.stringify(output)}`, async () => {
      expect(end(await pass({ InputPath: path }, input))).to.deep.equal({ status: "SUCCEEDED", output });
    });
  }

  const missing: readonly (readonly [path: string, input: unknown, reason: string])[] = [
    ["$.no", {}, "No results for path: $['no']"],
    ["$.no.such.path", {}, "Missing property in path $['no']"],
    ["$.a[5]", { a: [1] }, "No results for path: $['a'][5]"],
    ["$.a.b", { a: "text" }, "No results for path: $['a']['b']"],
    ["$.toString", {}, "No results for path: $['toString']"],
    ["$unset", {}, "The variable $unset is not defined"],
    ["$.a.length()", { a: 1 }, "number has no length()"],
  ];
  for (const [path, input, reason] of missing) {
    it(`${path} that finds nothing ends the execution with States.Runtime`, async () => {
      expect(end(await pass({ OutputPath: path }, input))).to.deep.equal({
        status: "FAILED",
        error: "States.Runtime",
        cause: `${place} Invalid path '${path}' : ${reason}`,
      });
    });
  }

  it("runs no code in its filters", async () => {
    const path = "$.items[?(@.n.constructor.constructor('return process')())]";
    const { output } = await pass({ InputPath: path }, items).catch(() => ({ output: "refused" }));
    expect(output).to.be.oneOf([undefined, "refused"]);
  });

  it("finds any member by its quoted name", () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.jsonValue(), async (name, value) => {
        const quoted = name.replace(/\\(?=['\\]|$)|'/g, (found) => `\\${found}`);
        const { output } = await pass({ InputPath: `$['${quoted}']` }, { [name]: value });
        expect(JSON.stringify(output)).to.equal(JSON.stringify(value));
      }),
      { numRuns: 50 },
    ));
});
