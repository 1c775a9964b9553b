import { createHash } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { end, output, run } from "./machines.ts";

describe("Functions that Step Functions adds to JSONata", () => {
  const cases: readonly (readonly [expression: string, expected: unknown])[] = [
    ["$partition([0], 1)", [[0]]],
    ["$partition([0, 1, 2], 2)", [[0, 1], [2]]],
    ["$partition([0, 1], 5)", [[0, 1]]],
    ["$partition(7, 2)", [[7]]],
    ["$range(0, 9, 3)", [0, 3, 6, 9]],
    ["$range(0, 10, 3)", [0, 3, 6, 9]],
    ["$range(1, 9, 2)", [1, 3, 5, 7, 9]],
    ["$range(1, 9, 9)", 1],
    ["[$range(1, 9, 9)]", [1]],
    ["$range(3, 1, -1)", [3, 2, 1]],
    ["$hash('abc', 'MD5')", "900150983cd24fb0d6963f7d28e17f72"],
    ["$hash('abc', 'SHA-1')", "a9993e364706816aba3e25717850c26c9cd0d89d"],
    ["$hash('ü', 'SHA-256')", createHash("sha256").update("ü").digest("hex")],
    ["$parse('{\"a\": [1, null]}')", { a: [1, null] }],
    ["$random(42) = $random(42)", true],
    ["$random() < 1", true],
    ["$length($uuid())", 36],
    ["$substring($uuid(), 14, 1)", "4"],
    ["$now()", "2025-01-01T00:00:00.000Z"],
    ["$now('[Y0001]-[M01]')", "2025-01"],
    ["$millis()", 1735689600000],
    ["$fromMillis($millis()) = $now()", true],
  ];
  for (const [expression, expected] of cases) {
    it(`${expression} is ${JSON.stringify(expected)}`, async () => {
      expect(end(await output(`{% ${expression} %}`))).to.deep.equal({ status: "SUCCEEDED", output: expected });
    });
  }

  const failures: readonly (readonly [expression: string, reason: string])[] = [
    ["$range(1, 2, 0)", 'T0410: Argument 3 of function "range" must be other than zero'],
    ["$range(1, 2000, 1)", 'T0410: Argument 2 of function "range" must be within 1000 steps of the first'],
    ["$range(1.5, 2, 1)", 'T0410: Argument 1 of function "range" must be an integer'],
    ["$partition([1], 0)", 'T0410: Argument 2 of function "partition" must be a positive integer'],
    [
      "$hash('a', 'constructor')",
      'T0410: Argument 2 of function "hash" must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512',
    ],
    ["$hash('a', 'CRC')", 'T0410: Argument 2 of function "hash" must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512'],
    ["$hash(1, 'MD5')", 'T0410: Argument 1 of function "hash" must be a string of at most 10000 characters'],
    ["$parse(1)", 'T0410: Argument 1 of function "parse" must be a string'],
  ];
  for (const [expression, reason] of failures) {
    it(`${expression} fails the state`, async () => {
      const result = await output(`{% ${expression} %}`);
      expect(result.error).to.equal("States.QueryEvaluationError");
      expect(result.cause).to.equal(
        "An error occurred while executing the state 'Only' (entered at the event id #2). " +
          `The JSONata expression '${expression}' specified for the field 'Output' threw an error during evaluation. ${reason}`,
      );
    });
  }

  it("$parse of bad JSON fails the state", async () => {
    const result = await output("{% $parse('{') %}");
    expect(result.error).to.equal("States.QueryEvaluationError");
    expect(result.cause).to.contain("threw an error during evaluation.");
  });

  it("$now follows the execution's clock through waits", async () => {
    const result = await run({
      Sleep: { Type: "Wait", Seconds: 86_400, Next: "Look" },
      Look: { Type: "Pass", Output: "{% $now() %}", End: true },
    });
    expect(result.output).to.equal("2025-01-02T00:00:00.000Z");
  });

  it("$uuid and $random are the same in every simulation, and differ from call to call", async () => {
    const draw = ["{% $uuid() %}", "{% $uuid() %}", "{% $random() %}"];
    const first = await output(draw);
    expect((await output(draw)).output).to.deep.equal(first.output);
    expect(new Set(Array.isArray(first.output) ? first.output : []).size).to.equal(3);
  });

  it("$partition cuts any array into full chunks and a rest, and loses nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer(), { minLength: 2 }), fc.integer({ min: 1, max: 9 }), async (list, size) => {
        const result = await output("{% $partition($states.input.list, $states.input.size) %}", { list, size });
        const chunks = Array.isArray(result.output) ? result.output : [];
        expect(chunks.flat()).to.deep.equal(list);
        expect(chunks.slice(0, -1).every((chunk) => Array.isArray(chunk) && chunk.length === size)).to.be.true;
      }),
      { numRuns: 50 },
    );
  });
});
