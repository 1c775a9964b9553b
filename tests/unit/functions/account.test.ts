import { expect } from "chai";
import { account, differences } from "../../../functions/account.ts";
import { noRows, type File, type Files, type Report } from "../../../functions/run.ts";

const file = (key: string, status: File["status"] = "fresh"): File => ({
  key,
  dataset: "orders",
  versionId: "v1",
  etag: "e",
  version: "9e107d9d372bb6826bd81d3542a419d6",
  size: 1,
  time: "1743500000",
  attempt: 1,
  status,
  reason: null,
});
const files = (...all: File[]): Files => ({ batch: "b-1", createdAt: "2025-04-01T00:00:00.000Z", files: all });
const entry = (key: string, counts: Partial<Report["files"][number]> = {}): Report["files"][number] => ({
  ...noRows,
  key,
  version: "9e107d9d372bb6826bd81d3542a419d6",
  status: "accepted",
  reason: null,
  sample: [],
  rules: {},
  unknown_columns: [],
  ...counts,
});
const table = {
  name: "orders",
  location: "s3://processed/orders",
  version: 3,
  rows: 7,
  schema_changed: false,
};
const report = (...entries: Report["files"]): Report => ({
  dataset: "orders",
  batch: "b-1",
  files: entries,
  tables: [table],
});

describe("a run's account", () => {
  it("settles accepted, quarantined and skipped files, and leaves overwritten ones to the next batch", () => {
    const { settlements, rows } = account(
      files(file("raw/orders/a"), file("raw/orders/b"), file("raw/orders/c"), file("raw/orders/d", "skipped")),
      [
        report(
          entry("raw/orders/a", { rows_in: 3, loaded: 2, rejected: 1 }),
          entry("raw/orders/b", { status: "quarantined", reason: "no column order_id" }),
          entry("raw/orders/c", { status: "changed" }),
        ),
      ],
      [],
    );
    expect(settlements.map(({ key, status, loaded }) => ({ key, status, loaded }))).to.deep.equal([
      { key: "raw/orders/a", status: "archived", loaded: 2 },
      { key: "raw/orders/b", status: "quarantined", loaded: 0 },
      { key: "raw/orders/d", status: "skipped", loaded: 0 },
    ]);
    expect(settlements[0]?.table_versions).to.deep.equal({ orders: 3 });
    expect(rows).to.deep.equal({ orders: 7 });
  });

  it("fails if rows are unaccounted for", () => {
    expect(() =>
      account(files(file("raw/orders/a")), [report(entry("raw/orders/a", { rows_in: 5, loaded: 3 }))], []),
    ).to.throw("raw/orders/a: 5 rows came in, but 3 loaded + 0 duplicate + 0 rejected + 0 pending make 3");
  });

  it("fails if a job did not mention a file, or none took it", () => {
    expect(() => account(files(file("raw/orders/a")), [report()], [])).to.throw(
      "raw/orders/a: the orders job's report does not mention it; see runs/b-1/reports",
    );
    expect(() => account(files(file("raw/orders/a")), [], [])).to.throw(
      "raw/orders/a: no job took it, though it is a fresh file of orders",
    );
  });

  it("leaves the files of a failed job where they are", () => {
    expect(account(files(file("raw/orders/a")), [], ["orders"]).settlements).to.deep.equal([]);
  });

  it("tells whether a table got new columns", () => {
    const changed = (flags: object): boolean =>
      account(files(), [{ ...report(), tables: [{ ...table, ...flags }] }], []).schemaChanged;
    expect(changed({})).to.equal(false);
    expect(changed({ schema_changed: true })).to.equal(true);
  });
});

describe("what Athena sees", () => {
  const check = { table_name: "orders", row_count: "7", key_count: "7", orphan_count: "0" };

  it("is right if it is what the run recorded", () => {
    expect(differences({ orders: 7 }, [check])).to.deep.equal([]);
  });

  it("is told in words where it differs", () => {
    expect(differences({ orders: 8, products: 1 }, [{ ...check, key_count: "6", orphan_count: "2" }])).to.deep.equal([
      "orders: the run recorded 8 rows, Athena counts 7",
      "products: Athena gave no answer for it",
      "orders: 7 rows have only 6 keys",
      "orders: 2 rows lack a parent",
    ]);
  });
});
