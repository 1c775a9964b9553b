import { expect } from "chai";
import { operators } from "../../../../workflow/simulator/jsonpath/comparison.ts";
import { end, type States } from "../machines.ts";
import { run } from "./machines.ts";

const ends: States = { Yes: { Type: "Succeed" }, No: { Type: "Succeed" } };
const place = "An error occurred while executing the state 'Decide' (entered at the event id #2).";

async function decide(rule: object, input: unknown): Promise<boolean> {
  const result = await run(
    { Decide: { Type: "Choice", Choices: [{ ...rule, Next: "Yes" }], Default: "No" }, ...ends },
    { input },
  );
  expect(result.error).to.equal(undefined);
  return result.states[1] === "Yes";
}

const early = "2012-10-09T19:00:55Z";
const late = "2012-10-09T19:00:56Z";
const three: Readonly<Record<string, readonly [unknown, unknown]>> = {
  String: ["A", "AB"],
  Numeric: [1, 1.5],
  Timestamp: [early, late],
};
/** For each order: whether it holds for less, equal and greater. */
const orders: Readonly<Record<string, readonly [boolean, boolean, boolean]>> = {
  Equals: [false, true, false],
  LessThan: [true, false, false],
  GreaterThan: [false, false, true],
  LessThanEquals: [true, true, false],
  GreaterThanEquals: [false, true, true],
};

describe("A comparison of JSONPath mode", () => {
  for (const [kind, [small, big]] of Object.entries(three)) {
    for (const [order, expected] of Object.entries(orders)) {
      it(`${kind}${order} compares values of its kind, with a literal and with a path`, async () => {
        const pairs = [
          [small, big],
          [big, big],
          [big, small],
        ];
        const literal = await Promise.all(
          pairs.map(([v, o]) => decide({ Variable: "$.v", [`${kind}${order}`]: o }, { v })),
        );
        const byPath = await Promise.all(
          pairs.map(([v, o]) => decide({ Variable: "$.v", [`${kind}${order}Path`]: "$.o" }, { v, o })),
        );
        expect([literal, byPath]).to.deep.equal([expected, expected]);
      });

      it(`${kind}${order} is false for a value of another kind`, async () => {
        const others = [null, true, [], {}, kind === "Numeric" ? "1" : 1];
        const results = await Promise.all(
          others.map((v) => decide({ Variable: "$.v", [`${kind}${order}`]: small }, { v })),
        );
        expect(results).to.deep.equal(others.map(() => false));
      });
    }
  }

  it("has 39 operators, of which 16 take a path too", () => {
    const names = Object.keys(operators);
    expect(names).to.have.length(39);
    expect(names.filter((name) => name.endsWith("Path"))).to.have.length(16);
  });

  const cases: readonly (readonly [rule: object, input: unknown, holds: boolean])[] = [
    [{ Variable: "$.v", BooleanEquals: true }, { v: true }, true],
    [{ Variable: "$.v", BooleanEquals: true }, { v: "true" }, false],
    [{ Variable: "$.v", BooleanEquals: false }, { v: false }, true],
    [{ Variable: "$.v", BooleanEqualsPath: "$.o" }, { v: false, o: false }, true],
    [{ Variable: "$.v", NumericEquals: 0 }, { v: 0.0 }, true],
    [{ Variable: "$.v", StringGreaterThan: "A" }, { v: "A " }, true],
    [{ Variable: "$.v", TimestampEquals: early }, { v: "2012-10-09T20:00:55+01:00" }, true],
    [{ Variable: "$.v", StringMatches: "log-*.txt" }, { v: "log-zebra.txt" }, true],
    [{ Variable: "$.v", StringMatches: "log-*.txt" }, { v: "log-zebra.txt.gz" }, false],
    [{ Variable: "$.v", StringMatches: "*a*b*" }, { v: "xaxbx" }, true],
    [{ Variable: "$.v", StringMatches: "a\\*b" }, { v: "a*b" }, true],
    [{ Variable: "$.v", StringMatches: "a\\*b" }, { v: "axb" }, false],
    [{ Variable: "$.v", StringMatches: "a.b" }, { v: "axb" }, false],
    [{ Variable: "$.v", StringMatches: "*" }, { v: 1 }, false],
    [{ Variable: "$.v", IsNull: true }, { v: null }, true],
    [{ Variable: "$.v", IsNull: false }, { v: 0 }, true],
    [{ Variable: "$.v", IsString: true }, { v: "" }, true],
    [{ Variable: "$.v", IsNumeric: true }, { v: 1.1 }, true],
    [{ Variable: "$.v", IsNumeric: true }, { v: "1" }, false],
    [{ Variable: "$.v", IsBoolean: true }, { v: false }, true],
    [{ Variable: "$.v", IsTimestamp: true }, { v: early }, true],
    [{ Variable: "$.v", IsTimestamp: true }, { v: "2023-02-24" }, false],
    [{ Variable: "$.v", IsTimestamp: false }, { v: "2012-10-09T19:00:55" }, true],
    [{ Variable: "$.v", IsPresent: true }, { v: null }, true],
    [{ Variable: "$.v", IsPresent: true }, {}, false],
    [{ Variable: "$.v.w", IsPresent: false }, {}, true],
    [{ Variable: "$.v", IsPresent: false }, { v: 1 }, false],
    [{ Variable: "$$.Execution.Name", StringEquals: "execution" }, {}, true],
    [{ Not: { Variable: "$.type", StringEquals: "Private" } }, { type: "Public" }, true],
    [
      {
        And: [
          { Variable: "$.v", IsPresent: true },
          { Variable: "$.v", NumericLessThan: 30 },
        ],
      },
      { v: 22 },
      true,
    ],
    [
      {
        And: [
          { Variable: "$.v", IsPresent: true },
          { Variable: "$.v", NumericLessThan: 30 },
        ],
      },
      {},
      false,
    ],
    [{ Or: [{ Variable: "$.v", NumericEquals: 1 }, { Not: { Variable: "$.v", NumericEquals: 2 } }] }, { v: 2 }, false],
    [
      {
        Or: [
          { Variable: "$.v", NumericEquals: 1 },
          { Variable: "$.v", NumericEquals: 2 },
        ],
      },
      { v: 2 },
      true,
    ],
  ];
  for (const [rule, input, holds] of cases) {
    it(`${JSON.stringify(rule)} is ${String(holds)} for ${JSON.stringify(input)}`, async () => {
      expect(await decide(rule, input)).to.equal(holds);
    });
  }

  for (const rule of [
    { Variable: "$.no", StringEquals: "x" },
    { Variable: "$.no", IsNull: false },
    { Variable: "$.v", NumericEqualsPath: "$.no" },
  ]) {
    it(`${JSON.stringify(rule)} fails where a path finds nothing`, async () => {
      const result = await run(
        { Decide: { Type: "Choice", Choices: [{ ...rule, Next: "Yes" }], Default: "No" }, ...ends },
        { input: { v: 1 } },
      );
      expect(end(result)).to.deep.equal({
        status: "FAILED",
        error: "States.Runtime",
        cause: `${place} Invalid path '$.no': The choice state's condition path references an invalid value.`,
      });
    });
  }
});

describe("Choice in JSONPath mode", () => {
  it("decides as AWS's own example does", async () => {
    const choice = {
      Type: "Choice",
      Choices: [
        { Not: { Variable: "$.type", StringEquals: "Private" }, Next: "Public" },
        { Variable: "$.value", NumericEquals: 0, Next: "ValueIsZero" },
        {
          And: [
            { Variable: "$.value", NumericGreaterThanEquals: 20 },
            { Variable: "$.value", NumericLessThan: 30 },
          ],
          Next: "ValueInTwenties",
        },
      ],
      Default: "DefaultState",
    };
    const states: States = {
      ChoiceStateX: choice,
      Public: { Type: "Pass", End: true },
      ValueIsZero: { Type: "Pass", End: true },
      ValueInTwenties: { Type: "Pass", End: true },
      DefaultState: { Type: "Fail", Cause: "No Matches!" },
    };
    const inputs = [
      { type: "Public", value: 22 },
      { type: "Private", value: 0 },
      { type: "Private", value: 22 },
      { type: "Private", value: 5 },
    ];
    const taken = await Promise.all(inputs.map(async (input) => (await run(states, { input })).states[1]));
    expect(taken).to.deep.equal(["Public", "ValueIsZero", "ValueInTwenties", "DefaultState"]);
  });

  it("assigns by the rule that matches, and cuts with its own InputPath and OutputPath", async () => {
    const result = await run(
      {
        Decide: {
          Type: "Choice",
          InputPath: "$.in",
          OutputPath: "$.b",
          Choices: [{ Variable: "$.a", NumericEquals: 1, Assign: { "x.$": "$.a" }, Next: "Look" }],
          Default: "Look",
          Assign: { x: "state's" },
        },
        Look: { Type: "Pass", Parameters: { "x.$": "$x", "input.$": "$" }, End: true },
      },
      { input: { in: { a: 1, b: 2 } } },
    );
    expect(result.output).to.deep.equal({ x: 1, input: 2 });
  });

  it("fails without a match and without a Default", async () => {
    const choices = [{ Variable: "$.a", NumericEquals: 1, Next: "Yes" }];
    const result = await run(
      { Decide: { Type: "Choice", Choices: choices }, Yes: { Type: "Succeed" } },
      { input: { a: 2 } },
    );
    expect(result.error).to.equal("States.NoChoiceMatched");
  });
});
