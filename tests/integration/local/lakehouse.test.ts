/** The run time as its library's user sees it, without Spark: a file that belongs nowhere passes through all the rest. */
import { DeleteObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { GetCrawlerCommand, GetDatabaseCommand, GlueClient } from "@aws-sdk/client-glue";
import { expect } from "chai";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  HomeInUseError,
  queryRunning,
  runningLakehouse,
  startLakehouse,
  type Lakehouse,
  type Progress,
} from "../../../local/index.ts";
import { projectDir } from "./parts.ts";

describe("the lakehouse on this machine", () => {
  let home: string;
  let lakehouse: Lakehouse;
  const told: Progress[] = [];
  const start = (): Promise<Lakehouse> =>
    startLakehouse({ home, projectDir, jobs: "on demand", onProgress: (event) => told.push(event) });

  before(async () => {
    home = await mkdtemp(join(tmpdir(), "lakehouse-local-"));
    lakehouse = await start();
  });
  after(async () => {
    await lakehouse.close();
    await rm(home, { recursive: true, force: true });
  });

  it("has nothing to do at first", async () => {
    expect(await lakehouse.state()).to.deep.equal({ raw: [], running: [], bells: 0, idle: true });
    expect(await lakehouse.executions()).to.deep.equal([]);
  });

  it("takes an upload through bell, dispatcher and machine, and tells of it", async () => {
    const { etag } = await lakehouse.upload("raw/refunds/day.csv", Buffer.from("refund_id\n1\n"), {
      mtime: "1743500000.5",
    });
    expect(etag).to.match(/^[0-9a-f]{32}$/);
    await lakehouse.ring();
    while ((await lakehouse.executions()).length === 0) await delay(50);
    await lakehouse.idle();
    const [execution] = await lakehouse.executions();
    expect(execution).to.include({ status: "SUCCEEDED", error: null });
    expect((await lakehouse.state()).raw).to.deep.equal([]);
    const { rows } = await lakehouse.query("SELECT key, status, rows_in FROM ingest_files");
    expect(rows).to.deep.equal([["raw/refunds/day.csv", "quarantined", "0"]]);
    const messages = await lakehouse.messages();
    expect(messages.map(({ topic }) => topic)).to.deep.equal([lakehouse.outputs.alertsTopicArn]);
    const kinds = told.flatMap((event) => (event.kind === "execution" ? [event.status] : []));
    expect(kinds).to.deep.equal(["RUNNING", "SUCCEEDED"]);
  });

  it("answers Athena's and Glue's own APIs", async () => {
    const { endpoints, region, outputs } = lakehouse;
    const options = {
      endpoint: endpoints.analytics,
      region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    const running = await runningLakehouse(home);
    if (running === undefined) throw new Error("nobody runs the home");
    expect(await queryRunning(running, "SELECT count(*) AS files, NULL AS nothing FROM ingest_files")).to.deep.equal({
      columns: [
        { name: "files", type: "bigint" },
        { name: "nothing", type: "integer" },
      ],
      rows: [["1", null]],
    });
    expect(String(await queryRunning(running, "SELECT * FROM nothing").catch((error: unknown) => error))).to.contain(
      "TABLE_NOT_FOUND",
    );
    const glue = new GlueClient(options);
    const { Crawler } = await glue.send(new GetCrawlerCommand({ Name: outputs.crawler }));
    expect(Crawler?.State).to.equal("READY");
    const { Database } = await glue.send(new GetDatabaseCommand({ Name: outputs.database }));
    expect(Database?.Name).to.equal(outputs.database);
    glue.destroy();
  });

  it("lets nobody else use its home, and tells them where it is", async () => {
    const refusal = await start().catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(HomeInUseError);
    expect(String(refusal)).to.equal(
      `HomeInUseError: ${home} is in use by process ${process.pid}. Stop it first, or choose another folder with --home.`,
    );
    expect(await runningLakehouse(home)).to.deep.include({ pid: process.pid, endpoints: lakehouse.endpoints });
  });

  it("tries a file that failed three times in all, and then leaves it to a person", async () => {
    const { Contents = [] } = await lakehouse.clients.s3.send(
      new ListObjectsV2Command({ Bucket: lakehouse.outputs.buckets.artifacts, Prefix: "scripts/" }),
    );
    for (const { Key } of Contents) {
      await lakehouse.clients.s3.send(new DeleteObjectCommand({ Bucket: lakehouse.outputs.buckets.artifacts, Key }));
    }
    const before = (await lakehouse.executions()).length;
    await lakehouse.upload("raw/products/products.csv", Buffer.from("product_id\n1\n"));
    await lakehouse.idle();
    const state = await lakehouse.state();
    expect(state).to.deep.include({ running: [], bells: 0, idle: true });
    expect(state.raw.map(({ key }) => key)).to.deep.equal(["raw/products/products.csv"]);
    const statuses = (await lakehouse.executions()).slice(0, -before).map(({ status }) => status);
    expect(statuses).to.deep.equal(["FAILED", "FAILED", "FAILED"]);
    const [failed] = told.flatMap((event) => (event.kind === "job" && event.state === "FAILED" ? [event.message] : []));
    expect(failed).to.match(/^s3:.*product_etl\.py can't be read: NoSuchKey: The specified key does not exist\.$/);
  });

  it("remembers objects and executions when it starts again", async () => {
    await lakehouse.close();
    expect(await runningLakehouse(home)).to.equal(undefined);
    lakehouse = await start();
    const statuses = (await lakehouse.executions()).map(({ status }) => status);
    expect(statuses).to.deep.equal(["FAILED", "FAILED", "FAILED", "SUCCEEDED"]);
    const { rows } = await lakehouse.query("SELECT count(*) FROM ingest_files WHERE status = 'quarantined'");
    expect(rows).to.deep.equal([["1"]]);
  });
});

describe("a start that fails", () => {
  it("says why, ends what it started, and leaves the home to the next", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lakehouse-local-"));
    const project = join(folder, "project");
    await mkdir(project);
    for (const shared of [".venv", ".cache", "local"]) await symlink(join(projectDir, shared), join(project, shared));
    await writeFile(join(project, "Pulumi.yaml"), "name: shop\nmain: program.mjs\n");
    await writeFile(join(project, "Pulumi.local.yaml"), "config:\n  aws:region: eu-central-1\n");
    await writeFile(
      join(project, "program.mjs"),
      `export default async () => { throw new Error("no dataset is declared"); };`,
    );
    const home = join(folder, "home");
    try {
      for (const attempt of ["first", "second"]) {
        const failure = await startLakehouse({ home, projectDir: project }).catch((error: unknown) => error);
        expect(String(failure), attempt).to.equal("Error: no dataset is declared");
        expect(await runningLakehouse(home)).to.equal(undefined);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
