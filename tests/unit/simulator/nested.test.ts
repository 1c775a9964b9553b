import { DescribeExecutionCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { z } from "zod";
import {
  simulate,
  TaskError,
  type SimulationOptions,
  type SimulationResult,
} from "../../../workflow/simulator/index.ts";
import { before, duration, end, machine, run, task } from "./machines.ts";
import { closeAll, ended, roleArn, setup } from "./servers.ts";

const child = machine({
  Pause: { Type: "Wait", Seconds: 5, Next: "Double" },
  Double: { Type: "Pass", Output: { twice: "{% $states.input.n * 2 %}" }, End: true },
});
const failing = machine({ Stop: { Type: "Fail", Error: "Child", Cause: "as told" } });
const start = (pattern: string, more: object = {}, name = "child"): object =>
  task({
    Resource: `arn:aws:states:::states:startExecution${pattern}`,
    Arguments: {
      StateMachineArn: `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`,
      Input: { n: 21 },
      ...more,
    },
  });
const go = (state: object, options: SimulationOptions = {}): Promise<SimulationResult> =>
  run({ Start: state }, { machines: { child, failing }, ...options });

describe("A nested execution", () => {
  it("is waited for by .sync:2, which gives its output as JSON", async () => {
    const result = await go(start(".sync:2", { Name: "one" }));
    expect(result.output).to.deep.equal({
      ExecutionArn: "arn:aws:states:us-east-1:123456789012:execution:child:one",
      Input: { n: 21 },
      InputDetails: { Included: true },
      Name: "one",
      Output: { twice: 42 },
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: "NOT_REDRIVABLE",
      RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
      StartDate: 1735689600000,
      StateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:child",
      Status: "SUCCEEDED",
      StopDate: 1735689605000,
    });
    expect(duration(result)).to.equal(5);
    expect(
      result.children.map(({ name, status, trace }) => [name, status, trace.map(({ state }) => state)]),
    ).to.deep.equal([["one", "SUCCEEDED", ["Pause", "Double"]]]);
  });

  it("is waited for by .sync, which gives its output as text", async () => {
    const result = await go(start(".sync"));
    expect(result.output).to.deep.include({ Input: '{"n":21}', Output: '{"twice":42}' });
  });

  it("is only started without a suffix, and goes on by itself", async () => {
    const result = await go(start("", { Name: "one" }));
    expect(result.output).to.deep.include({
      ExecutionArn: "arn:aws:states:us-east-1:123456789012:execution:child:one",
      StartDate: 1735689600000,
    });
    expect(duration(result)).to.equal(0);
    expect(result.children.map(({ status }) => status)).to.deep.equal(["SUCCEEDED"]);
  });

  it("that fails fails its task with States.TaskFailed and all that is known of it", async () => {
    const result = await go(start(".sync:2", {}, "failing"));
    expect([result.status, result.error]).to.deep.equal(["FAILED", "States.TaskFailed"]);
    expect(JSON.parse(result.cause ?? "")).to.deep.include({ Status: "FAILED", Error: "Child", Cause: "as told" });
  });

  it("is stopped with the task that waits for it", async () => {
    const result = await go({ ...start(".sync:2"), TimeoutSeconds: 2 });
    expect(result.error).to.equal("States.Timeout");
    expect(result.children.map(({ status }) => status)).to.deep.equal(["ABORTED"]);
  });

  it("sends its task's token back itself", async () => {
    const approving = machine({
      Approve: task({
        Resource: "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess",
        Arguments: { TaskToken: "{% $states.input.token %}", Output: "{% $string({'ok': true}) %}" },
      }),
    });
    const state = start(".waitForTaskToken", { Input: { token: "{% $states.context.Task.Token %}" } }, "approving");
    expect((await go(state, { machines: { approving } })).output).to.deep.equal({ ok: true });
  });

  it("has a name of its own: the same once more is refused", async () => {
    const result = await run(
      { First: before("Second", start("", { Name: "one" })), Second: start("", { Name: "one" }) },
      { machines: { child } },
    );
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "StepFunctions.ExecutionAlreadyExistsException",
      cause: "Execution Already Exists: 'arn:aws:states:us-east-1:123456789012:execution:child:one'",
    });
  });

  it("may be of the machine itself", async () => {
    const definition = machine({
      More: {
        Type: "Choice",
        Choices: [{ Condition: "{% $states.input.n > 0 %}", Next: "Again" }],
        Default: "Done",
      },
      Again: start(".sync:2", { Input: { n: "{% $states.input.n - 1 %}" } }, "loop"),
      Done: { Type: "Succeed" },
    });
    const result = await simulate(definition, { name: "loop", input: { n: 3 } });
    expect([result.status, result.children.length]).to.deep.equal(["SUCCEEDED", 3]);
  });

  it("of a machine that isn't given goes to the mocks, as any other resource", async () => {
    const mocked = await go(start(".sync:2", {}, "other"), { integrations: ({ resource }) => ({ Output: resource }) });
    expect(mocked.output).to.deep.equal({ Output: "arn:aws:states:::states:startExecution.sync:2" });
    const named = await go(start(".sync:2"), { tasks: { Start: () => "mocked" } });
    expect(named.output).to.equal("mocked");
  });

  it("shares the handlers by its states' names", async () => {
    const result = await go(start(".sync:2", {}, "working"), {
      machines: { working: machine({ Work: task() }) },
      tasks: {
        Work: () => {
          throw new TaskError("Busy", "try later");
        },
      },
    });
    expect(result.error).to.equal("States.TaskFailed");
  });
});

describe("Nested executions of a server's machines", () => {
  afterEach(closeAll);

  it("are executions like all others", async () => {
    const { server, client, echoArn } = await setup();
    const nesting = (pattern: string, arn: string): object =>
      machine({
        Start: task({
          Resource: `arn:aws:states:::states:startExecution${pattern}`,
          Arguments: { StateMachineArn: arn, Name: "inner", Input: { n: 1 } },
        }),
      });
    const parent = server.createStateMachine({ name: "parent", definition: nesting(".sync:2", echoArn), roleArn });
    const { executionArn } = await client.send(new StartExecutionCommand(parent));
    expect(await ended(client, executionArn)).to.equal("SUCCEEDED");
    const { output = "" } = await client.send(new DescribeExecutionCommand({ executionArn }));
    const answer = z.looseObject({ ExecutionArn: z.string(), Output: z.unknown() }).parse(JSON.parse(output));
    expect(answer.Output).to.deep.equal({ echo: { n: 1 } });
    const inner = await client.send(new DescribeExecutionCommand({ executionArn: answer.ExecutionArn }));
    expect([inner.name, inner.status]).to.deep.equal(["inner", "SUCCEEDED"]);

    const lost = server.createStateMachine({ name: "lost", definition: nesting("", `${echoArn}x`), roleArn });
    const second = await client.send(new StartExecutionCommand(lost));
    await ended(client, second.executionArn);
    const { error } = await client.send(new DescribeExecutionCommand(second));
    expect(error).to.equal("StepFunctions.StateMachineDoesNotExistException");
  });
});
