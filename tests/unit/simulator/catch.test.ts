import { expect } from "chai";
import { TaskError } from "../../../workflow/simulator/index.ts";
import { branch, end, run, task } from "./machines.ts";

const fails = {
  Work: () => {
    throw new TaskError("E", "why");
  },
};
const caught = { Caught: { Type: "Succeed" } };
const catchAll = (more: object = {}): object => ({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught", ...more }] });

describe("Catch", () => {
  it("goes on with {Error, Cause} as output", async () => {
    const result = await run({ Work: task(catchAll()), ...caught }, { tasks: fails });
    expect(end(result)).to.deep.equal({ status: "SUCCEEDED", output: { Error: "E", Cause: "why" } });
    expect(result.states).to.deep.equal(["Work", "Caught"]);
  });

  it("takes the first catcher that names the error", async () => {
    const catchers = [
      { ErrorEquals: ["Other"], Next: "Caught", Output: "other" },
      { ErrorEquals: ["X", "E"], Next: "Caught", Output: "mine" },
      { ErrorEquals: ["States.ALL"], Next: "Caught", Output: "any" },
    ];
    expect((await run({ Work: task({ Catch: catchers }), ...caught }, { tasks: fails })).output).to.equal("mine");
  });

  it("replaces the state's Assign and Output with the catcher's own", async () => {
    const own = { Assign: { x: "state" }, Output: "state" };
    const catcher = { Assign: { x: "catcher" }, Output: "{% $states.errorOutput.Error & '!' %}" };
    const result = await run(
      {
        Work: task({ ...own, ...catchAll(catcher) }),
        Caught: { Type: "Pass", Output: ["{% $states.input %}", "{% $x %}"], End: true },
      },
      { tasks: fails },
    );
    expect(result.output).to.deep.equal(["E!", "catcher"]);
  });

  it("leaves the state's own Assign undone even when the catcher has none", async () => {
    const result = await run(
      {
        Work: task({ Assign: { x: 1 }, ...catchAll() }),
        Caught: { Type: "Pass", Output: "{% $exists($x) %}", End: true },
      },
      { tasks: fails },
    );
    expect(result.output).to.equal(false);
  });

  it("knows the state's input and no result", async () => {
    const catcher = catchAll({ Output: ["{% $states.input.n %}", "{% $exists($lookup($states, 'result')) %}"] });
    const result = await run({ Work: task(catcher), ...caught }, { input: { n: 1 }, tasks: fails });
    expect(result.output).to.deep.equal([1, false]);
  });

  it("comes after the retries, and keeps the last error", async () => {
    let calls = 0;
    const result = await run(
      { Work: task({ Retry: [{ ErrorEquals: ["E"] }], ...catchAll() }), ...caught },
      {
        tasks: {
          Work: () => {
            calls += 1;
            throw new TaskError("E", `call ${calls}`);
          },
        },
      },
    );
    expect(result.output).to.deep.equal({ Error: "E", Cause: "call 4" });
  });

  it("finds evaluation errors of the state's own fields", async () => {
    const fields = ["Arguments", "Output", "TimeoutSeconds"];
    for (const field of fields) {
      const result = await run(
        {
          Work: task({ [field]: "{% $nothing %}", ...catchAll({ Output: "{% $states.errorOutput.Error %}" }) }),
          ...caught,
        },
        { tasks: { Work: () => 1 } },
      );
      expect(result.output, field).to.equal("States.QueryEvaluationError");
    }
  });

  it("doesn't find errors in its own Output", async () => {
    const result = await run({ Work: task(catchAll({ Output: "{% $nothing %}" })), ...caught }, { tasks: fails });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.QueryEvaluationError",
      cause:
        "An error occurred while executing the state 'Work' (entered at the event id #2). The JSONata expression " +
        "'$nothing' specified for the field 'Catch[0]/Output' returned nothing (undefined).",
    });
  });

  it("gives a timeout an empty cause", async () => {
    const result = await run(
      { Work: task({ TimeoutSeconds: 1, ...catchAll() }), ...caught },
      { tasks: { Work: (_args, { sleep }) => sleep(2) } },
    );
    expect(result.output).to.deep.equal({ Error: "States.Timeout", Cause: "" });
  });

  it("doesn't find States.Runtime by States.ALL", async () => {
    const result = await run(
      { Work: task(catchAll()), ...caught },
      {
        tasks: {
          Work: () => {
            throw new TaskError("States.Runtime", "broken");
          },
        },
      },
    );
    expect(end(result)).to.deep.equal({ status: "FAILED", error: "States.Runtime", cause: "broken" });
  });

  it("finds a result that is too big, by its name and by States.ALL", async () => {
    for (const name of ["States.DataLimitExceeded", "States.ALL"]) {
      const result = await run(
        { Work: task({ Catch: [{ ErrorEquals: [name], Next: "Caught" }] }), ...caught },
        { tasks: { Work: () => "x".repeat(256 * 1024) } },
      );
      expect(result.output).to.deep.equal({
        Error: "States.DataLimitExceeded",
        Cause:
          "The state/task 'aws-sdk:glue' returned a result with a size exceeding the maximum number of bytes service limit.",
      });
    }
  });

  it("assigns in the scope of its state", async () => {
    const inner = branch({
      Work: task(catchAll({ Assign: { seen: "{% $states.errorOutput.Error %}" } })),
      Caught: { Type: "Pass", Output: "{% $seen %}", End: true },
    });
    const result = await run(
      {
        All: { Type: "Parallel", Branches: [inner], Next: "After" },
        After: { Type: "Pass", Output: ["{% $states.input %}", "{% $exists($seen) %}"], End: true },
      },
      { tasks: fails },
    );
    expect(result.output).to.deep.equal([["E"], false]);
  });
});

describe("Fail", () => {
  it("ends with the error and cause it computes", async () => {
    const state = { Type: "Fail", Error: "{% $states.input.name %}", Cause: "{% 'because ' & $states.input.why %}" };
    const result = await run({ Stop: state }, { input: { name: "NoStock", why: "sold" } });
    expect(end(result)).to.deep.equal({ status: "FAILED", error: "NoStock", cause: "because sold" });
  });

  it("ends with neither when it has neither", async () => {
    const result = await run({ Stop: { Type: "Fail" } });
    expect(end(result)).to.deep.equal({ status: "FAILED" });
    expect(result.events.at(-1)?.executionFailedEventDetails).to.deep.equal({});
  });

  it("needs text for both", async () => {
    const result = await run({ Stop: { Type: "Fail", Error: "{% 1 %}" } });
    expect(result.cause).to.contain(
      "'Error' returned an unexpected result type. Expected 'string', but was 'number' for value: 1",
    );
  });
});

describe("Succeed", () => {
  it("ends the machine with its Output", async () => {
    const result = await run(
      { Done: { Type: "Succeed", Output: { n: "{% $states.input.n %}" } } },
      { input: { n: 1 } },
    );
    expect(end(result)).to.deep.equal({ status: "SUCCEEDED", output: { n: 1 } });
  });

  it("ends only its branch inside a Parallel", async () => {
    const result = await run({
      All: { Type: "Parallel", Branches: [branch({ Done: { Type: "Succeed" } })], Next: "After" },
      After: { Type: "Pass", Output: "after", End: true },
    });
    expect(result.output).to.equal("after");
  });
});
