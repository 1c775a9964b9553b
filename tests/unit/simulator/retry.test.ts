import { expect } from "chai";
import fc from "fast-check";
import type { Retrier } from "../../../workflow/simulator/definition/asl.ts";
import { StateFailure } from "../../../workflow/simulator/errors.ts";
import { TaskError, type SimulationResult } from "../../../workflow/simulator/index.ts";
import { backoff, nextRetry } from "../../../workflow/simulator/retry.ts";
import { branch, duration, end, run, secondsOf, task } from "./machines.ts";

/** Fails with these errors one after the other, then succeeds. */
function failing(...errors: readonly string[]): () => string {
  let calls = 0;
  return () => {
    const error = errors[calls];
    calls += 1;
    if (error === undefined) return "done";
    throw new TaskError(error, `call ${calls}`);
  };
}

function retried(retriers: readonly object[], errors: readonly string[]): Promise<SimulationResult> {
  return run({ Work: task({ Retry: retriers }) }, { tasks: { Work: failing(...errors) } });
}

describe("Retry", () => {
  it("counts retries, not calls: five mean six calls", async () => {
    const result = await retried([{ ErrorEquals: ["E"], MaxAttempts: 5 }], ["E", "E", "E", "E", "E", "E", "E"]);
    expect(secondsOf(result, "TaskScheduled")).to.deep.equal([0, 1, 3, 7, 15, 31]);
    expect(end(result)).to.deep.equal({ status: "FAILED", error: "E", cause: "call 6" });
  });

  it("has three retries, after 1, 2 and 4 seconds, unless told otherwise", async () => {
    const result = await retried([{ ErrorEquals: ["States.ALL"] }], ["E", "E", "E", "E", "E"]);
    expect(secondsOf(result, "TaskScheduled")).to.deep.equal([0, 1, 3, 7]);
  });

  it("enters the Task once, however often it calls", async () => {
    const result = await retried([{ ErrorEquals: ["E"] }], ["E", "E"]);
    expect(result.states).to.deep.equal(["Work"]);
    expect(end(result)).to.deep.equal({ status: "SUCCEEDED", output: "done" });
  });

  it("never retries with MaxAttempts 0", async () => {
    const retriers = [
      { ErrorEquals: ["E"], MaxAttempts: 0 },
      { ErrorEquals: ["States.ALL"], MaxAttempts: 9 },
    ];
    expect(secondsOf(await retried(retriers, ["E"]), "TaskScheduled")).to.deep.equal([0]);
  });

  it("lets the first matching retrier decide even when it is exhausted", async () => {
    const retriers = [
      { ErrorEquals: ["E"], MaxAttempts: 1 },
      { ErrorEquals: ["States.ALL"], MaxAttempts: 9 },
    ];
    const result = await retried(retriers, ["E", "E", "E"]);
    expect(end(result)).to.deep.equal({ status: "FAILED", error: "E", cause: "call 2" });
  });

  it("counts for each retrier on its own", async () => {
    const retriers = [
      { ErrorEquals: ["A"], MaxAttempts: 1, IntervalSeconds: 10 },
      { ErrorEquals: ["B"], MaxAttempts: 2, IntervalSeconds: 100, BackoffRate: 1 },
    ];
    const result = await retried(retriers, ["B", "A", "B", "B"]);
    expect(secondsOf(result, "TaskScheduled")).to.deep.equal([0, 100, 110, 210]);
    expect(end(result)).to.deep.equal({ status: "FAILED", error: "B", cause: "call 4" });
  });

  it("starts to count anew when the state is entered anew", async () => {
    const loop = await run(
      {
        Work: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:glue:getCrawler",
          Retry: [{ ErrorEquals: ["E"], MaxAttempts: 1 }],
          Next: "More",
        },
        More: {
          Type: "Choice",
          Choices: [{ Condition: "{% $states.input = 'again' %}", Next: "Work" }],
          Default: "Stop",
        },
        Stop: { Type: "Succeed" },
      },
      {
        tasks: {
          Work: (() => {
            const answers = ["E", "again", "E", "done"];
            return () => {
              const answer = answers.shift();
              if (answer === "E") throw new TaskError("E");
              return answer;
            };
          })(),
        },
      },
    );
    expect(end(loop)).to.deep.equal({ status: "SUCCEEDED", output: "done" });
  });

  it("respects MaxDelaySeconds", async () => {
    const retrier = { ErrorEquals: ["E"], IntervalSeconds: 3, BackoffRate: 10, MaxDelaySeconds: 50, MaxAttempts: 4 };
    const result = await retried([retrier], ["E", "E", "E", "E"]);
    expect(secondsOf(result, "TaskScheduled")).to.deep.equal([0, 3, 33, 83, 133]);
  });

  it("draws the whole delay with JitterStrategy FULL", async () => {
    const retrier = { ErrorEquals: ["E"], IntervalSeconds: 100, JitterStrategy: "FULL" };
    const result = await run(
      { Work: task({ Retry: [retrier] }) },
      { random: () => 0.25, tasks: { Work: failing("E", "E") } },
    );
    expect(secondsOf(result, "TaskScheduled")).to.deep.equal([0, 25, 75]);
  });

  it("matches States.TaskFailed with any error but a timeout", async () => {
    const retriers = [{ ErrorEquals: ["States.TaskFailed"] }];
    expect((await retried(retriers, ["E"])).status).to.equal("SUCCEEDED");
    expect(end(await retried(retriers, ["States.Timeout"]))).to.deep.equal({
      status: "FAILED",
      error: "States.Timeout",
      cause: "call 1",
    });
  });

  it("never matches States.Runtime by States.ALL", async () => {
    expect((await retried([{ ErrorEquals: ["States.ALL"] }], ["States.Runtime"])).status).to.equal("FAILED");
  });

  it("evaluates the Arguments of each call anew, with the number of retries", async () => {
    const result = await run(
      { Work: task({ Arguments: "{% $states.context.State.RetryCount %}", Retry: [{ ErrorEquals: ["E"] }] }) },
      {
        tasks: {
          Work: (count: number) => {
            if (count < 2) throw new TaskError("E");
            return count;
          },
        },
      },
    );
    expect(result.output).to.equal(2);
  });

  it("of a Parallel enters its inner states again", async () => {
    const result = await run(
      {
        All: {
          Type: "Parallel",
          Branches: [branch({ Work: task() })],
          Retry: [{ ErrorEquals: ["E"], IntervalSeconds: 60 }],
          End: true,
        },
      },
      { tasks: { Work: failing("E") } },
    );
    expect(result.states).to.deep.equal(["All", "Work", "Work"]);
    expect(result.output).to.deep.equal(["done"]);
    expect(duration(result)).to.equal(60);
  });
});

describe("Arithmetic of Retry", () => {
  const retrier = fc.record({
    ErrorEquals: fc.constant(["States.ALL"]),
    IntervalSeconds: fc.integer({ min: 1, max: 1000 }),
    MaxAttempts: fc.integer({ min: 0, max: 20 }),
    BackoffRate: fc.double({ min: 1, max: 5, noNaN: true }),
    MaxDelaySeconds: fc.integer({ min: 1, max: 10_000 }),
  });
  const failure = new StateFailure("E", undefined);

  function delays(rule: Retrier, random: () => number): number[] {
    const found: number[] = [];
    for (let next = nextRetry([rule], [], failure, random); next !== undefined;) {
      found.push(next.delaySeconds);
      next = nextRetry([rule], next.counts, failure, random);
    }
    return found;
  }

  it("gives exactly MaxAttempts delays that never shrink and never pass MaxDelaySeconds", () => {
    fc.assert(
      fc.property(retrier, (rule) => {
        const found = delays(rule, () => 0);
        expect(found).to.have.length(rule.MaxAttempts);
        expect(found).to.deep.equal(found.toSorted((a, b) => a - b));
        expect(found.every((delay) => delay <= rule.MaxDelaySeconds)).to.be.true;
        expect(found).to.deep.equal(found.map((_, retry) => backoff(rule, retry)));
      }),
    );
  });

  it("never waits longer with jitter than without", () => {
    fc.assert(
      fc.property(retrier, fc.double({ min: 0, max: 0.999, noNaN: true }), (rule, drawn) => {
        const jittered = delays({ ...rule, JitterStrategy: "FULL" }, () => drawn);
        expect(jittered.every((delay, retry) => delay <= backoff(rule, retry))).to.be.true;
      }),
    );
  });
});
