import {
  CreateActivityCommand,
  DeleteActivityCommand,
  DescribeActivityCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  ListActivitiesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { CallbackError, SimulationError, TaskError, taskCallbacks } from "../../../workflow/simulator/index.ts";
import { before, branch, duration, end, machine, run, task } from "./machines.ts";
import { closeAll, ended, failure, roleArn, setup } from "./servers.ts";

const resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
const ask = task({ Resource: resource, Arguments: { MessageBody: { token: "{% $states.context.Task.Token %}" } } });
const askState = (more: object): object => ({ ...ask, ...more });

describe("A task with a callback", () => {
  it("waits until somebody sends its token back", async () => {
    const tokens: string[] = [];
    const callbacks = taskCallbacks();
    const result = await run(
      {
        Both: {
          Type: "Parallel",
          Branches: [
            branch({ Ask: ask }),
            branch({ Later: { Type: "Wait", Seconds: 60, Next: "Answer" }, Answer: task() }),
          ],
          End: true,
        },
      },
      {
        callbacks,
        tasks: {
          Ask: (_args, call) => {
            tokens.push(call.taskToken ?? "");
            return call.callback({ MessageId: "m-1" });
          },
          Answer: () => {
            callbacks.sendTaskSuccess({ taskToken: tokens[0] ?? "", output: { approved: true } });
            return "sent";
          },
        },
      },
    );
    expect(end(result)).to.deep.equal({ status: "SUCCEEDED", output: [{ approved: true }, "sent"] });
    expect(duration(result)).to.equal(60);
    const own = result.events.filter((event) => event.type.startsWith("Task") && !event.type.startsWith("TaskState"));
    expect(own.map((event) => event.type)).to.deep.equal([
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskSucceeded",
    ]);
    expect(own[2]?.taskSubmittedEventDetails?.output).to.equal('{"MessageId":"m-1"}');
  });

  it("may be answered before its handler waits", async () => {
    const callbacks = taskCallbacks();
    const result = await run(
      { Ask: ask },
      {
        callbacks,
        tasks: {
          Ask: (_args, { taskToken = "", callback }) => {
            callbacks.sendTaskSuccess({ taskToken, output: 1 });
            return callback();
          },
        },
      },
    );
    expect(result.output).to.equal(1);
  });

  it("ends with what its handler returns when that doesn't wait", async () => {
    expect((await run({ Ask: ask }, { tasks: { Ask: () => "at once" } })).output).to.equal("at once");
  });

  it("fails with the error that is sent, for Retry and Catch to see", async () => {
    const callbacks = taskCallbacks();
    const result = await run(
      {
        Ask: askState({ Catch: [{ ErrorEquals: ["Refused"], Next: "No", Output: "{% $states.errorOutput %}" }] }),
        No: { Type: "Succeed" },
      },
      {
        callbacks,
        tasks: {
          Ask: (_args, { taskToken = "", callback }) => {
            callbacks.sendTaskFailure({ taskToken, error: "Refused", cause: "too dear" });
            return callback();
          },
        },
      },
    );
    expect(result.output).to.deep.equal({ Error: "Refused", Cause: "too dear" });
  });

  it("lives on heartbeats by its token, and times out without them", async () => {
    const callbacks = taskCallbacks();
    const result = await run(
      { Ask: askState({ HeartbeatSeconds: 10 }) },
      {
        callbacks,
        tasks: {
          Ask: async (_args, { taskToken = "", sleep, callback }) => {
            await sleep(8);
            callbacks.sendTaskHeartbeat({ taskToken });
            return callback();
          },
        },
      },
    );
    expect(result.error).to.equal("States.Timeout");
    expect(duration(result)).to.equal(18);
  });

  it("refuses an answer to a task that is over, and a token of nobody's", async () => {
    const callbacks = taskCallbacks();
    const tokens: string[] = [];
    await run({ Ask: ask }, { callbacks, tasks: { Ask: (_args, call) => tokens.push(call.taskToken ?? "") } });
    const late = (): void => {
      callbacks.sendTaskSuccess({ taskToken: tokens[0] ?? "", output: 1 });
    };
    expect(late).to.throw(CallbackError, "Task Timed Out: 'Provided task does not exist anymore'");
    const unknown = (): void => {
      callbacks.sendTaskHeartbeat({ taskToken: "x" });
    };
    expect(unknown).to.throw(CallbackError, "Invalid Token: 'Invalid token'");
  });

  it("that nobody will ever answer is told at once, not waited for", async () => {
    const error = await failure(run({ Ask: ask }, { tasks: { Ask: (_args, call) => call.callback() } }));
    expect(error).to.be.an.instanceOf(SimulationError);
    expect(error.message).to.equal("Nothing is left to happen: a task waits for ever and has no TimeoutSeconds.");
  });

  it("needs a token: other tasks can't wait for one", async () => {
    const error = await failure(run({ Work: task() }, { tasks: { Work: (_args, call) => call.callback() } }));
    expect(error.message).to.equal(
      "Task 'Work' (arn:aws:states:::aws-sdk:glue:getCrawler): its handler waits for a callback, but the task has no token: " +
        "only .waitForTaskToken and activities have one.",
    );
  });

  it("can be answered by another task of the SDK's", async () => {
    const send = (operation: string, more: object): object =>
      task({
        Resource: `arn:aws:states:::aws-sdk:sfn:${operation}`,
        Arguments: { TaskToken: "{% $states.input.token %}", ...more },
      });
    const tokens: string[] = [];
    const answer = (state: object): Record<string, object> => ({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Ask: ask }), branch({ Token: before("Send", task()), Send: state })],
        End: true,
      },
    });
    const tasks = {
      Ask: (_args: unknown, call: { taskToken: string | undefined; callback: () => Promise<unknown> }) => {
        tokens.push(call.taskToken ?? "");
        return call.callback();
      },
      Token: async (_args: unknown, { sleep }: { sleep: (seconds: number) => Promise<void> }) => {
        await sleep(1);
        return { token: tokens.at(-1) ?? "" };
      },
    };
    const sent = await run(answer(send("sendTaskSuccess", { Output: '{"n":1}' })), { tasks });
    expect(sent.output).to.deep.equal([{ n: 1 }, {}]);
    const failed = await run(answer(send("sendTaskFailure", { Error: "Refused" })), { tasks });
    expect(failed.error).to.equal("Refused");
    const unknown = await run({
      Send: task({ Resource: "arn:aws:states:::aws-sdk:sfn:sendTaskHeartbeat", Arguments: { TaskToken: "x" } }),
    });
    expect(end(unknown)).to.deep.equal({
      status: "FAILED",
      error: "Sfn.InvalidTokenException",
      cause: "Invalid Token: 'Invalid token'",
    });
  });
});

describe("Callbacks in the simulator's API", () => {
  afterEach(closeAll);

  async function asked(): Promise<{
    client: Awaited<ReturnType<typeof setup>>["client"];
    executionArn: string;
    token: string;
  }> {
    let tell: (token: string) => void = () => undefined;
    const token = new Promise<string>((resolve) => {
      tell = resolve;
    });
    const { server, client } = await setup({
      tasks: {
        Ask: (_args, call) => {
          tell(call.taskToken ?? "");
          return call.callback();
        },
      },
    });
    const { stateMachineArn } = server.createStateMachine({ name: "ask", definition: machine({ Ask: ask }), roleArn });
    const { executionArn = "" } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    return { client, executionArn, token: await token };
  }

  it("finish a task by its token, once", async () => {
    const { client, executionArn, token: taskToken } = await asked();
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"ok":true}' }));
    expect(await ended(client, executionArn)).to.equal("SUCCEEDED");
    const again = await failure(client.send(new SendTaskSuccessCommand({ taskToken, output: "1" })));
    expect([again.name, again.message]).to.deep.equal([
      "TaskTimedOut",
      "Task Timed Out: 'Provided task does not exist anymore'",
    ]);
  });

  it("fail a task by its token", async () => {
    const { client, executionArn, token: taskToken } = await asked();
    const bad = await failure(client.send(new SendTaskSuccessCommand({ taskToken, output: "{" })));
    expect(bad.name).to.equal("InvalidOutput");
    await client.send(new SendTaskFailureCommand({ taskToken, error: "Refused" }));
    expect(await ended(client, executionArn)).to.equal("FAILED");
  });

  it("refuse what is too long, and the task goes on waiting", async () => {
    const { client, executionArn, token: taskToken } = await asked();
    const success = (output: string): Promise<unknown> =>
      client.send(new SendTaskSuccessCommand({ taskToken, output }));
    const problem = "failed to satisfy constraint: Member must have length less than or equal to";
    const output = await failure(success(JSON.stringify("x".repeat(262_143))));
    expect([output.name, output.message]).to.deep.equal([
      "ValidationException",
      `1 validation error detected: Value at 'output' ${problem} 262144`,
    ]);
    // Two bytes a character.
    expect((await failure(success(JSON.stringify("é".repeat(131_072))))).message).to.equal(output.message);
    const error = await failure(client.send(new SendTaskFailureCommand({ taskToken, error: "e".repeat(257) })));
    expect(error.message).to.equal(`1 validation error detected: Value at 'error' ${problem} 256`);
    const cause = await failure(client.send(new SendTaskFailureCommand({ taskToken, cause: "c".repeat(32_769) })));
    expect(cause.message).to.equal(`1 validation error detected: Value at 'cause' ${problem} 32768`);
    const waiting = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(waiting.status).to.equal("RUNNING");
    await success(JSON.stringify("x".repeat(262_142)));
    expect(await ended(client, executionArn)).to.equal("SUCCEEDED");
  });

  it("refuse a token of nobody's", async () => {
    const { client } = await setup();
    const error = await failure(client.send(new SendTaskFailureCommand({ taskToken: "x" })));
    expect([error.name, error.message]).to.deep.equal(["InvalidToken", "Invalid Token: 'Invalid token'"]);
  });
});

describe("Activities", () => {
  afterEach(closeAll);

  it("hand their tasks to workers who ask, whoever comes first", async () => {
    const { server, client } = await setup();
    const { activityArn } = await client.send(new CreateActivityCommand({ name: "paint" }));
    expect(activityArn).to.equal("arn:aws:states:us-east-1:000000000000:activity:paint");
    const definition = machine({
      Paint: task({ Resource: activityArn, Arguments: { colour: "{% $states.input %}" } }),
    });
    const { stateMachineArn } = server.createStateMachine({ name: "painter", definition, roleArn });
    for (const workerFirst of [true, false]) {
      const poll = (): Promise<{ taskToken?: string | undefined; input?: string | undefined }> =>
        client.send(new GetActivityTaskCommand({ activityArn, workerName: "w" }));
      const early = workerFirst ? poll() : undefined;
      const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '"red"' }));
      const { taskToken, input } = await (early ?? poll());
      expect(input).to.equal('{"colour":"red"}');
      await client.send(new SendTaskSuccessCommand({ taskToken, output: '"done"' }));
      expect(await ended(client, executionArn)).to.equal("SUCCEEDED");
    }
  });

  it("are described, listed and deleted; a worker without a task gets nothing", async () => {
    const { client } = await setup({ activityPollSeconds: 0.01 });
    const { activityArn } = await client.send(new CreateActivityCommand({ name: "paint" }));
    expect((await client.send(new DescribeActivityCommand({ activityArn }))).name).to.equal("paint");
    const { activities = [] } = await client.send(new ListActivitiesCommand({}));
    expect(activities.map(({ name }) => name)).to.deep.equal(["paint"]);
    expect((await client.send(new GetActivityTaskCommand({ activityArn }))).taskToken).to.equal(undefined);
    await client.send(new DeleteActivityCommand({ activityArn }));
    const gone = await failure(client.send(new GetActivityTaskCommand({ activityArn })));
    expect([gone.name, gone.message]).to.deep.equal([
      "ActivityDoesNotExist",
      `Activity Does Not Exist: '${activityArn ?? ""}'`,
    ]);
  });

  it("take part in a simulation as any task, with their own events", async () => {
    const resourceArn = "arn:aws:states:us-east-1:123456789012:activity:paint";
    const result = await run({ Paint: task({ Resource: resourceArn }) }, { tasks: { Paint: () => "red" } });
    expect(result.events.map((event) => event.type)).to.include.members(["ActivityScheduled", "ActivitySucceeded"]);
    const failed = await run(
      { Paint: task({ Resource: resourceArn }) },
      {
        tasks: {
          Paint: () => {
            throw new TaskError("Dry", "no paint");
          },
        },
      },
    );
    expect(failed.events.at(-2)).to.deep.include({
      type: "ActivityFailed",
      activityFailedEventDetails: { error: "Dry", cause: "no paint" },
    });
  });
});
