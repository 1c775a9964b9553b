/** The lakehouse's machine, run through all its ways with mocks of its own types. */
import { expect } from "chai";
import { compareTables, failLoads } from "../../../functions/verdicts.ts";
import type { Settlement } from "../../../functions/run.ts";
import { define, mocksOf, type MockCall, type Mocks } from "../../../workflow/dsl/index.ts";
import { lakehouse } from "../../../workflow/lakehouse.ts";
import type { LakehouseTasks } from "../../../workflow/lakehouse.tasks.ts";
import {
  coverage,
  memoryObjects,
  simulate,
  TaskError,
  type SimulationOptions,
  type SimulationResult,
} from "../../../workflow/simulator/index.ts";

type LakehouseMocks = Mocks<LakehouseTasks>;

const settleKey = "runs/b-1/settle.json";
const due = { products: true, orders: true, order_items: true };

const settlement = (index: number): Settlement => ({
  key: `raw/orders/${index}.csv`,
  dataset: "orders",
  versionId: "v1",
  version: "0cc175b9c0f1b6a831c399e269772661",
  status: "archived",
  reason: null,
  sample: [],
  rules: {},
  unknown_columns: [],
  table_versions: { orders: 1 },
  rows_in: 1,
  loaded: 1,
  duplicate: 0,
  rejected: 0,
  pending: 0,
});

const checked = { createdAt: "2025-04-01T00:00:00Z", files: "runs/b-1/files.json", fresh: 3, due };
const accounted = {
  settle: settleKey,
  settlements: 120,
  catalogStale: false,
  checks: "SELECT …",
  rows: { orders: 5 },
  failures: [],
};
const counted = { table_name: "orders", row_count: "5", key_count: "5", orphan_count: "0" };
const record = { alert: true, subject: "Run failed", message: "Cause: …", cause: "what it was" };

/** A run in which all is fine: three jobs, tables as recorded, 120 files to settle. */
const fine: LakehouseMocks = {
  CheckMarkers: () => checked,
  LoadProducts: () => ({ Id: "jr_1", JobRunState: "SUCCEEDED" }),
  LoadOrders: () => ({ Id: "jr_2", JobRunState: "SUCCEEDED" }),
  LoadOrderItems: () => ({ Id: "jr_3", JobRunState: "SUCCEEDED" }),
  // Failed loads come to the verdict as the real step words them.
  Account: ({ loads }) => ({
    ...accounted,
    failures: loads.flatMap(({ dataset, error }) => (error === undefined ? [] : [`${dataset}: ${error.Error ?? ""}`])),
  }),
  StartCrawler: () => ({}),
  GetCrawler: () => ({ Crawler: { State: "READY" } }),
  Validate: () => [counted],
  CompareTables: compareTables,
  ArchiveAndMark: ({ files }) => ({ settled: files.length }),
  FailLoads: failLoads,
  RecordFailure: ({ error }) => ({ ...record, cause: `${error.Error}: ${error.Cause}` }),
  Alert: () => ({ MessageId: "m-1" }),
};

const stale: LakehouseMocks = { Account: () => ({ ...accounted, catalogStale: true }) };
const loaded = { Id: "jr_2", JobRunState: "SUCCEEDED" };
const fails = (error: string, cause: string) => (): never => {
  throw new TaskError(error, cause);
};
const boom = fails("Boom", "no");
const lasting =
  <T>(seconds: number, result: T) =>
  async (_: unknown, { sleep }: MockCall): Promise<T> => {
    await sleep(seconds);
    return result;
  };

/** What differs from a fine run; `raw` handlers are for states that no mock is for. */
type Way = LakehouseMocks & { readonly raw?: SimulationOptions["tasks"] };

/** Errors that only record, alert and fail can follow. */
const broken = {
  "CheckMarkers fails": { CheckMarkers: boom },
  "no one knows whether the first wave's jobs are due": { CheckMarkers: () => ({ ...checked, due: {} }) },
  "no one knows whether the second wave's job is due": {
    CheckMarkers: () => ({ ...checked, due: { products: true, orders: true } }),
  },
  "Account fails": { Account: boom },
  "the crawler can't be started": { ...stale, StartCrawler: fails("Glue.EntityNotFoundException", "no crawler") },
  "the crawler can't be asked": { ...stale, GetCrawler: fails("Glue.EntityNotFoundException", "no crawler") },
  "the query fails": { Validate: fails("States.TaskFailed", "SYNTAX_ERROR") },
  "the query's rows are gone": { raw: { ValidateRows: fails("Athena.InvalidRequestException", "gone") } },
  "files can't be settled": { ArchiveAndMark: boom },
} satisfies Readonly<Record<string, Way>>;

/** Ways through the machine; each begins anew with every call. */
const ways = {
  fine: () => ({}),
  nothingNew: () => ({
    CheckMarkers: () => ({ ...checked, fresh: 0, due: { products: false, orders: false, order_items: false } }),
    Account: () => ({ ...accounted, settlements: 0, checks: "" }),
  }),
  productsFail: () => ({ LoadProducts: fails("States.TaskFailed", "out of memory") }),
  ordersFail: () => ({ LoadOrders: fails("States.TaskFailed", "out of memory") }),
  orderItemsFail: () => ({ LoadOrderItems: fails("States.TaskFailed", "out of memory") }),
  mildVerdict: () => ({ Account: () => ({ ...accounted, failures: ["one"] }), FailLoads: () => null }),
  throttled: () => ({
    LoadOrders: (_, { retryCount }) => {
      if (retryCount < 3) throw new TaskError("Glue.ConcurrentRunsExceededException", "busy");
      return loaded;
    },
  }),
  hanging: () => ({ LoadOrders: lasting(Infinity, loaded) }),
  slow: () => ({
    LoadOrders: lasting(7000, loaded),
    LoadOrderItems: lasting(7000, loaded),
    Validate: lasting(1700, [counted]),
  }),
  crawled: () => {
    let asked = 0;
    return { ...stale, GetCrawler: () => ({ Crawler: { State: ++asked === 4 ? "READY" : "RUNNING" } }) };
  },
  crawledByAnother: () => ({
    ...stale,
    StartCrawler: (_, { retryCount }) => {
      if (retryCount < 2) throw new TaskError("Glue.CrawlerRunningException", "running");
      return {};
    },
  }),
  neverReady: () => ({ ...stale, GetCrawler: () => ({ Crawler: { State: "STOPPING" } }) }),
  tablesDiffer: () => ({ Validate: () => [{ ...counted, row_count: "4" }] }),
  knownFailure: () => ({
    CheckMarkers: fails("S3Error", "denied"),
    RecordFailure: () => ({ ...record, alert: false }),
  }),
} satisfies Readonly<Record<string, () => Way>>;

const { definition } = await define(lakehouse);
const objects = memoryObjects({
  [`\${processed.name}/${settleKey}`]: JSON.stringify(Array.from({ length: 120 }, (_, index) => settlement(index))),
});

function run({ raw, ...mocks }: Way): Promise<SimulationResult> {
  const tasks = { ...mocksOf<LakehouseTasks>(lakehouse, { ...fine, ...mocks }), ...raw };
  const input = { batch: "b-1", manifest: "runs/b-1/manifest.json" };
  return simulate(definition, { input, tasks, objects, name: "lakehouse" });
}

const secondsOf = ({ events }: SimulationResult): number =>
  ((events.at(-1)?.timestamp.getTime() ?? 0) - (events[0]?.timestamp.getTime() ?? 0)) / 1000;
const endOf = ({ status, error, cause }: SimulationResult): unknown => ({ status, error, cause });
const failedBy = (cause: string): unknown => ({ status: "FAILED", error: "IngestFailed", cause });
/** A Lambda's error as Step Functions hands it on, without the stack. */
const lambdaError = ({ cause }: SimulationResult): string => (cause ?? "").replace(/,"trace":.*$/, "}");

describe("The lakehouse's machine", () => {
  it("does nothing with a batch that has nothing new", async () => {
    const { status, states } = await run(ways.nothingNew());
    expect(status).to.equal("SUCCEEDED");
    expect(states.filter((name) => /^(Load|Validate|Settle|RecordFailure)/.test(name))).to.deep.equal([]);
  });

  it("loads parents before children", async () => {
    const { status, states } = await run(ways.fine());
    expect(status).to.equal("SUCCEEDED");
    const order = ["LoadProducts", "LoadOrders", "LoadOrderItems"].map((name) => states.indexOf(name));
    expect(order[2]).to.equal(Math.max(...order));
  });

  it("settles 120 files in batches of 50, each told what it needs of the run", async () => {
    const settled: unknown[] = [];
    const { children } = await run({
      ArchiveAndMark: ({ files, ...told }) => {
        settled.push({ files: files.length, ...told });
        return { settled: files.length };
      },
    });
    const told = {
      batch: "b-1",
      createdAt: checked.createdAt,
      runId: "execution",
      buckets: { raw: "${raw.name}", processed: "${processed.name}", archive: "${archive.name}" },
      topic: "${alerts.arn}",
    };
    expect(settled).to.have.deep.members([50, 50, 20].map((files) => ({ files, ...told })));
    expect(children).to.have.lengthOf(3);
  });

  it("tells a job its batch, and where to read and to report", async () => {
    const told: unknown[] = [];
    await run({
      LoadOrders: (args) => {
        told.push(args);
        return loaded;
      },
    });
    expect(told).to.deep.equal([
      {
        JobName: "${jobs.orders.name}",
        Arguments: {
          "--batch": "b-1",
          "--files": "s3://${processed.name}/runs/b-1/files.json",
          "--report": "s3://${processed.name}/runs/b-1/reports/orders.json",
        },
      },
    ]);
  });

  for (const [dataset, way] of [
    ["products", ways.productsFail],
    ["orders", ways.ordersFail],
    ["order_items", ways.orderItemsFail],
  ] as const) {
    it(`settles what the other jobs loaded, and only then fails, where the job of ${dataset} failed`, async () => {
      const result = await run(way());
      const cause = `LoadsFailed: {"errorType":"LoadsFailed","errorMessage":"${dataset}: States.TaskFailed"}`;
      expect(`${result.error ?? ""} ${lambdaError(result)}`).to.equal(`IngestFailed ${cause}`);
      expect(result.states.indexOf("FailLoads")).to.be.above(result.states.indexOf("Settle"));
    });
  }

  it("ends well where the verdict on failed loads is that they don't matter", async () => {
    expect((await run(ways.mildVerdict())).status).to.equal("SUCCEEDED");
  });

  it("starts a throttled job again after up to 30, 60 and 120 seconds", async () => {
    const result = await run(ways.throttled());
    expect(result.status).to.equal("SUCCEEDED");
    expect(result.trace.find(({ state }) => state === "LoadOrders")?.attempts).to.equal(4);
    expect(secondsOf(result)).to.be.within(1, 210);
  });

  it("takes a job that hangs for two hours as failed", async () => {
    const result = await run(ways.hanging());
    expect(lambdaError(result)).to.equal(
      'LoadsFailed: {"errorType":"LoadsFailed","errorMessage":"orders: States.Timeout"}',
    );
    expect(secondsOf(result)).to.equal(2 * 3600);
  });

  it("ends after four hours, whatever it is doing", async () => {
    const result = await run(ways.slow());
    expect(result.status).to.equal("TIMED_OUT");
    expect(secondsOf(result)).to.equal(4 * 3600);
  });

  it("crawls a stale catalog, and asks every 15 seconds until the crawler is ready", async () => {
    const result = await run(ways.crawled());
    expect(result.status).to.equal("SUCCEEDED");
    expect(secondsOf(result)).to.equal(3 * 15);
  });

  it("waits for a crawl that runs already, to begin its own", async () => {
    const result = await run(ways.crawledByAnother());
    expect(result.status).to.equal("SUCCEEDED");
    expect(secondsOf(result)).to.equal(2 * 30);
  });

  it("gives up on a crawler that is not ready after an hour", async () => {
    const result = await run(ways.neverReady());
    expect(endOf(result)).to.deep.equal(failedBy('PollExhausted: 240 rounds, one every 15 s, and "Crawl" is not done'));
    expect(secondsOf(result)).to.equal(239 * 15);
  });

  it("settles nothing where Athena counts other rows than the run recorded", async () => {
    const result = await run(ways.tablesDiffer());
    expect(lambdaError(result)).to.equal(
      'TablesDiffer: {"errorType":"TablesDiffer","errorMessage":"orders: the run recorded 5 rows, Athena counts 4; ' +
        'orders: 4 rows have only 5 keys. Something else writes these tables, or the catalog names other ones."}',
    );
    expect(result.states).to.not.include("Settle");
  });

  it("records a failure without an alert where its files failed before", async () => {
    const result = await run(ways.knownFailure());
    expect(endOf(result)).to.deep.equal(failedBy("what it was"));
    expect(result.states).to.deep.equal(["Ingest", "CheckMarkers", "RecordFailure", "AlertDue", "IngestFailed"]);
  });

  for (const [what, way] of Object.entries(broken)) {
    it(`records, alerts and fails where ${what}`, async () => {
      const { error, states } = await run(way);
      expect(error).to.equal("IngestFailed");
      expect(states.slice(-4)).to.deep.equal(["RecordFailure", "AlertDue", "Alert", "IngestFailed"]);
    });
  }

  it("has no state and no transition that these ways miss", async () => {
    const all: readonly Way[] = [...Object.values(ways).map((way) => way()), ...Object.values(broken)];
    const { states, branches } = coverage(definition, await Promise.all(all.map(run)));
    expect(states.uncovered).to.deep.equal([]);
    expect(branches.uncovered).to.deep.equal([]);
  });
});
