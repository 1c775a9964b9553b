/** Glue jobs on the warm Spark: real scripts, real Delta on the emulator's S3, and Athena and the crawler over what they wrote. */
import { GetTableCommand, CreateDatabaseCommand } from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { setTimeout as delay } from "node:timers/promises";
import { startAthena, type Athena } from "../../../local/athena.ts";
import { createCrawlers } from "../../../local/crawlers.ts";
import { createJobs, type Jobs } from "../../../local/jobs.ts";
import type { Progress } from "../../../local/progress.ts";
import { projectDir, region, startParts, type Parts } from "./parts.ts";

const write = `
import sys
from awsglue.utils import getResolvedOptions
from pyspark.sql import SparkSession
args = getResolvedOptions(sys.argv, ["JOB_NAME", "target", "rows"])
spark = SparkSession.builder.getOrCreate()
print("writing for", args["JOB_NAME"])
spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
rows = [(i, f"name {i}", "2025-04-01" if i % 2 else "2025-04-02") for i in range(int(args["rows"]))]
df = spark.createDataFrame(rows, "id bigint, name string, day string").selectExpr(
    "id", "name", "cast(id as decimal(12,2)) as price", "timestamp'2025-04-01 12:00:00Z' as at", "array(name) as tags", "cast(day as date) as day")
df.write.format("delta").partitionBy("day").mode("overwrite").save(args["target"])
`;
const fail = `raise ValueError("the file raw/x.csv has no column order_id")`;
const sleep = `
import time
for _ in range(600):
    time.sleep(0.1)
`;
const zone = `
from pyspark.sql import SparkSession
zone = SparkSession.builder.getOrCreate().conf.get("spark.sql.session.timeZone")
if zone != "UTC":
    raise SystemExit(zone)
`;

describe("Glue jobs on this machine", () => {
  let parts: Parts;
  let jobs: Jobs;
  let athena: Athena;
  const events: Progress[] = [];
  const note = (event: Progress): unknown => events.push(event);

  before(async () => {
    parts = await startParts("artifacts", "processed");
    const { home, clients, emulator } = parts;
    const options = { home, projectDir, endpoint: emulator.url, region };
    jobs = createJobs({ ...options, s3: clients.s3, env: {}, onProgress: note });
    athena = startAthena({ ...options, glue: clients.glue });
    for (const [name, Body] of Object.entries({ write, fail, sleep, zone })) {
      await clients.s3.send(new PutObjectCommand({ Bucket: "artifacts", Key: `scripts/${name}.py`, Body }));
      jobs.register({
        name,
        scriptLocation: `s3://artifacts/scripts/${name}.py`,
        defaultArguments: {
          "--target": "s3://processed/processed/things",
          "--rows": "3",
          "--conf": "spark.sql.session.timeZone=UTC",
        },
        timeout: 5,
        maxRetries: 0,
      });
    }
    await clients.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
  });
  after(async () => {
    await jobs.end();
    await athena.end();
    await parts[Symbol.asyncDispose]();
  });

  it("runs a script with its own arguments over the job's, and writes Delta that Athena reads after a crawl", async () => {
    const ended = await jobs.start("write", { "--rows": "5" }).ended;
    expect(ended).to.include({ JobName: "write", JobRunState: "SUCCEEDED", Attempt: 0 });

    const crawlers = createCrawlers(parts.clients.glue, athena, note);
    await crawlers.register({ name: "tables", database: "lake", deltaTables: ["s3://processed/processed/none/"] });
    await crawlers.register({ name: "tables", database: "lake", deltaTables: ["s3://processed/processed/things/"] });
    const crawled = crawlers.start("tables");
    expect(crawlers.get("tables").State).to.equal("RUNNING");
    expect(() => crawlers.start("tables")).to.throw("Crawler with name tables has already started");
    await crawled;
    expect(crawlers.get("tables").LastCrawl?.Status).to.equal("SUCCEEDED");
    const { Table } = await parts.clients.glue.send(new GetTableCommand({ DatabaseName: "lake", Name: "things" }));
    expect(Table?.Parameters?.table_type).to.equal("DELTA");
    expect(Table?.StorageDescriptor?.Columns?.map(({ Name, Type }) => `${Name ?? ""} ${Type ?? ""}`)).to.deep.equal([
      "id bigint",
      "name string",
      "price decimal(12,2)",
      "at timestamp",
      "tags array<string>",
      "day date",
    ]);

    const sql = "SELECT t.*, id / 2 AS half FROM things t WHERE day = date '2025-04-01' ORDER BY id DESC LIMIT 1";
    expect(await athena.query(sql, "lake")).to.deep.equal({
      columns: [
        { name: "id", type: "bigint" },
        { name: "name", type: "varchar" },
        { name: "price", type: "decimal" },
        { name: "at", type: "timestamp with time zone" },
        { name: "tags", type: "array" },
        { name: "day", type: "date" },
        { name: "half", type: "bigint" },
      ],
      rows: [["3", "name 3", "3.00", "2025-04-01 12:00:00.000 UTC", "[name 3]", "2025-04-01", "1"]],
    });
  });

  it("gives each run a session of its own: what the one before set is gone", async () => {
    expect(await jobs.start("zone", {}).ended).to.include({ JobRunState: "SUCCEEDED" });
  });

  it("fails a run whose script raises, with its message", async () => {
    const ended = await jobs.start("fail", {}).ended;
    expect(ended).to.include({
      JobRunState: "FAILED",
      ErrorMessage: "ValueError: the file raw/x.csv has no column order_id",
    });
  });

  it("stops a run that runs, and one that waits behind it", async () => {
    const first = jobs.start("sleep", {});
    const second = jobs.start("sleep", {});
    while (jobs.get("sleep", first.run.Id).JobRunState !== "RUNNING") await delay(20);
    await jobs.stop("sleep", second.run.Id);
    await jobs.stop("sleep", first.run.Id);
    expect([(await first.ended).JobRunState, (await second.ended).JobRunState]).to.deep.equal(["STOPPED", "STOPPED"]);
  });

  it("refuses a job that nobody declared", () => {
    expect(() => jobs.start("nothing", {})).to.throw("Job with name: nothing not found.");
  });

  it("tells Athena's errors by Athena's names", async () => {
    const error = (sql: string): Promise<string> =>
      athena.query(sql, "lake").then(
        () => "none",
        (thrown: unknown) => String(thrown),
      );
    expect(await error("SELECT * FROM nothing")).to.equal(
      "QueryError: TABLE_NOT_FOUND: Table 'awsdatacatalog.lake.nothing' does not exist",
    );
    expect(await error("SELECT")).to.match(/^QueryError: (SYNTAX_ERROR|NOT_SUPPORTED)/);
    expect(await error("DROP TABLE things")).to.equal(
      "QueryError: NOT_SUPPORTED: The local Athena only reads (SELECT, WITH); this is a DROP.",
    );
  });
});
