import { expect } from "chai";
import { explain, textOfExplanation, type Explanation } from "../../../../../workflow/dsl/definition/explain/index.ts";
import { HistoryError } from "../../../../../workflow/dsl/definition/history/events.ts";
import { machineOf } from "../../../../../workflow/dsl/definition/machine.ts";
import { simulate, TaskError, type Json } from "../../../../../workflow/simulator/index.ts";

const program = (start: string, states: object, fields: object = {}): object => ({
  StartAt: start,
  States: states,
  ...fields,
});
const work = (fields: object = { End: true }): object => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: {
    FunctionName: "arn:aws:lambda:eu-west-1:123456789012:function:work:live",
    Payload: "{% $states.input %}",
  },
  ...fields,
});
const catchAll = (next: string): object => ({ Catch: [{ ErrorEquals: ["States.ALL"], Next: next }] });
const done = { Done: { Type: "Succeed" } };

type Tasks = Record<string, (input: Json) => Json>;
const failing =
  (error: string, cause = "because") =>
  (): never => {
    throw new TaskError(error, cause);
  };

const run = (definition: object, tasks: Tasks = {}): ReturnType<typeof simulate> =>
  simulate({ QueryLanguage: "JSONata", ...definition }, { tasks });
async function explained(definition: object, tasks?: Tasks): Promise<Explanation> {
  const { events } = await run(definition, tasks);
  return explain(machineOf(definition), events);
}
const told = async (definition: object, tasks?: Tasks): Promise<string> =>
  textOfExplanation(await explained(definition, tasks), "mine");

describe("why an execution ended as it did", () => {
  it("names the state, its error, the line that made it and the line that threw", async () => {
    const definition = program("Work", {
      Work: work({ Retry: [{ ErrorEquals: ["Busy"], MaxAttempts: 2 }], End: true }),
    });
    const cause = {
      errorType: "Busy",
      errorMessage: "come\nagain",
      trace: [
        "Busy: come",
        "again",
        "    at retry (/var/task/node_modules/p-retry/index.js:1:2)",
        "    at book (/var/task/functions/book.ts:30:7)",
        "    at <anonymous> (lambda-edge:lambda-edge:36:28)",
        "    at Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1306:29)",
      ],
    };
    const { events } = await run(definition, { Work: failing("Busy", JSON.stringify(cause)) });
    const sites = { Work: { file: "workflow/mine.ts", line: 12, column: 3 } };
    const explanation = explain(machineOf(definition), events, sites);
    expect(explanation).to.deep.equal({
      status: "FAILED",
      milliseconds: 3000,
      error: "Busy",
      message: "come again",
      failures: [
        {
          state: "Work",
          site: sites.Work,
          within: [],
          type: "Task",
          error: "Busy",
          message: "come again",
          attempts: 3,
          thrown: { file: "functions/book.ts", line: 30, column: 7 },
          outcome: { kind: "ended the execution" },
          look: [{ kind: "lambda", function: "work" }],
        },
      ],
      running: [],
    });
    expect(textOfExplanation(explanation, "mine")).to.equal(`The execution of mine failed after 3 s: Busy: come again

1. Work failed after 3 attempts: Busy
   come again
   step    workflow/mine.ts:12:3
   thrown  functions/book.ts:30:7
   That ended the execution.
   more    aws logs tail /aws/lambda/work
`);
  });

  it("names no line of a Lambda whose trace has none of its own", async () => {
    const cause = {
      errorMessage: "$: no",
      trace: ["InvalidEvent: $: no", "    at accepted (lambda-edge:lambda-edge:61:9)"],
    };
    const { failures } = await explained(program("Work", { Work: work() }), {
      Work: failing("InvalidEvent", JSON.stringify(cause)),
    });
    expect(failures.map(({ message, thrown }) => [message, thrown])).to.deep.equal([["$: no", undefined]]);
  });

  it("follows a failure from an iteration and a branch to the catcher around them, and on to the end", async () => {
    const each = { Type: "Map", Items: [1, 2, 3], MaxConcurrency: 1, ItemProcessor: program("Work", { Work: work() }) };
    const definition = program("Both", {
      Both: {
        Type: "Parallel",
        Branches: [
          program("Slow", { Slow: { Type: "Wait", Seconds: 60, End: true } }),
          program("Begin", { Begin: { Type: "Pass", Next: "Each" }, Each: { ...each, End: true } }),
        ],
        Catch: [
          { ErrorEquals: ["Other"], Next: "Tell" },
          { ErrorEquals: ["Mine"], Next: "Tell" },
        ],
        Next: "Tell",
      },
      Tell: { Type: "Pass", Output: "{% $nothing %}", End: true },
    });
    let calls = 0;
    const work3 = (): Json => {
      calls += 1;
      return calls === 3 ? failing("Mine")() : null;
    };
    expect(await told(definition, { Work: work3 })).to
      .equal(`The execution of mine failed after 0 ms: States.QueryEvaluationError: An error occurred while executing the state 'Tell' (entered at the event id #33). The JSONata expression '$nothing' specified for the field 'Output' returned nothing (undefined).

1. Work in iteration #2 of Each of branch #1 of Both failed: Mine
   because
   Both's Catch[1] (Mine) took it, and Tell came next.
   more    aws logs tail /aws/lambda/work

2. Tell failed: States.QueryEvaluationError
   An error occurred while executing the state 'Tell' (entered at the event id #33). The JSONata expression '$nothing' specified for the field 'Output' returned nothing (undefined).
   in its Output
   That ended the execution.
`);
  });

  it("tells a Parallel that was retried from one that failed", async () => {
    const definition = program("Both", {
      Both: {
        Type: "Parallel",
        Branches: [program("Work", { Work: work() })],
        Retry: [{ ErrorEquals: ["Mine"], MaxAttempts: 1 }],
        Next: "Done",
      },
      ...done,
    });
    const outcomes = async (failures: number): Promise<unknown> => {
      let calls = 0;
      const explanation = await explained(definition, {
        Work: () => ((calls += 1) > failures ? null : failing("Mine")()),
      });
      return [explanation.status, ...explanation.failures.map(({ state, outcome }) => [state, outcome])];
    };
    const survived = { kind: "survived", by: "Both" };
    expect(await outcomes(1)).to.deep.equal(["SUCCEEDED", ["Work", survived]]);
    expect(await outcomes(2)).to.deep.equal(["FAILED", ["Work", survived], ["Work", { kind: "ended the execution" }]]);
  });

  it("tells a Map within a Map from the one around it", async () => {
    const map = (items: unknown, processor: object, fields: object = { End: true }): object => ({
      Type: "Map",
      Items: items,
      ItemProcessor: processor,
      ...fields,
    });
    const inner = map([7], program("Work", { Work: work() }));
    const outer = map([1], program("Inner", { Inner: inner }), { ...catchAll("Done"), Next: "Done" });
    const { status, failures } = await explained(program("Outer", { Outer: outer, ...done }), {
      Work: failing("Mine"),
    });
    expect(status).to.equal("SUCCEEDED");
    expect(failures.map(({ state, within, outcome }) => [state, within, outcome])).to.deep.equal([
      [
        "Work",
        [
          { state: "Outer", iteration: 0 },
          { state: "Inner", iteration: 0 },
        ],
        { kind: "caught", by: "Outer", rule: 0, errors: ["States.ALL"], next: "Done" },
      ],
    ]);
  });

  it("tells what a Fail in a branch said from the definition, for the history does not", async () => {
    const fail = (fields: object): object =>
      program("Both", {
        Both: {
          Type: "Parallel",
          Branches: [program("No", { No: { Type: "Fail", ...fields } })],
          ...catchAll("Done"),
          Next: "Done",
        },
        ...done,
      });
    expect(await told(fail({ Error: "Mine", Cause: "for one" }))).to
      .equal(`The execution of mine succeeded after 0 ms. What failed on the way:

1. No in Both failed: Mine
   for one
   Both's Catch[0] (States.ALL) took it, and Done came next.
`);
    const [failure] = (await explained(fail({ Error: "{% 'Mi' & 'ne' %}" }))).failures;
    expect(failure).to.not.have.any.keys("error", "message");
  });

  it("a Parallel can fail of itself", async () => {
    const definition = program("Both", {
      Both: {
        Type: "Parallel",
        Branches: [program("Fine", { Fine: { Type: "Succeed" } })],
        Output: "{% $no %}",
        End: true,
      },
    });
    const { failures } = await explained(definition);
    expect(failures.map(({ state, error, location }) => [state, error, location])).to.deep.equal([
      ["Both", "States.QueryEvaluationError", "Output"],
    ]);
  });

  it("points to the Map Run whose children failed, and each child's history has its own story", async () => {
    const processor = program(
      "Work",
      { Work: work() },
      { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } },
    );
    const definition = program("Each", { Each: { Type: "Map", Items: [1, 2], ItemProcessor: processor, End: true } });
    const { events, children } = await run(definition, { Work: failing("Mine") });
    const machine = machineOf(definition);
    const { failures } = explain(machine, events);
    const arn = children[0]?.mapRunArn;
    expect(failures.map(({ state, error, attempts, look }) => [state, error, attempts, look])).to.deep.equal([
      ["Each", "States.ExceedToleratedFailureThreshold", 1, [{ kind: "map-run", arn }]],
    ]);
    expect(textOfExplanation(explain(machine, events), "mine")).to.include(
      `   more    aws stepfunctions list-executions --map-run-arn ${String(arn)} --status-filter FAILED\n`,
    );
    expect(
      explain(machine, children[0]?.history.events).failures.map(({ state, within }) => [state, within]),
    ).to.deep.equal([["Work", []]]);
  });

  it("reads the causes that services write, and says where more is to be found", async () => {
    const causes = [
      { JobName: "orders", Id: "jr_1", ErrorMessage: "Command failed with exit code 1" },
      { QueryExecution: { QueryExecutionId: "q-1", Status: { StateChangeReason: "TABLE_NOT_FOUND" } } },
      { ExecutionArn: "arn:of:child", Error: "Mine", Cause: '{"errorMessage":"deep"}' },
      { StoppedReason: "Essential container in task exited" },
      { StatusReason: "Host EC2 terminated" },
      { other: "form" },
    ];
    const task = { Type: "Task", Resource: "arn:aws:states:::glue:startJobRun.sync", End: true };
    const lines = await Promise.all(
      causes.map(async (cause) => {
        const text = await told(program("Work", { Work: task }), { Work: failing("E", JSON.stringify(cause)) });
        return text.split("\n").filter((line) => line.startsWith("   ") && !line.includes("ended"));
      }),
    );
    expect(lines).to.deep.equal([
      ["   Command failed with exit code 1", "   more    aws glue get-job-run --job-name orders --run-id jr_1"],
      ["   TABLE_NOT_FOUND", "   more    aws athena get-query-execution --query-execution-id q-1"],
      ["   deep", "   more    aws stepfunctions get-execution-history --execution-arn arn:of:child"],
      ["   Essential container in task exited"],
      ["   Host EC2 terminated"],
      ['   {"other":"form"}'],
    ]);
  });

  it("shortens what is long, and counts what is many", async () => {
    const each = {
      Type: "Map",
      Items: Array.from({ length: 12 }, (_, index) => index),
      ItemProcessor: program("Work", { Work: work({ ...catchAll("Done"), End: true }), ...done }),
      End: true,
    };
    const text = await told(program("Each", { Each: each }), { Work: failing("Mine", "x".repeat(1000)) });
    expect(text).to.include(`\n   ${"x".repeat(299)}…\n`);
    expect(text.match(/^\d+\. /gm)).to.have.length(10);
    expect(text).to.match(/\n\nand 2 more failures\n$/);
  });

  it("says where an execution was when its time was over, and where it is", async () => {
    const definition = program(
      "Both",
      {
        Both: {
          Type: "Parallel",
          Branches: [
            program("Slow", { Slow: { Type: "Wait", Seconds: 60, End: true } }),
            program("Fast", { Fast: { Type: "Wait", Seconds: 1, End: true } }),
          ],
          End: true,
        },
      },
      { TimeoutSeconds: 5 },
    );
    expect(await told(definition)).to.equal(`The execution of mine timed out after 5 s.

It was in:
   Slow in branch #0 of Both
`);
    const { events } = await run(definition);
    const begun = explain(machineOf(definition), events.slice(0, 5));
    expect(begun.running.map(({ state }) => state)).to.deep.equal(["Slow", "Fast"]);
    expect(textOfExplanation(begun, "mine").split("\n")[0]).to.equal(
      "The execution of mine has not ended in this history, which is of 0 ms.",
    );
  });

  const failingTimes = (times: number): (() => Json) => {
    let calls = 0;
    return () => {
      calls += 1;
      return calls > times ? null : failing("Busy", `call ${calls}`)();
    };
  };
  const retried = (MaxAttempts: number): object => ({ Retry: [{ ErrorEquals: ["Busy"], MaxAttempts }], End: true });

  it("tells what a Retry made good", async () => {
    const definition = program("Work", { Work: work(retried(3)) });
    expect(await told(definition, { Work: failingTimes(2) })).to
      .equal(`The execution of mine succeeded after 3 s. What failed on the way:

1. Work failed 2 times, last: Busy
   call 2
   It was done again by its Retry, and succeeded.
   more    aws logs tail /aws/lambda/work
`);
  });

  it("tells the branch whose failure a Parallel's Retry made good, and not the Parallel, nor where its siblings were", async () => {
    const slow = { Slow: { Type: "Wait", Seconds: 60, End: true } };
    const branches = [program("Work", { Work: work() }), program("Slow", slow)];
    const definition = program(
      "Both",
      { Both: { Type: "Parallel", Branches: branches, ...retried(1) } },
      { TimeoutSeconds: 30 },
    );
    expect(await told(definition, { Work: failingTimes(1) })).to.equal(`The execution of mine timed out after 30 s.

1. Work in branch #0 of Both failed: Busy
   call 1
   Both went on all the same.
   more    aws logs tail /aws/lambda/work

It was in:
   Slow in branch #1 of Both
`);
  });

  it("tells a redriven execution at every moment", async () => {
    const branches = [program("Work", { Work: work() })];
    const definition = program("Both", { Both: { Type: "Parallel", Branches: branches, End: true } });
    const once = await run(definition, { Work: failingTimes(1) });
    const { events } = await once.redrive();
    const upTo = (type: string): string => {
      const at = events.findLastIndex((event) => event.type === type);
      return textOfExplanation(explain(machineOf(definition), events.slice(0, at + 1)), "mine");
    };
    const failure = (and: string): string => `
1. Work in Both failed: Busy
   call 1
   ${and}
   more    aws logs tail /aws/lambda/work
`;
    expect(upTo("ExecutionFailed")).to.equal(
      `The execution of mine failed after 0 ms: Busy: call 1\n${failure("That ended the execution.")}`,
    );
    for (const type of ["ExecutionRedriven", "ParallelStateStarted", "TaskScheduled"]) {
      expect(upTo(type)).to.equal(
        "The execution of mine has not ended in this history, which is of 0 ms.\n" +
          failure("It was done again by a redrive.") +
          "\nIt was in:\n   Work in Both\n",
      );
    }
    expect(upTo("ExecutionSucceeded")).to.equal(
      "The execution of mine succeeded after 0 ms. What failed on the way:\n" +
        failure("It was done again by a redrive, and succeeded."),
    );
  });

  it("says that a page of a history is not the whole, whoever asked for it", async () => {
    const definition = program("Work", { Work: work({ ...catchAll("Done"), End: true }), ...done });
    const { events } = await run(definition, { Work: failing("Mine") });
    const page = (document: object): string =>
      textOfExplanation(explain(machineOf(definition), document), "mine").replace(/\n[^]*\n\n/, "\n…\n");
    const onPage =
      "This is a page of the history and not the whole: what failed on others is not told. " +
      "`aws stepfunctions get-execution-history` without --max-items, --starting-token and --no-paginate prints all.\n";
    for (const token of [{ nextToken: "t" }, { NextToken: "t" }]) {
      expect(page({ events: events.slice(0, 6), ...token })).to.equal(
        `The execution of mine has not ended on this page of its history, which is of 0 ms.\n…\n${onPage}`,
      );
    }
    expect(page({ events: events.slice(-1) })).to.equal(
      `The execution of mine succeeded on this page of its history, which is of 0 ms.\n\n${onPage}`,
    );
    expect(page({ events, nextToken: undefined })).not.to.include("page");
  });

  it("says that an execution succeeded", async () => {
    expect(await told(program("Done", done))).to.equal(
      "The execution of mine succeeded after 0 ms. Nothing failed on the way.\n",
    );
  });

  it("refuses the history of another machine", async () => {
    const { events } = await run(program("Begin", { Begin: { Type: "Pass", Next: "Done" }, ...done }));
    expect(() => explain(machineOf(program("Done", done)), events)).to.throw(
      HistoryError,
      "this history is of another machine, or of this one at another time: it comes to Begin, which the machine does not have. " +
        "Give the definition that the execution ran with, which " +
        "`aws stepfunctions describe-state-machine-for-execution --query definition --output text` prints",
    );
  });
});
