import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { UserError } from "../../../cli/errors.ts";
import { lastWord, type AuditedFile, type RunDocument } from "../../../cli/run/document.ts";
import { filesToIngest } from "../../../cli/run/files.ts";
import { summary } from "../../../cli/run/summary.ts";

const audited = (key: string, changes: Partial<AuditedFile> = {}): AuditedFile => ({
  key,
  dataset: "orders",
  status: "archived",
  reason: null,
  rows_in: 3,
  loaded: 2,
  duplicate: 0,
  rejected: 1,
  pending: 0,
  run_id: "b-1",
  ...changes,
});

const refusal = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("the files to ingest", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakehouse-files-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("come oldest first, each with its time to the nanosecond as far as the disk keeps it", async () => {
    await mkdir(join(folder, "raw/orders/2025"), { recursive: true });
    await writeFile(join(folder, "raw/orders/2025/new.csv"), "");
    await writeFile(join(folder, "raw/orders/old.csv"), "");
    await utimes(join(folder, "raw/orders/2025/new.csv"), 1_743_500_001, 1_743_500_001.5);
    await utimes(join(folder, "raw/orders/old.csv"), 1_743_500_000, 1_743_500_000);
    const found = await filesToIngest(folder);
    expect(found.map(({ key, mtime }) => ({ key, mtime }))).to.deep.equal([
      { key: "raw/orders/old.csv", mtime: "1743500000.000000000" },
      { key: "raw/orders/2025/new.csv", mtime: "1743500001.500000000" },
    ]);
  });

  it("must be there", async () => {
    expect(await refusal(filesToIngest(join(folder, "nowhere")))).to.be.instanceOf(UserError);
    await mkdir(join(folder, "raw"));
    expect(String(await refusal(filesToIngest(folder)))).to.equal(
      `UserError: ${join(folder, "raw")} has no files in it. Put them under ${join(folder, "raw", "{dataset}")}.`,
    );
  });
});

describe("the last word on a file", () => {
  it("is how it ended, even if it failed before", () => {
    const failed = audited("raw/orders/a", { status: "failed", run_id: "b-1" });
    const archived = audited("raw/orders/a", { run_id: "b-2" });
    expect(lastWord([failed, archived])).to.deep.equal([archived]);
    expect(lastWord([failed, { ...failed, run_id: "b-2" }]).map(({ run_id }) => run_id)).to.deep.equal(["b-2"]);
  });

  it("is said of every key, in their order", () => {
    expect(lastWord([audited("raw/orders/b"), audited("raw/orders/a")]).map(({ key }) => key)).to.deep.equal([
      "raw/orders/a",
      "raw/orders/b",
    ]);
  });
});

describe("the summary", () => {
  const document: RunDocument = {
    ok: true,
    seconds: 12.5,
    executions: [{ name: "b-1", status: "SUCCEEDED", seconds: 9 }],
    files: [
      audited("raw/orders/a.csv"),
      audited("raw/x", {
        status: "quarantined",
        dataset: null,
        reason: "no dataset",
        rows_in: 0,
        loaded: 0,
        rejected: 0,
      }),
    ],
    tables: { orders: { rows: 2, version: 1 } },
    alerts: [{ subject: "Quarantined: raw/x", message: "File: raw/x" }],
    rejects: { orders: { above_total_amount: 1 } },
  };

  it("tells what became of every file, the tables, the rules that rows broke, and where to look next", () => {
    expect(summary(document, "lakehouse")).to.equal(
      [
        "2 files in 1 execution, 12.5 s: 1 archived, 1 quarantined",
        "",
        "Files",
        "─────",
        "file              status       rows  loaded  duplicate  rejected  pending",
        "raw/orders/a.csv  archived        3       2          0         1        0",
        "raw/x             quarantined     0       0          0         0        0",
        "",
        "Tables",
        "──────",
        "table   rows  Delta version",
        "orders     2              1",
        "",
        "Rejected rows by rule",
        "─────────────────────",
        "dataset  rule                rows",
        "orders   above_total_amount     1",
        "",
        "Files with a reason",
        "───────────────────",
        "raw/x (quarantined): no dataset",
        "",
        "Alerts sent",
        "───────────",
        "Quarantined: raw/x",
        "",
        "Where to look next",
        "──────────────────",
        'lakehouse local query "SELECT * FROM ingest_files"',
        'lakehouse local query "SELECT rule_ids, source_file, row, raw FROM orders_rejects"',
        "lakehouse local up    # keeps it running and prints the endpoints for AWS's SDK and CLI",
        "",
      ].join("\n"),
    );
  });
});
