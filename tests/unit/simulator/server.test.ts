import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  GetExecutionHistoryCommand,
  InvalidToken,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { closeAll, ended, failure, setup } from "./servers.ts";

describe("Executions in the simulator's API", () => {
  afterEach(closeAll);

  it("starts and describes an execution", async () => {
    const { client, echoArn } = await setup();
    const started = await client.send(
      new StartExecutionCommand({ stateMachineArn: echoArn, name: "one", input: '{ "n": 1 }' }),
    );
    expect(started.executionArn).to.equal("arn:aws:states:us-east-1:000000000000:execution:echo:one");
    expect(await ended(client, started.executionArn)).to.equal("SUCCEEDED");
    const { $metadata, startDate, stopDate, ...described } = await client.send(
      new DescribeExecutionCommand({ executionArn: started.executionArn }),
    );
    expect($metadata.httpStatusCode).to.equal(200);
    expect(startDate).to.deep.equal(started.startDate);
    expect(stopDate).to.be.an.instanceOf(Date);
    expect(described).to.deep.equal({
      executionArn: started.executionArn,
      stateMachineArn: echoArn,
      name: "one",
      status: "SUCCEEDED",
      input: '{ "n": 1 }',
      inputDetails: { included: true },
      output: '{"echo":{"n":1}}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    });
  });

  it("makes a name and takes {} for the input when there is none", async () => {
    const { client, echoArn } = await setup();
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: echoArn }));
    expect(executionArn).to.match(/:echo:[0-9a-f-]{36}$/);
    await ended(client, executionArn);
    const { output } = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(output).to.equal('{"echo":{}}');
  });

  it("answers the same name and input with the running execution, and nothing else", async () => {
    const { client, sleepyArn } = await setup();
    const request = { stateMachineArn: sleepyArn, name: "one", input: '{"n":1}' };
    const first = await client.send(new StartExecutionCommand(request));
    const second = await client.send(new StartExecutionCommand(request));
    expect([second.executionArn, second.startDate]).to.deep.equal([first.executionArn, first.startDate]);
    const other = await failure(client.send(new StartExecutionCommand({ ...request, input: "{}" })));
    expect(other).to.be.an.instanceOf(ExecutionAlreadyExists);
    expect(other.message).to.equal(`Execution Already Exists: '${first.executionArn ?? ""}'`);
    await client.send(new StopExecutionCommand({ executionArn: first.executionArn }));
    expect(await failure(client.send(new StartExecutionCommand(request)))).to.be.an.instanceOf(ExecutionAlreadyExists);
  });

  it("stops an execution with an error and a cause", async () => {
    const { client, sleepyArn } = await setup();
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: sleepyArn }));
    const { stopDate } = await client.send(new StopExecutionCommand({ executionArn, error: "Enough", cause: "tired" }));
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).to.deep.include({ status: "ABORTED", error: "Enough", cause: "tired", stopDate });
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.at(-1)).to.deep.include({ type: "ExecutionAborted", previousEventId: 0 });
    expect(events?.at(-1)?.executionAbortedEventDetails).to.deep.equal({ error: "Enough", cause: "tired" });
    const again = await client.send(new StopExecutionCommand({ executionArn }));
    expect(again.stopDate).to.deep.equal(stopDate);
  });

  it("tells a history forwards, backwards, in pages and without payloads", async () => {
    const { client, echoArn } = await setup();
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: echoArn, input: '{"n":1}' }),
    );
    await ended(client, executionArn);
    const types = ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"];
    const whole = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(whole.events?.map((event) => event.type)).to.deep.equal(types);
    expect(whole.nextToken).to.equal(undefined);
    const back = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 3 }));
    expect(back.events?.map((event) => event.id)).to.deep.equal([4, 3, 2]);
    const rest = await client.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 3, nextToken: back.nextToken }),
    );
    expect(rest.events?.map((event) => event.id)).to.deep.equal([1]);
    const turned = new GetExecutionHistoryCommand({ executionArn, maxResults: 3, nextToken: back.nextToken });
    expect(await failure(client.send(turned))).to.be.an.instanceOf(InvalidToken);
    const bare = await client.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(bare.events?.[1]?.stateEnteredEventDetails).to.deep.equal({
      name: "Echo",
      inputDetails: { truncated: false },
    });
  });

  it("lists executions latest first, by status and in pages that later starts don't shift", async () => {
    const { client, echoArn } = await setup();
    const names = ["a", "b", "c", "d"];
    for (const name of names) {
      const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: echoArn, name }));
      await ended(client, executionArn);
    }
    const page = await client.send(new ListExecutionsCommand({ stateMachineArn: echoArn, maxResults: 2 }));
    expect(page.executions?.map(({ name }) => name)).to.deep.equal(["d", "c"]);
    await client.send(new StartExecutionCommand({ stateMachineArn: echoArn, name: "late" }));
    const next = await client.send(
      new ListExecutionsCommand({ stateMachineArn: echoArn, maxResults: 2, nextToken: page.nextToken }),
    );
    expect(next.executions?.map(({ name }) => name)).to.deep.equal(["b", "a"]);
    expect(next.nextToken).to.equal(undefined);
    const failed = await client.send(new ListExecutionsCommand({ stateMachineArn: echoArn, statusFilter: "FAILED" }));
    expect(failed.executions).to.deep.equal([]);
  });
});
