import { expect } from "chai";
import { executionMarks, mermaid, type Marks } from "../../../../../workflow/dsl/definition/graph/index.ts";
import { HistoryError } from "../../../../../workflow/dsl/definition/history/events.ts";
import { machineOf } from "../../../../../workflow/dsl/definition/machine.ts";
import { simulate, TaskError, type Json } from "../../../../../workflow/simulator/index.ts";

const task = (fields: object): object => ({
  Type: "Task",
  Resource: "arn:aws:states:::aws-sdk:glue:getJob",
  ...fields,
});
const retry = [{ ErrorEquals: ["Busy"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 1 }];
const catchAll = (next: string): object[] => [{ ErrorEquals: ["States.ALL"], Next: next }];

/** The marks of a simulated execution, as plain data. */
async function marksOf(definition: object, tasks: Record<string, (input: Json) => Json>): Promise<object> {
  const { events } = await simulate(definition, { tasks });
  return plain(executionMarks(machineOf(definition), events));
}
const plain = ({ states, ways }: Marks): object => ({
  states: Object.fromEntries([...states].map(([place, { look, notes }]) => [place, [look, ...notes].join(", ")])),
  ways: Object.fromEntries(ways),
});

const failing = (error: string) => (): never => {
  throw new TaskError(error, "because");
};

describe("an execution on the picture", () => {
  it("shows the way it took, how long states lasted, attempts, and loops", async () => {
    let calls = 0;
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "Ask",
      States: {
        Ask: task({ Retry: retry, Next: "Ready?" }),
        "Ready?": {
          Type: "Choice",
          Choices: [{ Condition: "{% $states.input.ready %}", Next: "Done" }],
          Default: "Rest",
        },
        Rest: { Type: "Wait", Seconds: 90, Next: "Ask" },
        Done: { Type: "Succeed" },
      },
    };
    const marks = await marksOf(definition, {
      Ask: () => {
        calls += 1;
        if (calls === 1) throw new TaskError("Busy", "");
        return { ready: calls === 3 };
      },
    });
    expect(marks).to.deep.equal({
      states: {
        Ask: "succeeded, 2 visits · 3 attempts · up to 2 s",
        "Ready?": "succeeded, 2 visits",
        Rest: "succeeded, 1 min 30 s",
        Done: "succeeded",
      },
      ways: {
        "start ": "succeeded",
        "next 0 Ask": "succeeded",
        "choice 0 Ready?": "succeeded",
        "default 0 Ready?": "succeeded",
        "next 0 Rest": "succeeded",
        "end Done": "succeeded",
      },
    });
  });

  it("shows where it failed, what it failed of, and what was cut off beside it", async () => {
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          Branches: [
            { StartAt: "Bad", States: { Bad: task({ Retry: retry, End: true }) } },
            { StartAt: "Slow", States: { Slow: { Type: "Wait", Seconds: 60, End: true } } },
          ],
          End: true,
        },
      },
    };
    expect(await marksOf(definition, { Bad: failing("Busy") })).to.deep.equal({
      states: {
        Both: "failed, Busy",
        "Both/Branches[0]/Bad": "failed, 4 attempts, Busy",
        "Both/Branches[1]/Slow": "aborted, aborted",
      },
      ways: { "start ": "succeeded", "start Both/Branches[0]": "succeeded", "start Both/Branches[1]": "succeeded" },
    });
  });

  it("shows a failure that was caught, and tells the catcher's way from another one to the same state", async () => {
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          Branches: [{ StartAt: "Bad", States: { Bad: task({ End: true }) } }],
          Catch: catchAll("After"),
          Next: "After",
        },
        After: { Type: "Fail", Error: "Over" },
      },
    };
    expect(await marksOf(definition, { Bad: failing("Mine") })).to.deep.equal({
      states: { Both: "caught", "Both/Branches[0]/Bad": "failed, Mine", After: "failed, Over" },
      ways: { "start ": "succeeded", "catch 0 Both": "caught", "start Both/Branches[0]": "succeeded" },
    });
  });

  it("takes the worst of a Map's visits for a state's look", async () => {
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          Items: [1, 2, 3],
          MaxConcurrency: 1,
          ItemProcessor: { StartAt: "One", States: { One: task({ Arguments: "{% $states.input %}", End: true }) } },
          End: true,
        },
      },
    };
    let calls = 0;
    const marks = await marksOf(definition, {
      One: () => {
        calls += 1;
        return calls === 2 ? failing("Mine")() : null;
      },
    });
    expect(marks).to.deep.equal({
      states: { Each: "failed, Mine", "Each/ItemProcessor/One": "failed, 2 visits, Mine" },
      ways: {
        "start ": "succeeded",
        "start Each/ItemProcessor": "succeeded",
        "end Each/ItemProcessor/One": "succeeded",
      },
    });
  });

  it("counts a distributed Map's attempt once, though its Map Run begins besides", async () => {
    const processor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "One",
      States: { One: { Type: "Pass", End: true } },
    };
    const each = { Type: "Map", Items: [1], ItemProcessor: processor, End: true };
    expect(await marksOf({ QueryLanguage: "JSONata", StartAt: "Each", States: { Each: each } }, {})).to.deep.equal({
      states: { Each: "succeeded" },
      ways: { "start ": "succeeded", "end Each": "succeeded" },
    });
  });

  describe("from the AWS CLI", () => {
    const definition = { StartAt: "A", States: { A: { ...task({}), Next: "B" }, B: { ...task({}), End: true } } };
    const event = (id: number, type: string, timestamp: unknown, details: object = {}): object => ({
      id,
      previousEventId: id === 2 ? 0 : id - 1,
      type,
      timestamp,
      ...details,
    });
    const history = (time: (seconds: number) => unknown): object[] => [
      event(1, "ExecutionStarted", time(0)),
      event(2, "TaskStateEntered", time(0), { stateEnteredEventDetails: { name: "A", input: "{}" } }),
      event(3, "TaskScheduled", time(0.1)),
      event(4, "TaskSucceeded", time(1.2)),
      event(5, "TaskStateExited", time(1.25), { stateExitedEventDetails: { name: "A", output: "{}" } }),
      event(6, "TaskStateEntered", time(1.25), { stateEnteredEventDetails: { name: "B", input: "{}" } }),
      event(7, "TaskScheduled", time(1.3)),
    ];
    const expected = {
      states: { A: "succeeded, 1.3 s", B: "running, running" },
      ways: { "start ": "succeeded", "next 0 A": "succeeded" },
    };
    const marks = (document: unknown): object => plain(executionMarks(machineOf(definition), document));

    it("dates may be ISO 8601 or seconds", () => {
      const iso = (seconds: number): string =>
        new Date(1_700_000_000_000 + seconds * 1000).toISOString().replace("Z", "000+00:00");
      expect(marks({ events: history(iso) })).to.deep.equal(expected);
      expect(marks({ events: history((seconds) => 1_700_000_000 + seconds) })).to.deep.equal(expected);
    });

    it("events may come the latest first", () => {
      expect(marks(history((seconds) => seconds).reverse())).to.deep.equal(expected);
    });

    it("a part of a history gives a part of the picture", () => {
      expect(marks(history((seconds) => seconds).slice(3))).to.deep.equal({
        states: { B: "running, running" },
        ways: {},
      });
    });

    it("what is no history is refused", () => {
      expect(() => marks({ events: [{ id: "one" }] })).to.throw(HistoryError, /^this is no history of an execution: /);
    });

    it("what was not reached fades", () => {
      const source = mermaid(machineOf(definition), executionMarks(machineOf(definition), []));
      expect(source).to.include("  class s_A,s_B untouched\n");
      expect(source).to.include("  linkStyle 0,1,2 opacity:0.45\n");
    });
  });
});
