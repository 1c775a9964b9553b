import { expect } from "chai";
import { simulate, TaskError, type Json } from "../../../workflow/simulator/index.ts";
import { duration, end, run, task } from "./machines.ts";

const invoke = "arn:aws:states:::lambda:invoke";
const place = "An error occurred while executing the state 'Work' (entered at the event id #2).";

/** A mock that remembers what it was called with. */
function recorder(result: unknown = {}): { calls: Json[]; handle: (args: Json) => unknown } {
  const calls: Json[] = [];
  return {
    calls,
    handle: (args) => {
      calls.push(args);
      return result;
    },
  };
}

describe("Task", () => {
  it("sends its input without Arguments, and {} with empty ones", async () => {
    const { calls, handle } = recorder();
    await run({ Work: task() }, { input: { n: 1 }, tasks: { Work: handle } });
    await run({ Work: task({ Arguments: {} }) }, { input: { n: 1 }, tasks: { Work: handle } });
    await run(
      { Work: task({ Arguments: { Name: "{% $states.input.n + 1 %}" } }) },
      { input: { n: 1 }, tasks: { Work: handle } },
    );
    expect(calls).to.deep.equal([{ n: 1 }, {}, { Name: 2 }]);
  });

  it("hands its result on, or its Output made of $states.result", async () => {
    const tasks = { Work: () => ({ Crawler: { State: "READY" } }) };
    expect((await run({ Work: task() }, { tasks })).output).to.deep.equal({ Crawler: { State: "READY" } });
    const shaped = await run({ Work: task({ Output: "{% $states.result.Crawler.State %}" }) }, { tasks });
    expect(shaped.output).to.equal("READY");
  });

  it("keeps the shape of lambda:invoke in the hands of its handler", async () => {
    const answer = { ExecutedVersion: "$LATEST", Payload: { ok: true }, StatusCode: 200 };
    const result = await run(
      {
        Work: task({
          Resource: invoke,
          Arguments: { FunctionName: "f", Payload: 1 },
          Output: "{% $states.result.Payload %}",
        }),
      },
      { tasks: { Work: () => answer } },
    );
    expect(result.output).to.deep.equal({ ok: true });
  });

  it("takes no result at all for null", async () => {
    expect((await run({ Work: task() }, { tasks: { Work: () => undefined } })).output).to.equal(null);
  });

  it("goes to the integrations by resource when no handler has its name", async () => {
    const result = await run(
      { Work: task({ Arguments: { Name: "c" } }) },
      { integrations: ({ resource, state, arguments: args }) => ({ resource, state, args }) },
    );
    expect(result.output).to.deep.equal({
      resource: "arn:aws:states:::aws-sdk:glue:getCrawler",
      state: "Work",
      args: { Name: "c" },
    });
  });

  it("gives its handler a copy: what that changes stays with it", async () => {
    const result = await run(
      { Work: task({ Output: "{% $states.input %}" }) },
      {
        input: { list: [1] },
        tasks: {
          Work: (args: { list: number[] }) => {
            args.list.push(2);
          },
        },
      },
    );
    expect(result.output).to.deep.equal({ list: [1] });
  });

  it("fails with the name and the cause of a TaskError", async () => {
    const result = await run(
      { Work: task() },
      {
        tasks: {
          Work: () => {
            throw new TaskError("Glue.EntityNotFoundException", "Crawler c not found.");
          },
        },
      },
    );
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "Glue.EntityNotFoundException",
      cause: "Crawler c not found.",
    });
  });

  it("gives a Lambda's thrown error the name of its class and a cause in JSON", async () => {
    class OutOfStock extends Error {
      override readonly name = "OutOfStock";
    }
    const result = await run(
      { Work: task({ Resource: invoke }) },
      { tasks: { Work: () => Promise.reject(new OutOfStock("none left")) } },
    );
    expect(result.error).to.equal("OutOfStock");
    expect(JSON.parse(result.cause ?? "{}")).to.include({ errorType: "OutOfStock", errorMessage: "none left" });
  });

  it("doesn't hide a handler's bug behind the program's own catchers", async () => {
    const catcher = { Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }] };
    const promise = run(
      { Work: task(catcher), Caught: { Type: "Succeed" } },
      { tasks: { Work: () => Promise.reject(new Error("typo")) } },
    );
    const message = await promise.then(
      () => "",
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : ""),
    );
    expect(message).to.equal(
      "SimulationError: Task 'Work' (arn:aws:states:::aws-sdk:glue:getCrawler): its handler threw Error: typo. " +
        "Throw a TaskError(name, cause) to fail the task with an error that Retry and Catch can match.",
    );
  });

  it("says which task nobody stands in for", async () => {
    const message = await run({ Work: task() }).then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );
    expect(message).to.equal(
      "Nothing stands in for task 'Work' (arn:aws:states:::aws-sdk:glue:getCrawler): give 'tasks' a handler of that name, or 'integrations'.",
    );
  });

  it("refuses results that JSON can't hold", async () => {
    const message = await run({ Work: task() }, { tasks: { Work: () => ({ when: 1n }) } }).then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );
    expect(message).to.equal("Task 'Work': its result isn't JSON: a value of type bigint is not JSON.");
  });

  it("fails with QueryEvaluationError before it calls anything when its Arguments are undefined", async () => {
    const { calls, handle } = recorder();
    const result = await run({ Work: task({ Arguments: { Name: "{% $nothing %}" } }) }, { tasks: { Work: handle } });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.QueryEvaluationError",
      cause: `${place} The JSONata expression '$nothing' specified for the field 'Arguments/Name' returned nothing (undefined).`,
    });
    expect(calls).to.deep.equal([]);
  });

  it("can be told that the work was accepted, as a .sync job is", async () => {
    const result = await run(
      { Work: task({ Resource: "arn:aws:states:::glue:startJobRun.sync" }) },
      {
        tasks: {
          Work: async (_args, call) => {
            call.submitted({ JobRunId: "jr_1" });
            await call.sleep(300);
            return { JobRunState: "SUCCEEDED" };
          },
        },
      },
    );
    expect(duration(result)).to.equal(300);
    expect(result.events.map((event) => event.type)).to.deep.equal([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    expect(result.events[4]?.taskSubmittedEventDetails).to.deep.equal({
      resourceType: "glue",
      resource: "startJobRun.sync",
      output: '{"JobRunId":"jr_1"}',
      outputDetails: { truncated: false },
    });
  });

  it("carries a token in its context when it waits for one", async () => {
    const result = await run(
      {
        Work: task({
          Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          Arguments: { token: "{% $states.context.Task.Token %}" },
        }),
      },
      { tasks: { Work: (args: { token: string }, call) => args.token === call.taskToken } },
    );
    expect(result.output).to.equal(true);
  });
});

describe("Task timeouts", () => {
  const slow = { Work: (_args: Json, call: { sleep: (seconds: number) => Promise<void> }) => call.sleep(60) };

  it("end a task that takes longer, with no cause", async () => {
    const result = await run({ Work: task({ TimeoutSeconds: 5 }) }, { tasks: slow });
    expect(end(result)).to.deep.equal({ status: "FAILED", error: "States.Timeout" });
    expect(duration(result)).to.equal(5);
    expect(result.events[4]).to.deep.include({ type: "TaskTimedOut", previousEventId: 4 });
    expect(result.events[4]?.taskTimedOutEventDetails).to.deep.equal({
      error: "States.Timeout",
      resource: "getCrawler",
      resourceType: "aws-sdk:glue",
    });
  });

  it("may be expressions", async () => {
    const result = await run(
      { Work: task({ TimeoutSeconds: "{% $states.input.limit %}" }) },
      { input: { limit: 7 }, tasks: slow },
    );
    expect(duration(result)).to.equal(7);
    expect(result.events[2]?.taskScheduledEventDetails?.timeoutInSeconds).to.equal(7);
  });

  it("let a task in time pass", async () => {
    const result = await run({ Work: task({ TimeoutSeconds: 61, Output: "done" }) }, { tasks: slow });
    expect(end(result)).to.deep.equal({ status: "SUCCEEDED", output: "done" });
  });

  it("tell the handler by its signal, and don't wait for one that ignores it", async () => {
    let aborted = false;
    const result = await run(
      { Work: task({ TimeoutSeconds: 1 }) },
      {
        tasks: {
          Work: async (_args, { sleep, signal }) => {
            await sleep(2).catch(() => undefined);
            aborted = signal.aborted;
            await new Promise(() => undefined);
          },
        },
      },
    );
    expect([result.error, aborted]).to.deep.equal(["States.Timeout", true]);
  });

  it("find a missing heartbeat, under both of its names", async () => {
    const heard = { Catch: [{ ErrorEquals: ["States.HeartbeatTimeout"], Next: "Caught" }] };
    const resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    const result = await run(
      { Work: task({ Resource: resource, HeartbeatSeconds: 10, ...heard }), Caught: { Type: "Succeed" } },
      {
        tasks: {
          Work: async (_args, { sleep, heartbeat }) => {
            await sleep(8);
            heartbeat();
            await sleep(60);
          },
        },
      },
    );
    expect(duration(result)).to.equal(18);
    expect(result.output).to.deep.equal({ Error: "States.Timeout", Cause: "" });
  });

  it("say when nothing is left to happen", async () => {
    const message = await run({ Work: task() }, { tasks: { Work: (_args, { sleep }) => sleep(Infinity) } }).then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );
    expect(message).to.equal("Nothing is left to happen: a task waits for ever and has no TimeoutSeconds.");
  });

  it("of the machine can't be caught and leave neither error nor cause", async () => {
    const result = await simulate(
      {
        QueryLanguage: "JSONata",
        TimeoutSeconds: 30,
        StartAt: "Work",
        States: {
          Work: task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }] }),
          Caught: { Type: "Succeed" },
        },
      },
      { tasks: slow },
    );
    expect(end(result)).to.deep.equal({ status: "TIMED_OUT" });
    expect(result.events.at(-1)).to.deep.include({ type: "ExecutionTimedOut", previousEventId: 0 });
    expect(duration(result)).to.equal(30);
  });
});
