import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { closeAll, ended, failure, setup } from "./servers.ts";

describe("The simulator's store", () => {
  let home = "";
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "simulator-"));
  });
  afterEach(async () => {
    await closeAll();
    await rm(home, { recursive: true });
  });

  it("remembers finished executions and their histories over a restart", async () => {
    const first = await setup({ home });
    const { executionArn } = await first.client.send(
      new StartExecutionCommand({ stateMachineArn: first.echoArn, name: "one" }),
    );
    await ended(first.client, executionArn);
    const described = await first.client.send(new DescribeExecutionCommand({ executionArn }));
    const history = await first.client.send(new GetExecutionHistoryCommand({ executionArn }));
    await first.server.close();
    const second = await setup({ home });
    const again = await second.client.send(new DescribeExecutionCommand({ executionArn }));
    expect({ ...again, $metadata: 0 }).to.deep.equal({ ...described, $metadata: 0 });
    const retold = await second.client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(retold.events).to.deep.equal(history.events);
    const name = await failure(
      second.client.send(new StartExecutionCommand({ stateMachineArn: second.echoArn, name: "one" })),
    );
    expect(name).to.be.an.instanceOf(ExecutionAlreadyExists);
  });

  it("brings back as ABORTED what ran when the process was killed, even with half a line written", async () => {
    const first = await setup({ home });
    const { executionArn } = await first.client.send(
      new StartExecutionCommand({ stateMachineArn: first.sleepyArn, name: "one" }),
    );
    // What a kill leaves behind: the store as it is now, and the beginning of a next line.
    const file = path.join(home, "executions.jsonl");
    const left = await readFile(file, "utf8");
    await first.server.close();
    await rm(file);
    await appendFile(file, `${left}{"executionArn":"arn:aws`);
    const second = await setup({ home });
    const described = await second.client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described.status).to.equal("ABORTED");
    expect(described.cause).to.equal("The simulator's process ended while the execution was running.");
    await second.server.close();
    const third = await setup({ home });
    const again = await third.client.send(new DescribeExecutionCommand({ executionArn }));
    expect(again.stopDate).to.deep.equal(described.stopDate);
  });

  it("stops what runs when the server closes", async () => {
    const first = await setup({ home });
    const { executionArn } = await first.client.send(new StartExecutionCommand({ stateMachineArn: first.sleepyArn }));
    await first.server.close();
    expect(first.changes.at(-1)).to.deep.include({
      executionArn,
      status: "ABORTED",
      cause: "The simulator was shut down.",
    });
  });

  it("names the file and line that it can't read", async () => {
    await appendFile(path.join(home, "executions.jsonl"), '{"something":"else"}\n');
    const error = await failure(setup({ home }));
    expect(error.message).to.contain(`${path.join(home, "executions.jsonl")}:1 is no record of an execution`);
  });
});
