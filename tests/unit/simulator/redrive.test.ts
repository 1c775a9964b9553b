import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { simulate, TaskError, type SimulationResult } from "../../../workflow/simulator/index.ts";
import { before, branch, distributed, end, machine, run, task } from "./machines.ts";
import { closeAll, ended, failure, roleArn, setup } from "./servers.ts";

const fail = (): never => {
  throw new TaskError("Down", "not now");
};
const types = (result: SimulationResult): readonly string[] => result.events.map((event) => event.type);

describe("A redrive", () => {
  it("goes on from the failed state with its input and variables, and counts", async () => {
    const first = await run(
      {
        Set: { Type: "Pass", Assign: { kept: 1 }, Output: { n: 2 }, Next: "Work" },
        Work: before("After", task({ Arguments: { kept: "{% $kept %}", n: "{% $states.input.n %}" } })),
        After: { Type: "Pass", Output: "{% $merge([$states.input, $states.context.Execution]) %}", End: true },
      },
      { tasks: { Work: fail } },
    );
    expect(first.status).to.equal("FAILED");
    const second = await first.redrive({ tasks: { Work: (args) => args } });
    expect(second.output).to.include({ kept: 1, n: 2, RedriveCount: 1, RedriveTime: "2025-01-01T00:00:00.000Z" });
    expect(types(second).slice(types(first).length)).to.deep.equal([
      "ExecutionRedriven",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "PassStateEntered",
      "PassStateExited",
      "ExecutionSucceeded",
    ]);
    expect(second.states).to.deep.equal(["Set", "Work", "After"]);
    expect(second.trace.map(({ state, attempts }) => [state, attempts])).to.deep.equal([
      ["Set", 1],
      ["Work", 2],
      ["After", 1],
    ]);
  });

  it("leaves the first result as it was", async () => {
    const first = await run({ Work: task() }, { tasks: { Work: fail } });
    const [events, trace] = [first.events.length, JSON.stringify(first.trace)];
    await first.redrive({ tasks: { Work: () => 1 } });
    expect([first.events.length, JSON.stringify(first.trace)]).to.deep.equal([events, trace]);
  });

  it("begins Retry anew, and may be repeated", async () => {
    let calls = 0;
    const state = task({ Retry: [{ ErrorEquals: ["Down"], MaxAttempts: 1 }] });
    const work = (): never => {
      calls += 1;
      return fail();
    };
    const first = await run({ Work: state }, { tasks: { Work: work } });
    const second = await first.redrive();
    const third = await second.redrive({ tasks: { Work: () => "done" } });
    expect([calls, third.output]).to.deep.equal([4, "done"]);
  });

  it("does only the branches of a Parallel again that did not succeed", async () => {
    const calls: string[] = [];
    const both = {
      Both: {
        Type: "Parallel",
        Branches: [branch({ Good: task() }), branch({ First: before("Bad", task()), Bad: task() })],
        End: true,
      },
    };
    const note = (name: string) => (): string => {
      calls.push(name);
      return name;
    };
    const tasks = { Good: note("Good"), First: note("First") };
    const first = await run(both, { tasks: { ...tasks, Bad: fail } });
    const second = await first.redrive({ tasks: { ...tasks, Bad: note("Bad") } });
    expect(second.output).to.deep.equal(["Good", "Bad"]);
    expect(calls).to.deep.equal(["Good", "First", "Bad"]);
  });

  it("does only the iterations of a Map again that did not succeed", async () => {
    const calls: unknown[] = [];
    const each = { Each: { Type: "Map", MaxConcurrency: 1, ItemProcessor: branch({ Work: task() }), End: true } };
    const work =
      (bad: number) =>
      (n: number): number => {
        calls.push(n);
        return n === bad ? fail() : n;
      };
    const first = await run(each, { input: [1, 2, 3], tasks: { Work: work(2) } });
    const second = await first.redrive({ tasks: { Work: work(0) } });
    expect(second.output).to.deep.equal([1, 2, 3]);
    expect(calls).to.deep.equal([1, 2, 2, 3]);
  });

  it("redrives a Map Run: its unsuccessful children, and those that were not started", async () => {
    const calls: unknown[] = [];
    const states = { All: distributed({ First: before("Work", task()), Work: task() }, { MaxConcurrency: 1 }) };
    const work =
      (bad: number) =>
      (n: number): number => {
        calls.push(n);
        return n === bad ? fail() : n;
      };
    const tasks = { First: (n: number) => n };
    const first = await run(states, { input: [1, 2, 3], tasks: { ...tasks, Work: work(2) } });
    expect(first.error).to.equal("States.ExceedToleratedFailureThreshold");
    const second = await first.redrive({ tasks: { ...tasks, Work: work(0) } });
    expect(second.output).to.deep.equal([1, 2, 3]);
    expect(calls).to.deep.equal([1, 2, 2, 3]);
    const redriven = second.events.find((event) => event.type === "MapRunRedriven");
    expect(redriven?.mapRunRedrivenEventDetails?.redriveCount).to.equal(1);
    expect(second.children.map(({ redriveCount, status }) => [redriveCount, status])).to.deep.equal([
      [0, "SUCCEEDED"],
      [1, "SUCCEEDED"],
      [0, "SUCCEEDED"],
    ]);
  });

  it("gives the machine its whole time again", async () => {
    const definition = { Pause: { Type: "Wait", Seconds: 8, Next: "Work" }, Work: task() };
    const tasks = { Work: (_args: unknown, { sleep }: { sleep: (seconds: number) => Promise<void> }) => sleep(5) };
    const first = await simulate(machine(definition, { TimeoutSeconds: 10 }), { tasks });
    expect(first.status).to.equal("TIMED_OUT");
    expect((await first.redrive()).status).to.equal("SUCCEEDED");
  });

  it("of a stopped execution goes on where it was stopped", async () => {
    const stop = new AbortController();
    const first = await run(
      { Work: task() },
      {
        signal: stop.signal,
        tasks: {
          Work: async (_args, { sleep }) => {
            stop.abort();
            await sleep(1);
          },
        },
      },
    );
    expect(first.status).to.equal("ABORTED");
    const second = await first.redrive({ tasks: { Work: () => 1 }, signal: new AbortController().signal });
    expect(end(second)).to.deep.equal({ status: "SUCCEEDED", output: 1 });
  });

  it("of a successful execution is refused", async () => {
    const result = await run({ Done: { Type: "Succeed" } });
    const error = await failure(result.redrive());
    expect(error.message).to.equal("The execution SUCCEEDED: there is nothing to redrive.");
  });
});

describe("RedriveExecution", () => {
  afterEach(closeAll);

  it("runs a failed execution on under its own name", async () => {
    let calls = 0;
    const { server, client, changes } = await setup({
      tasks: {
        Work: () => {
          calls += 1;
          return calls === 1 ? fail() : "done";
        },
      },
    });
    const { stateMachineArn } = server.createStateMachine({
      name: "work",
      definition: machine({ Work: task() }),
      roleArn,
    });
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    expect(await ended(client, executionArn)).to.equal("FAILED");
    const failed = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect([failed.redriveCount, failed.redriveStatus]).to.deep.equal([0, "REDRIVABLE"]);
    const { redriveDate } = await client.send(new RedriveExecutionCommand({ executionArn }));
    expect(await ended(client, executionArn)).to.equal("SUCCEEDED");
    const done = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect([done.redriveCount, done.redriveDate, done.error, done.output]).to.deep.equal([
      1,
      redriveDate,
      undefined,
      '"done"',
    ]);
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events.map(({ type }) => type).slice(-6)).to.deep.equal([
      "ExecutionRedriven",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    expect(changes.map(({ status, redriveCount }) => [status, redriveCount])).to.deep.equal([
      ["RUNNING", 0],
      ["FAILED", 0],
      ["RUNNING", 1],
      ["SUCCEEDED", 1],
    ]);
    const again = await failure(client.send(new RedriveExecutionCommand({ executionArn })));
    expect([again.name, again.message]).to.deep.equal([
      "ExecutionNotRedrivable",
      "Execution is SUCCEEDED and cannot be redriven",
    ]);
  });

  it("is done once a client token, and filters the list of executions", async () => {
    let calls = 0;
    const { server, client } = await setup({
      tasks: {
        Work: () => {
          calls += 1;
          return fail();
        },
      },
    });
    const { stateMachineArn } = server.createStateMachine({
      name: "work",
      definition: machine({ Work: task() }),
      roleArn,
    });
    const start = async (): Promise<string> => {
      const { executionArn = "" } = await client.send(new StartExecutionCommand({ stateMachineArn }));
      await ended(client, executionArn);
      return executionArn;
    };
    const [one, two] = [await start(), await start()];
    const redrive = (clientToken: string): Promise<Date | undefined> =>
      client.send(new RedriveExecutionCommand({ executionArn: one, clientToken })).then((done) => done.redriveDate);
    const first = await redrive("a");
    await ended(client, one);
    expect(await redrive("a")).to.deep.equal(first);
    const listed = async (redriveFilter?: "REDRIVEN" | "NOT_REDRIVEN"): Promise<unknown> => {
      const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn, redriveFilter }));
      return executions?.map(({ executionArn, redriveCount }) => [executionArn, redriveCount]);
    };
    expect(calls).to.equal(3);
    expect(await listed("REDRIVEN")).to.deep.equal([[one, 1]]);
    expect(await listed("NOT_REDRIVEN")).to.deep.equal([[two, 0]]);
    await redrive("b");
    await ended(client, one);
    expect(await listed()).to.deep.equal([
      [two, 0],
      [one, 2],
    ]);
  });

  it("is refused for what a former process ran", async () => {
    const home = await mkdtemp(path.join(tmpdir(), "redrive-"));
    try {
      const definition = machine({ Stop: { Type: "Fail" } });
      const one = await setup({ home });
      const { stateMachineArn } = one.server.createStateMachine({ name: "stop", definition, roleArn });
      const { executionArn } = await one.client.send(new StartExecutionCommand({ stateMachineArn }));
      await ended(one.client, executionArn);
      await one.server.close();
      const two = await setup({ home });
      const error = await failure(two.client.send(new RedriveExecutionCommand({ executionArn })));
      expect(error.message).to.equal("Execution ran before the simulator was restarted and cannot be redriven");
      await closeAll();
    } finally {
      await rm(home, { recursive: true });
    }
  });
});
