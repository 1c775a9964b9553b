/** What mocks may be is told by the compiler: a line of `refused` that is accepted fails `npm run typecheck`. */
import { expect } from "chai";
import * as z from "zod";
import { compile, glueJob, mocksOf, workflow, type Handlers, type Mocks } from "../../../../workflow/dsl/index.ts";
import { simulate, TaskError, type SimulationResult } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";
import type { TheExampleTasks } from "./the-example.tasks.ts";

const mocked = (mocks: Mocks<TheExampleTasks>): Handlers => mocksOf<TheExampleTasks>(example, mocks);

/** Never called: each is refused, in words that begin with those of the comment. */
export const refused = (): unknown[] => [
  // @ts-expect-error Object literal may only specify known properties, and 'Sfit' does not exist in type 'Mocks<…>'.
  mocked({ Sfit: () => 1 }),
  // @ts-expect-error Type '() => { rows: string; }' is not assignable to type 'Mock<{ … }, { rows: number; }>'.
  mocked({ Child: () => ({ rows: "3" }) }),
  // @ts-expect-error Type '() => {}' is not assignable to type 'Mock<{ … }, { rows: number; }>'.
  mocked({ Child: () => ({}) }),
  // @ts-expect-error Type '() => Promise<{ rows: string; }>' is not assignable to type 'Mock<{ … }, { rows: number; }>'.
  mocked({ Child: async () => Promise.resolve({ rows: "3" }) }),
  // @ts-expect-error Property 'dya' does not exist on type '{ day: string; mode: "soft"; … }'.
  mocked({ Sift: ({ dya }) => ({ kept: [String(dya)], mode: "soft", count: 1 }) }),
  // @ts-expect-error Type '() => { Id: number; … }' is not assignable to type 'Mock<{ … }, { Id: string; … }>'.
  mocked({ Load_orders: () => ({ Id: 1, JobRunState: "SUCCEEDED" }) }),
  // @ts-expect-error Type '() => { day: string; }[]' is not assignable to type 'Mock<{ … }, { day: string; "row count": string; }[]>'.
  mocked({ Query: () => [{ day: "x" }] }),
  // @ts-expect-error Type '() => { ok: string; }' is not assignable to type 'Mock<{ … }, { ok: boolean; by?: string; }>'.
  mocked({ "Ask: now?": () => ({ ok: "yes" }) }),
  // @ts-expect-error Type '() => number' is not assignable to type 'Mock<{ day: string; }, null>'.
  mocked({ Parse: () => 1 }),
  // @ts-expect-error Argument of type '{ … }' is not assignable to parameter of type 'never': it takes the types.
  mocksOf(example, { Child: () => ({ rows: 3 }) }),
];

const job = { Id: "jr", JobRunState: "SUCCEEDED" };
const message = { MessageId: "m" };
const all: Mocks<TheExampleTasks> = {
  Sift: ({ day, mode }) => ({ kept: [day], mode, count: null }),
  Parse: () => undefined,
  Load_orders: () => job,
  Load_items: () => job,
  Tell_good: () => message,
  Tell_bad: () => message,
  TellAll: () => message,
  TellKnown: ({ Subject }) => ({ MessageId: Subject.toUpperCase() }),
  Send: ({ MessageBody: { day, trees } }) => ({ MessageId: day.concat(...trees.map(({ name }) => name)) }),
  Emit: ({ Entries }) => ({ Entries: Entries.map(({ Detail }) => ({ EventId: Detail.n.toFixed() })) }),
  Log: () => ({}),
  Count: () => ({}),
  Contain: ({ TaskDefinition }) => ({ TaskArn: TaskDefinition, Containers: [] }),
  Batch: ({ JobName }) => ({ JobId: "j", JobName, Status: "SUCCEEDED" }),
  FetchRate: () => ({ id: "r" }),
  Site: () => ({ StatusCode: 200, StatusText: "OK", Headers: {}, ResponseBody: { id: "s" } }),
  Query: () => [{ "row count": "2", day: "2025-04-01" }],
  "Ask: now?": () => ({ ok: true }),
  Check: ({ day }) => ({ fine: day === "2025-04-01" }),
  Child: () => ({ rows: 3 }),
  Other: () => [{ n: 1 }],
};

describe("Mocks of a workflow's Tasks", () => {
  let definition: unknown;
  before(async function () {
    this.timeout(30_000);
    ({ definition } = await compile(example));
  });

  const input = { day: "2025-04-01", count: 1, tree: { name: "root" } };
  const run = (mocks: Mocks<TheExampleTasks> = {}, tasks: Handlers = {}): Promise<SimulationResult> =>
    simulate(definition, { input, tasks: { ...mocked({ ...all, ...mocks }), ...tasks } });

  it("give what the steps yield, wherever the service's result has it", async () => {
    expect((await run()).output).to.deep.equal({
      sifted: { kept: ["2025-04-01"], mode: "soft", count: null },
      rows: [{ day: "2025-04-01", "row count": "2" }],
      approved: { ok: true },
      checked: { fine: true },
      child: { rows: 3 },
      other: [{ n: 1 }],
    });
  });

  it("get a Lambda's event, and a service's Arguments", async () => {
    const got: unknown[] = [];
    await run({
      Sift: (event) => {
        got.push(event);
        return { kept: [], mode: event.mode, count: 1 };
      },
      Query: (args) => {
        got.push(args);
        return [];
      },
    });
    expect(got).to.deep.equal([
      { day: "2025-04-01", mode: "soft", tree: { name: "root" }, pair: [1, "a"] },
      {
        QueryString: "SELECT 2025-04-01",
        WorkGroup: "${workgroup.name}",
        QueryExecutionContext: { Database: "${database.name}" },
      },
    ]);
  });

  it("fail and take their time as raw handlers do", async () => {
    const { error, cause, events } = await run({
      Sift: async ({ day, mode }, { sleep, retryCount }) => {
        await sleep(10);
        if (retryCount === 0) throw new TaskError("Lambda.TooManyRequestsException", "busy");
        return { kept: [day], mode, count: 1 };
      },
      Query: () => {
        throw new TaskError("Athena.InvalidRequestException", "no such table");
      },
    });
    expect({ error, cause }).to.deep.equal({ error: "Athena.InvalidRequestException", cause: "no such table" });
    // 10 s, 2 s before the retry, 10 s.
    expect(events.at(-1)?.timestamp.toISOString()).to.equal("2025-01-01T00:00:22.000Z");
  });

  it("may be some: what is missing is told by whoever runs the definition", async () => {
    const { Child: _, ...others } = all;
    const running = simulate(definition, { input, tasks: mocked(others) });
    const error: unknown = await running.catch((thrown: unknown) => thrown);
    expect(error).to.have.property(
      "message",
      "Nothing stands in for task 'Child' (arn:aws:states:::states:startExecution.sync:2): give 'tasks' a handler of that name, or 'integrations'.",
    );
  });

  it("stand beside raw handlers", async () => {
    const { output } = await run({}, { Child: () => ({ Output: { rows: 4 }, Status: "SUCCEEDED" }) });
    expect(output).to.have.deep.property("child", { rows: 4 });
  });

  it("are refused for a Task that only a pattern knows, not the workflow", () => {
    expect(() => mocked({ Load_order: () => job })).to.throw(
      TypeError,
      /example\.ts:\d+ workflow "the-example" has no Task "Load_order" to mock\. Did you mean "Load_orders"\?$/,
    );
  });

  it("are refused where what a step yields doesn't tell what it was given", () => {
    const summed = workflow("summed", { input: z.object({}), resources: { job: glueJob() } }, (flow) => {
      flow.task<number>("Sum", {
        resource: "arn:aws:states:::glue:startJobRun.sync",
        arguments: {},
        yields: "$sum($states.result.Parts)",
        permissions: [],
      });
    });
    const mocks = { Sum: () => 1 };
    expect(() => mocksOf<{ Sum: { event: unknown; result: number } }>(summed, mocks)).to.throw(
      TypeError,
      /mocks\.test\.ts:\d+ Sum: it yields \$sum\(\$states\.result\.Parts\), from which the service's own result can't be told\. Leave it out of the mocks, and give `simulate` a handler that returns that result\.$/,
    );
  });
});
