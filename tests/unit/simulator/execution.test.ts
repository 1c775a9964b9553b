import { expect } from "chai";
import fc from "fast-check";
import { InvalidDefinition, readDefinition, simulate } from "../../../workflow/simulator/index.ts";
import { branch, end, machine, run, task } from "./machines.ts";

function findings(definition: unknown): readonly string[] {
  try {
    readDefinition(definition);
    return [];
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.findings;
    throw error;
  }
}
const done = { Done: { Type: "Succeed" } };

describe("A definition", () => {
  it("may be an object or JSON text", async () => {
    const definition = machine({ Only: { Type: "Pass", Output: 1, End: true } });
    expect((await simulate(definition)).output).to.equal(1);
    expect((await simulate(JSON.stringify(definition))).output).to.equal(1);
  });

  const cases: readonly (readonly [sentence: string, definition: unknown, expected: readonly string[]])[] = [
    [
      "in JSONPath mode with a field of JSONata mode is refused, and told how to be in JSONata mode",
      { StartAt: "Only", States: { Only: { Type: "Pass", Output: 1, End: true } } },
      [
        '/States/Only: Unrecognized key: "Output": it is JSONata\'s, and the state is in JSONPath mode, the default; ' +
          'set "QueryLanguage": "JSONata" on the machine or the state',
      ],
    ],
    [
      "in JSONata mode with one JSONPath state deep inside is refused by that state's name",
      machine({
        All: {
          Type: "Parallel",
          Branches: [branch({ Deep: { Type: "Pass", QueryLanguage: "JSONPath", End: true } })],
          End: true,
        },
      }),
      [
        "/States/All/Branches/0/States/Deep: state 'Deep' is in JSONPath mode; a machine in JSONata mode can't have such states",
      ],
    ],
    [
      "in JSONPath mode whose states are all JSONata is taken",
      { StartAt: "Only", States: { Only: { Type: "Pass", QueryLanguage: "JSONata", End: true } } },
      [],
    ],
    [
      "with a field of JSONPath mode is refused",
      machine({ Only: { Type: "Pass", ResultPath: "$", End: true } }),
      ['/States/Only: Unrecognized key: "ResultPath"'],
    ],
    [
      "that leads nowhere is refused",
      machine({ Only: { Type: "Pass", Next: "Gone" } }),
      ["/States/Only: leads to 'Gone', which is no state beside it", "/: the workflow has no terminal state"],
    ],
    [
      "that jumps out of a branch is refused",
      machine({
        All: { Type: "Parallel", Branches: [branch({ In: { Type: "Pass", Next: "Done" } })], Next: "Done" },
        ...done,
      }),
      ["/States/All/Branches/0/States/In: leads to 'Done', which is no state beside it"],
    ],
    ["without an end is refused", machine({ Only: { Type: "Pass" } }), ["/States/Only: needs either Next or End"]],
    [
      "with a syntax error in an expression is refused",
      machine({ Only: { Type: "Pass", Output: { a: "{% 1 + %}" }, End: true } }),
      ["/States/Only/Output/a: S0207: Unexpected end of expression in the expression '1 +'"],
    ],
    [
      "with $eval is refused",
      machine({ Only: { Type: "Pass", Output: "{% $eval('1') %}", End: true } }),
      ["/States/Only/Output: $eval is not supported in the expression '$eval('1')'"],
    ],
    [
      "with fields of a distributed Map on an inline one is refused",
      machine({ All: { Type: "Map", ItemProcessor: branch(done), ToleratedFailureCount: 1, End: true } }),
      ["/States/All/ToleratedFailureCount: only a Map with ProcessorConfig.Mode DISTRIBUTED has it"],
    ],
    [
      "that isn't JSON is refused",
      "{",
      ["/: not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
    ],
    [
      "with two faults names both",
      { QueryLanguage: "JSONata", StartAt: "Gone", States: { Only: { Type: "Pass" } } },
      ["/StartAt: there is no state 'Gone' beside it", "/States/Only: needs either Next or End"],
    ],
  ];
  for (const [sentence, definition, expected] of cases) {
    it(sentence, () => {
      expect(findings(definition)).to.deep.equal(expected);
    });
  }
});

describe("An execution", () => {
  it("records what happened in the service's own event types", async () => {
    const result = await run({
      First: { Type: "Pass", Output: { a: 1 }, Next: "Second" },
      Second: { Type: "Succeed" },
    });
    const at = new Date("2025-01-01T00:00:00Z");
    const whole = { truncated: false };
    expect(result.events).to.deep.equal([
      {
        id: 1,
        previousEventId: 0,
        timestamp: at,
        type: "ExecutionStarted",
        executionStartedEventDetails: {
          input: "{}",
          inputDetails: whole,
          roleArn: "arn:aws:iam::123456789012:role/simulated",
        },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp: at,
        type: "PassStateEntered",
        stateEnteredEventDetails: { name: "First", input: "{}", inputDetails: whole },
      },
      {
        id: 3,
        previousEventId: 2,
        timestamp: at,
        type: "PassStateExited",
        stateExitedEventDetails: { name: "First", output: '{"a":1}', outputDetails: whole },
      },
      {
        id: 4,
        previousEventId: 3,
        timestamp: at,
        type: "SucceedStateEntered",
        stateEnteredEventDetails: { name: "Second", input: '{"a":1}', inputDetails: whole },
      },
      {
        id: 5,
        previousEventId: 4,
        timestamp: at,
        type: "SucceedStateExited",
        stateExitedEventDetails: { name: "Second", output: '{"a":1}', outputDetails: whole },
      },
      {
        id: 6,
        previousEventId: 5,
        timestamp: at,
        type: "ExecutionSucceeded",
        executionSucceededEventDetails: { output: '{"a":1}', outputDetails: whole },
      },
    ]);
  });

  it("is the same to the byte every time", async () => {
    const states = {
      All: {
        Type: "Map",
        Items: "{% [1..20] %}",
        MaxConcurrency: 3,
        ItemProcessor: branch({
          Sleep: { Type: "Wait", Seconds: "{% $floor($random() * 10) %}", Next: "Work" },
          Work: task({ Retry: [{ ErrorEquals: ["States.ALL"], JitterStrategy: "FULL" }], Output: "{% $uuid() %}" }),
        }),
        End: true,
      },
    };
    const once = async (): Promise<string> =>
      JSON.stringify((await run(states, { tasks: { Work: (_args, { sleep }) => sleep(1) } })).events);
    expect(await once()).to.equal(await once());
  });

  it("fails when a state's output is bigger than 256 KiB", async () => {
    const result = await run({ Only: { Type: "Pass", Output: "{% $pad('', 262143, 'ü') %}", End: true } });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.DataLimitExceeded",
      cause: "The state/task 'Only' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  it("counts bytes, not characters, and allows exactly 256 KiB", async () => {
    const size = 256 * 1024 - 2;
    expect((await run({ Only: { Type: "Pass", Output: "x".repeat(size), End: true } })).status).to.equal("SUCCEEDED");
    expect((await run({ Only: { Type: "Pass", Output: `${"x".repeat(size - 1)}ü`, End: true } })).status).to.equal(
      "FAILED",
    );
  });

  it("ends at 25,000 events, past every Catch", async function () {
    this.timeout(60_000);
    const result = await run({
      A: { Type: "Pass", Next: "B" },
      B: { Type: "Choice", Choices: [{ Condition: true, Next: "A" }], Default: "Never" },
      Never: { Type: "Succeed" },
    });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.Runtime",
      cause: "The execution reached the maximum number of history events (25000).",
    });
    expect(result.events).to.have.length(25_000);
  });

  it("can be stopped, and then ends at once as ABORTED", async () => {
    const stop = new AbortController();
    const result = await run(
      { Work: task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Done" }] }), ...done },
      {
        signal: stop.signal,
        tasks: {
          Work: async () => {
            stop.abort();
            await new Promise(() => undefined);
          },
        },
      },
    );
    expect(end(result)).to.deep.equal({ status: "ABORTED" });
    expect(result.events.at(-1)).to.deep.include({ type: "ExecutionAborted", previousEventId: 0 });
  });

  it("takes real time on request", async () => {
    const started = Date.now();
    const result = await run({ Pause: { Type: "Wait", Seconds: 1, End: true } }, { clock: "real" });
    expect(result.status).to.equal("SUCCEEDED");
    expect(Date.now() - started).to.be.within(990, 3000);
  });

  it("links its events: ids count up and each follows an earlier one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }), async (seconds) => {
        const { events } = await run(
          {
            All: {
              Type: "Map",
              ItemProcessor: branch({ Sleep: { Type: "Wait", Seconds: "{% $states.input %}", End: true } }),
              End: true,
            },
          },
          { input: seconds },
        );
        expect(events.map((event) => event.id)).to.deep.equal(events.map((_, index) => index + 1));
        expect(events.every((event) => event.previousEventId < event.id)).to.be.true;
      }),
      { numRuns: 30 },
    );
  });
});
