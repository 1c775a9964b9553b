import { expect } from "chai";
import { coverage, simulate, taskCallbacks, TaskError } from "../../../../workflow/simulator/index.ts";
import { before, branch, distributed, end, task } from "../machines.ts";
import { run } from "./machines.ts";

const fail = (): never => {
  throw new TaskError("Down", "not now");
};

describe("An execution of JSONPath states", () => {
  it("is redriven from the state that failed, with its input and variables", async () => {
    const first = await run(
      {
        Set: { Type: "Pass", Assign: { "kept.$": "$$.Execution.Input.n" }, InputPath: "$.inner", Next: "Work" },
        Work: task({ InputPath: "$.deep", Parameters: { "kept.$": "$kept", "v.$": "$" }, ResultPath: "$.done" }),
      },
      { input: { n: 1, inner: { deep: 2 } }, tasks: { Work: fail } },
    );
    expect(first.error).to.equal("Down");
    const second = await first.redrive({ tasks: { Work: (args) => args } });
    expect(end(second)).to.deep.equal({ status: "SUCCEEDED", output: { deep: 2, done: { kept: 1, v: 2 } } });
  });

  it("redrives only the iterations of a Map that failed", async () => {
    const each = { Type: "Map", ItemsPath: "$.list", Iterator: branch({ Work: task() }), ResultPath: "$.out" };
    const calls: unknown[] = [];
    const once = (args: unknown): unknown => (calls.push(args), args === 2 && calls.length < 3 ? fail() : args);
    const first = await run(
      { Each: { ...each, MaxConcurrency: 1, End: true } },
      {
        input: { list: [1, 2, 3] },
        tasks: { Work: once },
      },
    );
    const second = await first.redrive();
    expect(second.output).to.deep.equal({ list: [1, 2, 3], out: [1, 2, 3] });
    expect(calls).to.deep.equal([1, 2, 2, 3]);
  });

  it("waits for the token that it sends with $$.Task.Token", async () => {
    const callbacks = taskCallbacks();
    const result = await run(
      {
        Ask: task({
          Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          Parameters: { "MessageBody.$": "$$.Task.Token" },
          ResultPath: "$.answer",
        }),
      },
      {
        callbacks,
        tasks: {
          Ask: ({ MessageBody: taskToken }: { MessageBody: string }, call) => {
            const answered = call.callback();
            callbacks.sendTaskSuccess({ taskToken, output: "yes" });
            return answered;
          },
        },
      },
    );
    expect(result.output).to.deep.equal({ answer: "yes" });
  });

  it("starts nested executions, with its Parameters as they are filled", async () => {
    const child = branch({ Double: { Type: "Pass", Parameters: { "both.$": "States.Array($.n, $.n)" }, End: true } });
    const start = task({
      Resource: "arn:aws:states:::states:startExecution.sync:2",
      Parameters: { StateMachineArn: "child", Input: { "n.$": "$.n" } },
      OutputPath: "$.Output.both",
    });
    expect((await run({ Start: start }, { input: { n: 4 }, machines: { child } })).output).to.deep.equal([4, 4]);
  });

  it("is measured like any other, by rules, catchers and children of distributed Maps", async () => {
    const definition = branch({
      Choose: { Type: "Choice", Choices: [{ Variable: "$[0]", IsPresent: true, Next: "Each" }], Default: "None" },
      Each: before("Done", distributed({ Work: task() }, { Catch: [{ ErrorEquals: ["States.ALL"], Next: "None" }] })),
      None: { Type: "Fail" },
      Done: { Type: "Succeed" },
    });
    const { states, branches } = coverage(definition, [
      await simulate(definition, { input: [1], tasks: { Work: (args) => args } }),
    ]);
    expect(states.uncovered).to.deep.equal(["None"]);
    expect(branches.uncovered).to.deep.equal(["Choose → None (Default)", "Each → None (Catch[0])"]);
  });
});
