import {
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { InvalidDefinition, readDefinition } from "../../../workflow/simulator/index.ts";
import { before, branch, distributed, machine, task } from "./machines.ts";
import { closeAll, echo, failure, roleArn, setup } from "./servers.ts";

describe("Express machines", () => {
  afterEach(closeAll);

  async function express(): Promise<{ client: SFNClient; arn: string; destroy: () => void }> {
    const { server } = await setup();
    const { stateMachineArn: arn } = server.createStateMachine({
      name: "quick",
      definition: echo,
      roleArn,
      type: "EXPRESS",
    });
    // The SDK would call sync-127.0.0.1.
    const client = new SFNClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
      disableHostPrefix: true,
    });
    return {
      client,
      arn,
      destroy: () => {
        client.destroy();
      },
    };
  }

  it("answer StartSyncExecution with the end of the execution", async () => {
    const { client, arn, destroy } = await express();
    const { $metadata, startDate, stopDate, executionArn, ...answer } = await client.send(
      new StartSyncExecutionCommand({ stateMachineArn: arn, name: "one", input: '{"n":1}' }),
    );
    expect($metadata.httpStatusCode).to.equal(200);
    expect([startDate, stopDate].every((date) => date instanceof Date)).to.be.true;
    expect(executionArn).to.match(/^arn:aws:states:us-east-1:000000000000:express:quick:one:[0-9a-f-]{36}$/);
    expect(answer).to.deep.equal({
      stateMachineArn: arn,
      name: "one",
      status: "SUCCEEDED",
      input: '{"n":1}',
      inputDetails: { included: true },
      output: '{"echo":{"n":1}}',
      outputDetails: { included: true },
    });
    destroy();
  });

  it("say what they are, start without being looked at, and aren't listed", async () => {
    const { client, arn, destroy } = await express();
    expect((await client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }))).type).to.equal("EXPRESS");
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: arn }));
    expect(executionArn).to.contain(":express:quick:");
    const listing = await failure(client.send(new ListExecutionsCommand({ stateMachineArn: arn })));
    expect([listing.name, listing.message]).to.deep.equal([
      "StateMachineTypeNotSupported",
      "This operation is not supported by this type of state machine",
    ]);
    destroy();
  });

  it("leave StartSyncExecution to themselves", async () => {
    const { client, arn, destroy } = await express();
    const standard = arn.replace("quick", "echo");
    const error = await failure(client.send(new StartSyncExecutionCommand({ stateMachineArn: standard })));
    expect(error.name).to.equal("StateMachineTypeNotSupported");
    destroy();
  });

  it("refuse what only Standard workflows can do", async () => {
    const { server } = await setup();
    const definition = machine({
      Job: before("Ask", task({ Resource: "arn:aws:states:::glue:startJobRun.sync" })),
      Ask: task({ Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" }),
    });
    expect(() =>
      server.createStateMachine({
        name: "slow",
        definition: definition,
        roleArn,
        type: "EXPRESS",
      }),
    ).to.throw(
      "Invalid State Machine Definition: '/States/Job/Resource: Express workflows don't support the pattern .sync; " +
        "/States/Ask/Resource: Express workflows don't support the pattern .waitForTaskToken'",
    );
  });

  it("as children of a distributed Map refuse the same", () => {
    const inner = branch(
      {
        Job: before("Deep", task({ Resource: "arn:aws:states:::states:startExecution.sync:2" })),
        Deep: distributed({ Done: { Type: "Succeed" } }),
      },
      { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" } },
    );
    const definition = machine({ All: { Type: "Map", ItemProcessor: inner, End: true } });
    expect(() => readDefinition(definition))
      .to.throw(InvalidDefinition)
      .with.property("findings")
      .deep.equal([
        "/States/All/ItemProcessor/States/Job/Resource: Express workflows don't support the pattern .sync:2",
        "/States/All/ItemProcessor/States/Deep: Express workflows don't support distributed Maps",
      ]);
  });
});
