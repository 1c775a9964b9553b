import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { TaskError } from "../../../workflow/simulator/index.ts";
import { branch, distributed, machine, task } from "./machines.ts";
import { closeAll, ended, failure, roleArn, setup } from "./servers.ts";

describe("Map Runs in the simulator's API", () => {
  afterEach(closeAll);

  it("are listed and described with their counts, and so are their child executions", async () => {
    const { server, client } = await setup({
      tasks: {
        Work: (batch) => {
          if (JSON.stringify(batch).includes("3")) throw new TaskError("Three", "no three");
          return batch;
        },
      },
    });
    const all = distributed(
      { Work: task() },
      { Label: "Each", ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 1, MaxConcurrency: 4 },
    );
    const definition = machine({ Both: { Type: "Parallel", Branches: [branch({ All: all })], End: true } });
    const { stateMachineArn } = server.createStateMachine({ name: "all", definition, roleArn });
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: "[1, 2, 3]" }));
    expect(await ended(client, executionArn)).to.equal("SUCCEEDED");

    const { mapRuns = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
    expect(mapRuns.map((mapRun) => [mapRun.executionArn, mapRun.stateMachineArn])).to.deep.equal([
      [executionArn, "arn:aws:states:us-east-1:000000000000:stateMachine:all/Each"],
    ]);
    const mapRunArn = mapRuns[0]?.mapRunArn;
    const { $metadata, startDate, stopDate, ...described } = await client.send(
      new DescribeMapRunCommand({ mapRunArn }),
    );
    expect($metadata.httpStatusCode).to.equal(200);
    expect([startDate, stopDate].every((date) => date instanceof Date)).to.be.true;
    const none = { pending: 0, running: 0, timedOut: 0, aborted: 0, resultsWritten: 0 };
    expect(described).to.deep.equal({
      mapRunArn,
      executionArn,
      status: "SUCCEEDED",
      maxConcurrency: 4,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: 0,
      itemCounts: { ...none, succeeded: 2, failed: 1, total: 3 },
      executionCounts: { ...none, succeeded: 1, failed: 1, total: 2 },
      redriveCount: 0,
    });

    const { executions = [] } = await client.send(new ListExecutionsCommand({ mapRunArn }));
    expect(executions.map((child) => [child.status, child.mapRunArn, child.itemCount])).to.deep.equal([
      ["SUCCEEDED", mapRunArn, 2],
      ["FAILED", mapRunArn, 1],
    ]);
    const failed = executions[1]?.executionArn;
    const child = await client.send(new DescribeExecutionCommand({ executionArn: failed }));
    expect([child.input, child.error, child.redriveStatus]).to.deep.equal([
      '{"Items":[3]}',
      "Three",
      "REDRIVABLE_BY_MAP_RUN",
    ]);
    const ran = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn: failed }));
    const parent = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const childDefinition: unknown = JSON.parse(ran.definition ?? "");
    expect({ ...ran, $metadata: 0, definition: childDefinition }).to.deep.equal({
      $metadata: 0,
      stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:all/Each",
      name: "all/Each",
      definition: {
        QueryLanguage: "JSONata",
        ...branch({ Work: task() }, { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } }),
      },
      roleArn,
      updateDate: parent.creationDate,
      revisionId: parent.revisionId,
      mapRunArn,
      label: "Each",
    });
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn: failed }));
    expect(events.at(-1)?.type).to.equal("ExecutionFailed");
  });

  it("are told apart from machines in ListExecutions", async () => {
    const { client, echoArn } = await setup();
    const arn = "arn:aws:states:us-east-1:000000000000:mapRun:all/Each:1";
    const unknown = await failure(client.send(new DescribeMapRunCommand({ mapRunArn: arn })));
    expect([unknown.name, unknown.message]).to.deep.equal(["ResourceNotFound", `Resource not found: '${arn}'`]);
    const both = await failure(client.send(new ListExecutionsCommand({ stateMachineArn: echoArn, mapRunArn: arn })));
    expect(both.message).to.equal("Exactly one of stateMachineArn and mapRunArn must be given");
  });
});
