import { expect } from "chai";
import { InvalidDefinition, readDefinition } from "../../../../workflow/simulator/index.ts";
import { branch, duration, end, type States } from "../machines.ts";
import { pass, place, run } from "./machines.ts";

describe("Wait in JSONPath mode", () => {
  const wait = (fields: object, input: unknown): ReturnType<typeof run> =>
    run({ Only: { Type: "Wait", ...fields, End: true } }, { input });

  const waits: readonly (readonly [fields: object, input: unknown, seconds: number])[] = [
    [{ Seconds: 10 }, {}, 10],
    [{ SecondsPath: "$.s" }, { s: 0 }, 0],
    [{ SecondsPath: "$.s" }, { s: 3600 }, 3600],
    [{ Timestamp: "2025-01-01T00:01:00Z" }, {}, 60],
    [{ TimestampPath: "$.t" }, { t: "2025-01-01T01:00:00+00:30" }, 1800],
    [{ TimestampPath: "$.t" }, { t: "2016-03-14T01:59:00Z" }, 0],
  ];
  for (const [fields, input, seconds] of waits) {
    it(`${JSON.stringify(fields)} of ${JSON.stringify(input)} waits ${seconds} s and hands its input on`, async () => {
      const result = await wait(fields, input);
      expect([duration(result), result.output]).to.deep.equal([seconds, input]);
    });
  }

  const date =
    "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string";
  const wrong: readonly (readonly [fields: object, input: unknown, reason: string])[] = [
    [{ SecondsPath: "$.s" }, {}, "The SecondsPath parameter does not reference an input value: $.s"],
    [{ SecondsPath: "$.s" }, { s: -1 }, "The SecondsPath parameter references a negative value: $.s == -1"],
    [{ SecondsPath: "$.s" }, { s: 1.5 }, "The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5"],
    [{ SecondsPath: "$.s" }, { s: -1.5 }, "The SecondsPath parameter cannot be parsed as a long value: $.s == -1.5"],
    [{ TimestampPath: "$.t" }, { t: "2016-12-05 21:29:29Z" }, `${date}: $.t == 2016-12-05 21:29:29Z`],
    [{ TimestampPath: "$.t" }, { t: "2016-13-05T21:29:29Z" }, `${date}: $.t == 2016-13-05T21:29:29Z`],
  ];
  for (const [fields, input, reason] of wrong) {
    it(`says: ${reason}`, async () => {
      const expected = { status: "FAILED", error: "States.Runtime", cause: `${place} ${reason}` };
      expect(end(await wait(fields, input))).to.deep.equal(expected);
    });
  }
});

describe("Fail in JSONPath mode", () => {
  const fails: readonly (readonly [fields: object, input: unknown, expected: object])[] = [
    [{}, {}, {}],
    [{ Error: "$.e", Cause: "States.UUID()" }, {}, { error: "$.e", cause: "States.UUID()" }],
    [
      { ErrorPath: "$.e", CausePath: "$.c" },
      { e: "E", c: "why" },
      { error: "E", cause: "why" },
    ],
    [{ Error: "422", CausePath: "States.Format('cause: {}', $.c)" }, { c: 1 }, { error: "422", cause: "cause: 1" }],
    [{ ErrorPath: "$$.State.Name" }, {}, { error: "Only" }],
    [
      { ErrorPath: "$.ErrorX" },
      { Error: "error-value" },
      {
        error: "States.Runtime",
        cause: `${place} The JSONPath '$.ErrorX' specified for the field 'ErrorPath' could not be found in the input '{"Error":"error-value"}'`,
      },
    ],
  ];
  for (const [fields, input, expected] of fails) {
    it(`${JSON.stringify(fields)} of ${JSON.stringify(input)} ends with ${JSON.stringify(expected)}`, async () => {
      const result = await run({ Only: { Type: "Fail", ...fields } }, { input });
      expect(end(result)).to.deep.equal({ status: "FAILED", ...expected });
    });
  }
});

describe("Variables in JSONPath mode", () => {
  it("are assigned from the result, before ResultPath and OutputPath, as recorded on AWS", async () => {
    const result = await run({
      Set: {
        Type: "Pass",
        Result: { riddle: "What?" },
        Assign: { answer: 42, "inputData.$": "$", literal: "$.no.such.path", list: ["$x", null] },
        ResultPath: "$.enigma.mystery",
        Next: "Look",
      },
      Look: {
        Type: "Pass",
        Parameters: { "a.$": "$answer", "d.$": "$inputData.riddle", "l.$": "$literal", "i.$": "$list[0]", "in.$": "$" },
        End: true,
      },
    });
    expect(result.output).to.deep.equal({
      a: 42,
      d: "What?",
      l: "$.no.such.path",
      i: "$x",
      in: { enigma: { mystery: { riddle: "What?" } } },
    });
  });

  it("keep their values until the state is left, as recorded on AWS", async () => {
    const result = await run({
      Set: { Type: "Pass", Assign: { answer: 42 }, Next: "Only" },
      Only: {
        Type: "Pass",
        InputPath: "$answer",
        ResultPath: "$.it",
        OutputPath: "$answer",
        Assign: { answer: 0 },
        End: true,
      },
    });
    expect(result.output).to.equal(42);
  });

  it("are seen in branches, which keep what they assign", async () => {
    const inner = branch({
      In: { Type: "Pass", Assign: { y: 0 }, Next: "Out" },
      Out: { Type: "Pass", Parameters: { "x.$": "$x", "y.$": "$y" }, End: true },
    });
    const result = await run({
      Set: { Type: "Pass", Assign: { x: 42 }, Next: "Each" },
      Each: { Type: "Parallel", Branches: [inner], Next: "Look" },
      Look: { Type: "Pass", Parameters: { "x.$": "$x", "inner.$": "$[0]" }, Next: "Lost" },
      Lost: { Type: "Pass", InputPath: "$y", End: true },
    });
    expect(result.trace.find(({ state }) => state === "Look")?.output).to.deep.equal({ x: 42, inner: { x: 42, y: 0 } });
    expect(result.cause).to.match(/The variable \$y is not defined$/);
  });

  it("give a wait's seconds and a task's timeout", async () => {
    const result = await run({
      Set: { Type: "Pass", Assign: { s: 30 }, Next: "Pause" },
      Pause: { Type: "Wait", SecondsPath: "$s", End: true },
    });
    expect(duration(result)).to.equal(30);
  });
});

describe("A machine of both query languages", () => {
  it("hands data and variables over in both directions", async () => {
    const states: States = {
      Path: { Type: "Pass", Parameters: { foo: "foobar", "bar.$": "$" }, Assign: { "n.$": "$.foo" }, Next: "Jsonata" },
      Jsonata: {
        Type: "Pass",
        QueryLanguage: "JSONata",
        Output: { was: "{% $states.input.bar %}", n: "{% $n %}" },
        Assign: { m: "{% $n & '!' %}" },
        Next: "Back",
      },
      Back: { Type: "Pass", Parameters: { "m.$": "$m", "was.$": "$.was" }, End: true },
    };
    expect((await run(states, { input: 1 })).output).to.deep.equal({ m: "foobar!", was: 1 });
  });

  it("lets a JSONata state stand inside a JSONPath Map", async () => {
    const inner = branch({
      In: { Type: "Pass", QueryLanguage: "JSONata", Output: "{% $states.input * 2 %}", End: true },
    });
    const result = await run({ Each: { Type: "Map", ItemProcessor: inner, End: true } }, { input: [1, 2] });
    expect(result.output).to.deep.equal([2, 4]);
  });
});

describe("A definition in JSONPath mode", () => {
  const findings = (state: object, more: object = {}): readonly string[] => {
    try {
      readDefinition({ StartAt: "S", States: { S: { End: true, ...state } }, ...more });
    } catch (error) {
      if (error instanceof InvalidDefinition) return error.findings;
      throw error;
    }
    return [];
  };
  const invalid = "must be a valid JSONPath or a valid intrinsic function call";
  const wrong: readonly (readonly [name: string, state: object, expected: string])[] = [
    ["has no misspelt field", { Type: "Pass", Outptu: 1 }, '/States/S: Unrecognized key: "Outptu"'],
    [
      "has paths that start with $",
      { Type: "Pass", InputPath: "a.b" },
      "/States/S/InputPath: must be a JSONPath: a path starts with $, $$ or $variable",
    ],
    [
      "puts results at one place",
      { Type: "Pass", ResultPath: "$.a[*]" },
      "/States/S/ResultPath: must be a reference path like $.a.b, or null",
    ],
    [
      "puts no result into the context",
      { Type: "Pass", ResultPath: "$$.a" },
      "/States/S/ResultPath: must be a reference path like $.a.b, or null",
    ],
    [
      "has texts in dynamic fields",
      { Type: "Pass", Parameters: { a: [{ "b.$": 1 }] } },
      `/States/S/Parameters/a/0/b.$: ${invalid}: it is no text`,
    ],
    [
      "has dynamic fields that are paths or calls",
      { Type: "Pass", Parameters: { "b.$": "text" } },
      `/States/S/Parameters/b.$: ${invalid}: a path starts with $, $$ or $variable`,
    ],
    [
      "calls functions that there are",
      { Type: "Pass", Parameters: { "b.$": "States.Array(States.Nope(1))" } },
      `/States/S/Parameters/b.$: ${invalid}: there is no function States.Nope`,
    ],
    [
      "closes its calls",
      { Type: "Pass", Parameters: { "b.$": "States.Array(1" } },
      `/States/S/Parameters/b.$: ${invalid}: expected ',' or ')' at character 15 of States.Array(1`,
    ],
    [
      "escapes nothing but quotes, braces and backslashes in a call",
      { Type: "Pass", Parameters: { "b.$": "States.StringToJson('\\\"')" } },
      `/States/S/Parameters/b.$: ${invalid}: expected a path, a 'text', a number, true, false, null or a function at character 21 of States.StringToJson('\\"')`,
    ],
    [
      "waits for one thing",
      { Type: "Wait", Seconds: 1, SecondsPath: "$.s" },
      "/States/S: needs one of Seconds, SecondsPath, Timestamp and TimestampPath",
    ],
    [
      "waits for moments",
      { Type: "Wait", Timestamp: "tomorrow" },
      "/States/S/Timestamp: String does not match RFC3339 timestamp",
    ],
    ["has states to map with", { Type: "Map" }, "/States/S: needs an ItemProcessor"],
  ];
  for (const [name, state, expected] of wrong) {
    it(name, () => {
      expect(findings(state)).to.deep.equal([expected]);
    });
  }

  const rules: readonly (readonly [rule: object, expected: string])[] = [
    [{ Variable: "$.a" }, "/States/S/Choices/0: needs Variable and one comparison, or one of And, Or and Not"],
    [{ Variable: "$.a", StringEqual: "x" }, "/States/S/Choices/0/StringEqual: is no comparison operator"],
    [
      { Variable: "$.a", NumericEquals: "1" },
      "/States/S/Choices/0/NumericEquals: Invalid input: expected number, received string",
    ],
    [{ And: [{ Variable: "a", IsNull: true }] }, "/States/S/Choices/0/And/0/Variable: must be a JSONPath"],
  ];
  for (const [rule, expected] of rules) {
    it(`has no rule ${JSON.stringify(rule)}`, () => {
      const state = { Type: "Choice", Choices: [{ ...rule, Next: "S" }], Default: "S", End: undefined };
      expect(
        findings(JSON.parse(JSON.stringify(state)) as object).map((each) => each.slice(0, expected.length)),
      ).to.include(expected);
    });
  }

  it("may be said to be one, or said nothing of", async () => {
    expect(findings({ Type: "Pass", InputPath: "$.a" }, { QueryLanguage: "JSONPath" })).to.deep.equal([]);
    expect((await pass({ QueryLanguage: "JSONPath", InputPath: "$.a" }, { a: 1 })).output).to.equal(1);
  });
});
