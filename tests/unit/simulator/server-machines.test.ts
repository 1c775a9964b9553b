import {
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { machine } from "./machines.ts";
import { closeAll, echo, ended, roleArn, setup, sleepy } from "./servers.ts";

describe("State machines in the simulator's API", () => {
  afterEach(closeAll);

  it("routes an alias to its version, and keeps that version when the machine changes", async () => {
    const { client, server, echoArn } = await setup();
    const { stateMachineVersionArn: one } = server.publishVersion(echoArn, "first");
    expect(server.publishVersion(echoArn).stateMachineVersionArn).to.equal(one);
    server.updateStateMachine(echoArn, { definition: machine({ New: { Type: "Pass", Output: "new", End: true } }) });
    const { stateMachineVersionArn: two } = server.publishVersion(echoArn);
    const { stateMachineAliasArn } = server.createAlias({
      name: "live",
      routingConfiguration: [{ stateMachineVersionArn: one, weight: 100 }],
    });
    async function outputOf(stateMachineArn: string): Promise<unknown> {
      const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
      await ended(client, executionArn);
      const described = await client.send(new DescribeExecutionCommand({ executionArn }));
      return [described.output, described.stateMachineVersionArn, described.stateMachineAliasArn];
    }
    expect(await outputOf(stateMachineAliasArn)).to.deep.equal(['{"echo":{}}', one, stateMachineAliasArn]);
    expect(await outputOf(echoArn)).to.deep.equal(['"new"', undefined, undefined]);
    server.createAlias({ name: "live", routingConfiguration: [{ stateMachineVersionArn: two, weight: 100 }] });
    expect(await outputOf(stateMachineAliasArn)).to.deep.equal(['"new"', two, stateMachineAliasArn]);
    const byAlias = await client.send(new ListExecutionsCommand({ stateMachineArn: stateMachineAliasArn }));
    expect(byAlias.executions).to.have.length(2);
    const byMachine = await client.send(new ListExecutionsCommand({ stateMachineArn: echoArn }));
    expect(byMachine.executions).to.have.length(3);
    const versions = await client.send(new ListStateMachineVersionsCommand({ stateMachineArn: echoArn }));
    expect(versions.stateMachineVersions?.map((version) => version.stateMachineVersionArn)).to.deep.equal([two, one]);
    const aliases = await client.send(new ListStateMachineAliasesCommand({ stateMachineArn: echoArn }));
    expect(aliases.stateMachineAliases?.map((alias) => alias.stateMachineAliasArn)).to.deep.equal([
      stateMachineAliasArn,
    ]);
    const alias = await client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }));
    expect(alias.routingConfiguration).to.deep.equal([{ stateMachineVersionArn: two, weight: 100 }]);
  });

  it("splits an alias' executions by weight", async () => {
    const drawn = [0.1, 0.95];
    const { client, server, echoArn } = await setup({ random: () => drawn.shift() ?? 0 });
    const { stateMachineVersionArn: one } = server.publishVersion(echoArn);
    server.updateStateMachine(echoArn, { definition: sleepy });
    const { stateMachineVersionArn: two } = server.publishVersion(echoArn);
    const { stateMachineAliasArn } = server.createAlias({
      name: "canary",
      routingConfiguration: [
        { stateMachineVersionArn: one, weight: 90 },
        { stateMachineVersionArn: two, weight: 10 },
      ],
    });
    const chosen = [];
    for (const name of ["a", "b"]) {
      const { executionArn } = await client.send(
        new StartExecutionCommand({ stateMachineArn: stateMachineAliasArn, name }),
      );
      const { stateMachineVersionArn } = await client.send(new DescribeExecutionCommand({ executionArn }));
      chosen.push(stateMachineVersionArn);
    }
    expect(chosen).to.deep.equal([one, two]);
  });

  it("describes and lists state machines", async () => {
    const { client, server, echoArn, sleepyArn } = await setup();
    const { stateMachineVersionArn } = server.publishVersion(echoArn, "first");
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: echoArn }));
    expect(JSON.parse(described.definition ?? "")).to.deep.equal(echo);
    expect(described).to.deep.include({ name: "echo", status: "ACTIVE", type: "STANDARD", roleArn });
    const version = await client.send(new DescribeStateMachineCommand({ stateMachineArn: stateMachineVersionArn }));
    expect(version).to.deep.include({ stateMachineArn: stateMachineVersionArn, description: "first" });
    const listed = await client.send(new ListStateMachinesCommand({}));
    expect(listed.stateMachines?.map((each) => each.stateMachineArn)).to.deep.equal([echoArn, sleepyArn]);
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: stateMachineVersionArn }));
    const ran = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(ran).to.deep.include({ stateMachineArn: stateMachineVersionArn, name: "echo", roleArn });
    expect(ran.revisionId).to.equal(described.revisionId);
    expect(ran.updateDate).to.deep.equal(described.creationDate);
    const bare = { stateMachineArn: echoArn, includedData: "METADATA_ONLY" } as const;
    expect((await client.send(new DescribeStateMachineCommand(bare))).definition).to.equal("{}");
  });

  it("registers the same machine twice without complaint, and no other under its name", async () => {
    const { server, echoArn } = await setup();
    expect(server.createStateMachine({ name: "echo", definition: echo, roleArn }).stateMachineArn).to.equal(echoArn);
    expect(() => server.createStateMachine({ name: "echo", definition: sleepy, roleArn })).to.throw(
      `State Machine Already Exists: '${echoArn}'`,
    );
    expect(() => server.createStateMachine({ name: "bad", definition: { StartAt: "A" }, roleArn })).to.throw(
      "Invalid State Machine Definition: '/States:",
    );
  });
});
