import { request } from "node:http";
import {
  CreateActivityCommand,
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidArn,
  InvalidExecutionInput,
  InvalidName,
  InvalidToken,
  ListExecutionsCommand,
  StartExecutionCommand,
  StateMachineDoesNotExist,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { closeAll, ended, failure, setup } from "./servers.ts";

describe("The edges of the simulator's API", () => {
  afterEach(closeAll);

  it("answers the caller's mistakes as the service does", async () => {
    const { client, echoArn } = await setup();
    const arn = "arn:aws:states:us-east-1:000000000000";
    const start = (input: { stateMachineArn: string; name?: string; input?: string }): Promise<unknown> =>
      client.send(new StartExecutionCommand(input));
    const nobody = await failure(start({ stateMachineArn: `${arn}:stateMachine:nobody` }));
    expect(nobody).to.be.an.instanceOf(StateMachineDoesNotExist);
    expect(nobody.message).to.equal(`State Machine Does Not Exist: '${arn}:stateMachine:nobody'`);
    const noArn = await failure(start({ stateMachineArn: "not_an_arn" }));
    expect(noArn).to.be.an.instanceOf(InvalidArn);
    expect(noArn.message).to.equal("Invalid Arn: 'Invalid ARN prefix: not_an_arn'");
    const name = await failure(start({ stateMachineArn: echoArn, name: "no blanks" }));
    expect(name).to.be.an.instanceOf(InvalidName);
    expect(name.message).to.equal("Invalid Name: 'no blanks'");
    const long = await failure(start({ stateMachineArn: echoArn, name: "n".repeat(81) }));
    expect(long.message).to.equal(
      `1 validation error detected: Value '${"n".repeat(81)}' at 'name' failed to satisfy constraint: ` +
        "Member must have length less than or equal to 80",
    );
    expect(await failure(start({ stateMachineArn: echoArn, input: "{" }))).to.be.an.instanceOf(InvalidExecutionInput);
    const big = await failure(start({ stateMachineArn: echoArn, input: JSON.stringify("x".repeat(262_144)) }));
    expect(big.name).to.equal("ValidationException");
    const execution = `${arn}:execution:echo:nobody`;
    const unknown = await failure(client.send(new DescribeExecutionCommand({ executionArn: execution })));
    expect(unknown).to.be.an.instanceOf(ExecutionDoesNotExist);
    expect(unknown.message).to.equal(`Execution Does Not Exist: '${execution}'`);
    const history = await failure(client.send(new GetExecutionHistoryCommand({ executionArn: "nonsense" })));
    expect(history).to.be.an.instanceOf(InvalidArn);
    const token = await failure(client.send(new ListExecutionsCommand({ stateMachineArn: echoArn, nextToken: "x" })));
    expect(token).to.be.an.instanceOf(InvalidToken);
    const many = await failure(client.send(new ListExecutionsCommand({ stateMachineArn: echoArn, maxResults: 1001 })));
    expect(many.message).to.equal(
      "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: " +
        "Member must have value less than or equal to 1000",
    );
  });

  it("refuses by name what it would have to pass over", async () => {
    const { client, echoArn } = await setup();
    const encryptionConfiguration = { type: "AWS_OWNED_KEY" } as const;
    const field = await failure(client.send(new CreateActivityCommand({ name: "one", encryptionConfiguration })));
    expect([field.name, field.message]).to.deep.equal([
      "ValidationException",
      "The simulator has no field 'encryptionConfiguration' in this operation; it has name, tags.",
    ]);
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: echoArn, traceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793" }),
    );
    const value = await failure(
      client.send(new DescribeExecutionCommand({ executionArn, includedData: "METADATA_ONLY" })),
    );
    expect(value.message).to.equal(
      "1 validation error detected: Value 'METADATA_ONLY' at 'includedData' failed to satisfy constraint: " +
        "Member must satisfy enum value set: [ALL_DATA]",
    );
    const none = await failure(client.send(new DescribeExecutionCommand({ executionArn: undefined })));
    expect(none.message).to.equal(
      "1 validation error detected: Value null at 'executionArn' failed to satisfy constraint: Member must not be null",
    );
    const pending = new ListExecutionsCommand({ stateMachineArn: echoArn, statusFilter: "PENDING_REDRIVE" });
    expect((await failure(client.send(pending))).message).to.equal(
      "The statusFilter PENDING_REDRIVE can be given with a mapRunArn only",
    );
  });

  it("names the operations it has to who asks for another", async () => {
    const { server } = await setup();
    const response = await fetch(server.url, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AWSStepFunctions.TagResource" },
      body: "{}",
    });
    expect(response.status).to.equal(400);
    const body: unknown = await response.json();
    expect(body).to.deep.equal({
      __type: "com.amazon.coral.service#UnknownOperationException",
      message:
        "The simulator has no operation 'TagResource'; it has CreateActivity, DeleteActivity, DescribeActivity, " +
        "DescribeExecution, DescribeMapRun, DescribeStateMachine, DescribeStateMachineAlias, " +
        "DescribeStateMachineForExecution, GetActivityTask, GetExecutionHistory, ListActivities, ListExecutions, " +
        "ListMapRuns, ListStateMachineAliases, ListStateMachineVersions, ListStateMachines, RedriveExecution, " +
        "SendTaskFailure, SendTaskHeartbeat, SendTaskSuccess, StartExecution, StartSyncExecution, StopExecution, " +
        "ValidateStateMachineDefinition.",
    });
  });

  it("refuses a foreign Host, and whatever a web page may send unasked", async () => {
    const { server } = await setup();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        host: "evil.example",
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AWSStepFunctions.ListStateMachines",
      };
      request(server.url, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end("{}");
    });
    expect(status).to.equal(403);
    const plain = await fetch(server.url, {
      method: "POST",
      headers: { "content-type": "text/plain", "x-amz-target": "AWSStepFunctions.ListStateMachines" },
      body: "{}",
    });
    expect(plain.status).to.equal(400);
  });

  it("tells every change of status in EventBridge's shape", async () => {
    const { client, changes, echoArn } = await setup();
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: echoArn, name: "one", input: '{"n":1}' }),
    );
    await ended(client, executionArn);
    expect(changes.map((change) => change.status)).to.deep.equal(["RUNNING", "SUCCEEDED"]);
    const [running, succeeded] = changes;
    expect(running).to.deep.include({ stopDate: null, output: null, outputDetails: null });
    expect(succeeded).to.deep.include({
      executionArn,
      stateMachineArn: echoArn,
      name: "one",
      input: '{"n":1}',
      output: '{"echo":{"n":1}}',
      outputDetails: { included: true },
      error: null,
      cause: null,
      stateMachineAliasArn: null,
    });
    expect(succeeded?.startDate).to.be.a("number");
  });

  it("reports a failing status callback, and goes on", async () => {
    const errors: unknown[] = [];
    const { client, echoArn } = await setup({
      onStatusChange: () => Promise.reject(new Error("bus is down")),
      onError: (error) => errors.push(error),
    });
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: echoArn }));
    expect(await ended(client, executionArn)).to.equal("SUCCEEDED");
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(errors.map(String)).to.deep.equal(["Error: bus is down", "Error: bus is down"]);
  });

  it("fails an execution, not itself, when a task has nobody", async () => {
    const { client, sleepyArn } = await setup({ tasks: {} });
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: sleepyArn }));
    expect(await ended(client, executionArn)).to.equal("FAILED");
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described.error).to.equal("States.Runtime");
    expect(described.cause).to.contain("Nothing stands in for task 'Work'");
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.at(-1)?.type).to.equal("ExecutionFailed");
  });
});
