import { mkdtemp, readFile, appendFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidArn,
  InvalidExecutionInput,
  InvalidName,
  InvalidToken,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import {
  serve,
  type ServerOptions,
  type SimulatorServer,
  type StatusChange,
} from "../../../workflow/simulator/server.ts";
import { machine, task } from "./machines.ts";

const roleArn = "arn:aws:iam::000000000000:role/machine";
const echo = machine({ Echo: { Type: "Pass", Output: { echo: "{% $states.input %}" }, End: true } });
const sleepy = machine({ Work: task() });

/** A server with a client of the real SDK, both gone at the end of the test. */
interface Setup {
  readonly server: SimulatorServer;
  readonly client: SFNClient;
  readonly changes: StatusChange[];
  readonly echoArn: string;
  readonly sleepyArn: string;
}

const open: Setup[] = [];

async function setup(options: ServerOptions = {}): Promise<Setup> {
  const changes: StatusChange[] = [];
  const server = await serve({
    tasks: { Work: (_args, { sleep }) => sleep(3600) },
    onStatusChange: (change) => changes.push(change),
    ...options,
  });
  const { stateMachineArn: echoArn } = server.createStateMachine({ name: "echo", definition: echo, roleArn });
  const { stateMachineArn: sleepyArn } = server.createStateMachine({ name: "sleepy", definition: sleepy, roleArn });
  const client = new SFNClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  const made = { server, client, changes, echoArn, sleepyArn };
  open.push(made);
  return made;
}

async function ended(client: SFNClient, executionArn: string | undefined): Promise<string | undefined> {
  for (;;) {
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== "RUNNING") return status;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("Expected the request to fail.");
}

describe("Step Functions' API of the simulator", () => {
  afterEach(async () => {
    for (const { client, server } of open.splice(0)) {
      client.destroy();
      await server.close();
    }
  });

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
      redriveStatusReason: "The simulator does not redrive executions",
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

  it("names the operations it has to who asks for another", async () => {
    const { server } = await setup();
    const response = await fetch(server.url, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AWSStepFunctions.TestState" },
      body: "{}",
    });
    expect(response.status).to.equal(400);
    const body: unknown = await response.json();
    expect(body).to.deep.equal({
      __type: "com.amazon.coral.service#UnknownOperationException",
      message:
        "The simulator has no operation 'TestState'; it has StartExecution, StopExecution, DescribeExecution, " +
        "GetExecutionHistory, ListExecutions, DescribeStateMachine, DescribeStateMachineForExecution, " +
        "ListStateMachines, ListStateMachineVersions, ListStateMachineAliases, DescribeStateMachineAlias.",
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

describe("The simulator's store", () => {
  let home = "";
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "simulator-"));
  });
  afterEach(async () => {
    for (const { client, server } of open.splice(0)) {
      client.destroy();
      await server.close();
    }
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
