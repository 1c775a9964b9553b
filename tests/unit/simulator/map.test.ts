import { expect } from "chai";
import fc from "fast-check";
import { TaskError } from "../../../workflow/simulator/index.ts";
import { branch, duration, end, run, task } from "./machines.ts";

const each = (states: Readonly<Record<string, object>>, more: object = {}): object => ({
  Type: "Map",
  ItemProcessor: branch(states),
  End: true,
  ...more,
});
const pass = { Each: { Type: "Pass", End: true } };
const place = "An error occurred while executing the state 'All' (entered at the event id #2).";

describe("Map", () => {
  it("runs its processor for each item, in order, whichever ends first", async () => {
    const states = {
      Sleep: { Type: "Wait", Seconds: "{% $states.input %}", Output: "{% $states.input * 2 %}", End: true },
    };
    const result = await run(
      { All: each(states, { Items: "{% $states.input.list %}" }) },
      { input: { list: [3, 1, 2] } },
    );
    expect(result.output).to.deep.equal([6, 2, 4]);
    expect(duration(result)).to.equal(3);
  });

  it("takes its input for the items without Items", async () => {
    expect((await run({ All: each(pass) }, { input: [1, "x", null] })).output).to.deep.equal([1, "x", null]);
  });

  it("gives [] for no items", async () => {
    expect((await run({ All: each(pass, { Items: [] }) })).output).to.deep.equal([]);
  });

  it("evaluates expressions inside a literal Items array", async () => {
    const result = await run({ All: each(pass, { Items: [1, "{% 1 + 1 %}", { three: "{% 3 %}" }] }) });
    expect(result.output).to.deep.equal([1, 2, { three: 3 }]);
  });

  for (const [value, type] of [
    [1, "number"],
    ["string", "string"],
    [true, "boolean"],
    [{ foo: "bar" }, "object"],
    [null, "null"],
  ] as const) {
    it(`doesn't wrap Items that are a ${type}`, async () => {
      const result = await run({ All: each(pass, { Items: "{% $states.input.x %}" }) }, { input: { x: value } });
      expect(end(result)).to.deep.equal({
        status: "FAILED",
        error: "States.QueryEvaluationError",
        cause:
          `${place} The JSONata expression '$states.input.x' specified for the field 'Items' returned an unexpected ` +
          `result type. Expected 'array', but was '${type}' for value: ${JSON.stringify(value)}`,
      });
    });
  }

  it("refuses an input that is no array", async () => {
    const result = await run({ All: each(pass) }, { input: { foo: "bar" } });
    expect(result.cause).to.equal(`${place} Map state input must be an array but was: {"foo":"bar"}`);
    expect(result.events.map((event) => event.type)).to.deep.equal([
      "ExecutionStarted",
      "MapStateEntered",
      "EvaluationFailed",
      "MapStateFailed",
      "ExecutionFailed",
    ]);
  });

  it("selects from the Map's input, the item and outer variables", async () => {
    const selector = {
      item: "{% $states.context.Map.Item %}",
      input: "{% $states.input.list[0] %}",
      outer: "{% $outer %}",
      text: "plain",
    };
    const result = await run(
      {
        Set: { Type: "Pass", Assign: { outer: "o" }, Next: "All" },
        All: each(pass, { Items: "{% $states.input.list %}", ItemSelector: selector }),
      },
      { input: { list: ["a", "b"] } },
    );
    expect(result.output).to.deep.equal([
      { item: { Index: 0, Value: "a" }, input: "a", outer: "o", text: "plain" },
      { item: { Index: 1, Value: "b" }, input: "a", outer: "o", text: "plain" },
    ]);
  });

  it("keeps the item in the context of its inner states", async () => {
    const states = { Each: { Type: "Pass", Output: "{% $states.context.Map.Item.Index %}", End: true } };
    expect((await run({ All: each(states) }, { input: ["a", "b"] })).output).to.deep.equal([0, 1]);
  });

  it("lets each iteration assign and catch on its own", async () => {
    const result = await run(
      {
        All: each({
          Work: {
            Type: "Task",
            Resource: "arn:aws:states:::aws-sdk:glue:getCrawler",
            Assign: { mine: "{% $states.result %}" },
            Catch: [{ ErrorEquals: ["Odd"], Next: "Caught" }],
            Next: "Look",
          },
          Look: { Type: "Pass", Output: "{% $mine %}", End: true },
          Caught: { Type: "Pass", Output: "{% $exists($mine) %}", End: true },
        }),
      },
      {
        input: [1, 2, 3, 4],
        tasks: {
          Work: (n: number) => {
            if (n % 2 === 1) throw new TaskError("Odd");
            return n * 10;
          },
        },
      },
    );
    expect(result.output).to.deep.equal([false, 20, false, 40]);
  });

  it("fails with the very error of an iteration", async () => {
    const result = await run(
      { All: each({ Each: { Type: "Pass", Output: "{% $nothing %}", End: true } }) },
      { input: [1] },
    );
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.QueryEvaluationError",
      cause:
        "An error occurred while executing the state 'Each' (entered at the event id #5). The JSONata expression " +
        "'$nothing' specified for the field 'Output' returned nothing (undefined).",
    });
  });

  it("stops the other iterations when one fails", async () => {
    const states = {
      Sleep: { Type: "Wait", Seconds: "{% $states.input %}", Next: "Check" },
      Check: { Type: "Choice", Choices: [{ Condition: "{% $states.input = 5 %}", Next: "Bad" }], Default: "Good" },
      Bad: { Type: "Fail", Error: "E" },
      Good: { Type: "Succeed" },
    };
    const result = await run({ All: each(states) }, { input: [100, 5, 1] });
    expect(result.error).to.equal("E");
    expect(duration(result)).to.equal(5);
    const ends = result.events.flatMap((event) => (event.type.startsWith("MapIteration") ? event.type : []));
    expect(ends.slice(3)).to.have.members(["MapIterationSucceeded", "MapIterationFailed", "MapIterationAborted"]);
  });

  it("records its iterations as the service does", async () => {
    const result = await run({ All: each(pass, { MaxConcurrency: 1 }) }, { input: ["a", "b"] });
    expect(result.events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).to.deep.equal([
      [1, 0, "ExecutionStarted"],
      [2, 0, "MapStateEntered"],
      [3, 2, "MapStateStarted"],
      [4, 3, "MapIterationStarted"],
      [5, 4, "PassStateEntered"],
      [6, 5, "PassStateExited"],
      [7, 6, "MapIterationSucceeded"],
      [8, 6, "MapIterationStarted"],
      [9, 8, "PassStateEntered"],
      [10, 9, "PassStateExited"],
      [11, 10, "MapIterationSucceeded"],
      [12, 11, "MapStateSucceeded"],
      [13, 11, "MapStateExited"],
      [14, 13, "ExecutionSucceeded"],
    ]);
  });

  it("never has more than MaxConcurrency, nor more than 40, iterations under way", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 50 }),
        async (seconds, limit) => {
          let under = 0;
          let most = 0;
          const result = await run(
            {
              All: each(
                { Work: task() },
                { MaxConcurrency: "{% $states.input.limit %}", Items: "{% $states.input.seconds %}" },
              ),
            },
            {
              input: { seconds, limit },
              tasks: {
                Work: async (time: number, { sleep }) => {
                  under += 1;
                  most = Math.max(most, under);
                  await sleep(time);
                  under -= 1;
                  return time;
                },
              },
            },
          );
          const allowed = Math.min(limit === 0 ? 40 : limit, 40);
          expect(result.output).to.deep.equal(seconds);
          expect(most).to.equal(Math.min(allowed, seconds.length));
        },
      ),
      { numRuns: 25 },
    );
  });
});
