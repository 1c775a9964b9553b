/** What is required and missing fails its state, wherever in an expression it stands. */
import { expect } from "chai";
import * as z from "zod";
import {
  add,
  and,
  at,
  concat,
  eq,
  gt,
  join,
  jsonata,
  length,
  lookup,
  map,
  max,
  merge,
  ne,
  required,
  split,
  sum,
  text,
  withDefault,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { run } from "../run.ts";
import { evaluate, jsonataOf, variable } from "./evaluate.ts";

interface Data {
  readonly count: number;
  readonly mode: string;
  readonly nothing: null;
  readonly missing?: number;
  readonly note?: string;
  readonly numbers: number[];
  readonly none: number[];
  readonly files: { readonly key: string; readonly owner?: string }[];
  readonly prices: Record<string, number>;
}
const data: Data = { count: 3, mode: "a", nothing: null, numbers: [3, 1], none: [], files: [{ key: "a" }], prices: {} };
const given = variable<Data>("data");

describe("a value that is required", () => {
  const missing = (value: string): string => `required, but missing: ${value}`;
  const { missing: none, files, count, mode } = given;
  const long = "x".repeat(99);
  const owner = "$item.owner";
  const cases: readonly (readonly [where: string, expression: unknown, error: string])[] = [
    ["in a text", text`s3://b/${required(none)}/x`, missing("$data.missing")],
    ["in an object", map(files, (file) => ({ owner: required(file.owner) })), missing(owner)],
    ["in an array", map(files, (file) => [required(file.owner)]), missing(owner)],
    ["as an element", map(files, (file) => required(file.owner)), missing(owner)],
    ["in a comparison", eq(required(none), 5), missing("$data.missing")],
    ["in a negated comparison", ne(required(none), 5), missing("$data.missing")],
    ["in a condition", and(gt(required(none), 5), true), missing("$data.missing")],
    ["in a sum", sum([required(none), 1]), missing("$data.missing")],
    ["in joined arrays", concat([required(none)], [1]), missing("$data.missing")],
    [
      "in a joined text",
      join(
        map(files, (file) => required(file.owner)),
        "-",
      ),
      missing(owner),
    ],
    ["of a joined object", merge({ a: required(none) }, {}), missing("$data.missing")],
    ["whose parts are counted", length(split(required(given.note), ",")), missing("$data.note")],
    ["in JSONata by hand", jsonata<number>`1 + ${required(none)}`, missing("$data.missing")],
    ["that is computed", add(required(max(given.none)), 1), missing("$max($data.none)")],
    [
      "that is computed at length",
      add(required(lookup(given.prices, long)), 1),
      missing(`$lookup($data.prices, "${"x".repeat(57)}…`),
    ],
    ["whose member is wanted", text`${required(at(files, 7)).key}`, missing("$data.files[7]")],
    ["as a default's", withDefault(required(none), 1), missing("$data.missing")],
  ];
  for (const [where, expression, error] of cases) {
    it(`fails the state ${where}`, async () => {
      const thrown: unknown = await evaluate(expression, { data }).catch((each: unknown) => each);
      expect(thrown, jsonataOf(expression)).to.have.property("message", error);
    });
  }

  it("is itself where it is there, computed once, and null is a value", async () => {
    const there = { count: required(count), text: text`${required(mode)}`, null: eq(required(given.nothing), null) };
    expect(await evaluate(there, { data })).to.deep.equal({ count: 3, text: "a", null: true });
    expect(await evaluate(add(required(max(given.numbers)), required(required(count))), { data })).to.equal(6);
    expect(jsonataOf(add(required(max(given.numbers)), 1))).to.equal(
      '($found := $max($data.numbers); $exists($found) ? $found : $error("required, but missing: $max($data.numbers)")) + 1',
    );
  });

  it("is no more than the value where it is all of a field, which fails by itself", () => {
    expect(jsonataOf(required(none))).to.equal("$data.missing");
  });

  it("fails its state as any expression does, with the cause that names it", async () => {
    const input = z.object({ note: z.string().optional() });
    const machine = workflow("noted", { input }, (flow, run) => flow.let("Note", text`-${required(run.note)}`));
    const result = await run(machine, { input: {} });
    expect(result).to.include({ status: "FAILED", error: "States.QueryEvaluationError" });
    expect(result)
      .to.have.property("cause")
      .that.includes("required, but missing: $states.context.Execution.Input.note");
  });
});
