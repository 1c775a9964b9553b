import { expect } from "chai";
import { TaskError } from "../../../workflow/simulator/index.ts";
import { branch, duration, end, run, task } from "./machines.ts";

const wait = (seconds: number, more: object = {}): object => ({ Type: "Wait", Seconds: seconds, End: true, ...more });

describe("Parallel", () => {
  it("keeps the order of its branches, whichever ends first", async () => {
    const result = await run({
      All: {
        Type: "Parallel",
        Branches: [branch({ Slow: wait(10, { Output: "slow" }) }), branch({ Fast: wait(1, { Output: "fast" }) })],
        End: true,
      },
    });
    expect(result.output).to.deep.equal(["slow", "fast"]);
    expect(duration(result)).to.equal(10);
  });

  it("gives its Arguments to the branches and keeps its own input", async () => {
    const result = await run(
      {
        All: {
          Type: "Parallel",
          Arguments: { m: "{% $states.input.n + 1 %}" },
          Branches: [branch({ Look: { Type: "Pass", End: true } })],
          Output: { own: "{% $states.input %}", result: "{% $states.result %}" },
          End: true,
        },
      },
      { input: { n: 1 } },
    );
    expect(result.output).to.deep.equal({ own: { n: 1 }, result: [{ m: 2 }] });
  });

  it("fails with its branch's error, stops the siblings and says so in the history", async () => {
    const result = await run(
      {
        All: {
          Type: "Parallel",
          Branches: [
            branch({ Bad: { Type: "Wait", Seconds: 5, Next: "Stop" }, Stop: { Type: "Fail", Error: "E", Cause: "c" } }),
            branch({ Long: wait(1000) }),
            branch({ Busy: task() }),
          ],
          End: true,
        },
      },
      { tasks: { Busy: (_args, { sleep }) => sleep(2000) } },
    );
    expect(end(result)).to.deep.equal({ status: "FAILED", error: "E", cause: "c" });
    expect(duration(result)).to.equal(5);
    const types = result.events.map((event) => event.type);
    expect(types.slice(-5)).to.have.members([
      "FailStateEntered",
      "WaitStateAborted",
      "TaskStateAborted",
      "ParallelStateFailed",
      "ExecutionFailed",
    ]);
  });

  it("catches its branch's error under its own name", async () => {
    const result = await run(
      {
        All: {
          Type: "Parallel",
          Branches: [branch({ Work: task() })],
          Catch: [{ ErrorEquals: ["E"], Next: "Caught" }],
          End: true,
        },
        Caught: { Type: "Succeed" },
      },
      {
        tasks: {
          Work: () => {
            throw new TaskError("E", "why");
          },
        },
      },
    );
    expect(result.output).to.deep.equal({ Error: "E", Cause: "why" });
  });
});

describe("Variables", () => {
  it("are read as they were before the state, in Assign and in Output", async () => {
    const result = await run({
      First: { Type: "Pass", Assign: { x: 1, y: 10 }, Next: "Swap" },
      Swap: { Type: "Pass", Assign: { x: "{% $y %}", y: "{% $x %}" }, Output: "{% $x %}", Next: "Look" },
      Look: { Type: "Pass", Output: ["{% $states.input %}", "{% $x %}", "{% $y %}"], End: true },
    });
    expect(result.output).to.deep.equal([1, 10, 1]);
  });

  it("of the outside are seen in a branch, and what a branch assigns stays in it", async () => {
    const inner = branch({
      Read: { Type: "Pass", Assign: { inner: "{% $outer + 1 %}" }, Next: "Use" },
      Use: { Type: "Pass", Output: "{% $inner %}", End: true },
    });
    const result = await run({
      Set: { Type: "Pass", Assign: { outer: 1 }, Next: "All" },
      All: { Type: "Parallel", Branches: [inner, inner], Next: "After" },
      After: { Type: "Pass", Output: ["{% $states.input %}", "{% $exists($inner) %}"], End: true },
    });
    expect(result.output).to.deep.equal([[2, 2], false]);
  });

  it("fail their state when they are undefined, under their name", async () => {
    const result = await run({ Set: { Type: "Pass", Assign: { x: { y: "{% $nothing %}" } }, End: true } });
    expect(result.cause).to.contain("specified for the field 'Assign/x/y' returned nothing (undefined).");
  });

  it("stand in the history as JSON text", async () => {
    const result = await run({ Set: { Type: "Pass", Assign: { x: { y: 1 }, s: "t" }, End: true } });
    expect(result.events[2]?.stateExitedEventDetails).to.deep.equal({
      name: "Set",
      output: "{}",
      outputDetails: { truncated: false },
      assignedVariables: { x: '{"y":1}', s: '"t"' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  it("survive a loop", async () => {
    const result = await run({
      Set: { Type: "Pass", Assign: { i: 0 }, Next: "Add" },
      Add: { Type: "Pass", Assign: { i: "{% $i + 1 %}" }, Next: "More" },
      More: { Type: "Choice", Choices: [{ Condition: "{% $i < 100 %}", Next: "Add" }], Default: "Done" },
      Done: { Type: "Pass", Output: "{% $i %}", End: true },
    });
    expect(result.output).to.equal(100);
  });
});
