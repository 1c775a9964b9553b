/** The main job, end to end, as a person runs it: real Spark and Delta, the compiled machine, the real bundles. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { shop } from "../../../datasets/sample/shop.ts";
import {
  killedLocalRun,
  localQuery,
  localRun,
  projectWithBrokenJob,
  removeFolder,
  root,
  workFolder,
  writeRaw,
  type RunDocument,
} from "./lakehouse_command.ts";

const realData = join(root, "../shared/data");

const csv = (rows: readonly object[]): string =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row): unknown[] => Object.values(row))]
    .map((line) => `${line.join(",")}\n`)
    .join("");

const [day] = shop({ seed: 7, products: 30, days: 1, ordersPerDay: 20 }).days;
if (day === undefined) throw new Error("the shop has no day");
const products = csv(shop({ seed: 7, products: 30, days: 1, ordersPerDay: 20 }).products);
const orders = csv(day.orders);
const items = csv(day.items.map((item) => ({ ...item, days_since_prior_order: item.days_since_prior_order ?? "" })));

const statuses = ({ files }: RunDocument): Record<string, number> => {
  const count: Record<string, number> = {};
  for (const { status } of files) count[status] = (count[status] ?? 0) + 1;
  return count;
};

const unbalanced = ({ files }: RunDocument): string[] =>
  files
    .filter((each) => each.rows_in !== each.loaded + each.duplicate + each.rejected + each.pending)
    .map(({ key }) => key);

/** What a table holds, lineage and flags aside. */
const contents = (home: string, table: string, columns: string): Promise<Record<string, string | number | null>[]> =>
  localQuery(home, `SELECT ${columns} FROM ${table} ORDER BY 1`);

describe("local run", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await workFolder();
  });
  afterEach(() => removeFolder(folder));

  describe("on the real files", () => {
    before(function () {
      if (!existsSync(realData)) {
        this.test?.parent?.tests.forEach((test) => (test.title += " (skipped: ../shared/data is not there)"));
        this.skip();
      }
    });

    it("archives all 21, loads every row, shares every order's total to the cent, and skips them all the second time", async () => {
      const home = join(folder, "home");
      const first = await localRun(home, realData);
      expect(statuses(first)).to.deep.equal({ archived: 21 });
      expect(first).to.include({ ok: true, code: 0 });
      expect(unbalanced(first)).to.deep.equal([]);
      expect(first.tables.products?.rows).to.equal(1000);
      expect(first.tables.orders?.rows).to.equal(5000);
      const itemRows = first.files
        .filter(({ dataset }) => dataset === "order_items")
        .reduce((sum, each) => sum + each.rows_in, 0);
      expect(first.tables.order_items?.rows).to.equal(itemRows).and.to.be.greaterThan(27_000);
      const [sums] = await localQuery(
        home,
        "SELECT cast((SELECT sum(order_item_total) FROM order_items) AS varchar) AS shared, cast((SELECT sum(total_amount) FROM orders) AS varchar) AS paid",
      );
      expect(sums?.shared).to.equal(sums?.paid);

      const second = await localRun(home, realData);
      expect(statuses(second)).to.deep.equal({ skipped: 21 });
      expect(second.tables).to.deep.equal(first.tables);
    });
  });

  it("parks items that come before their orders and products, and loads them when those are there", async () => {
    const home = join(folder, "home");
    await writeRaw(join(folder, "early"), { "order_items/day.csv": items });
    const early = await localRun(home, join(folder, "early"));
    const rows = items.trim().split("\n").length - 1;
    expect(early.files[0]).to.include({ status: "archived", rows_in: rows, pending: rows, loaded: 0 });
    await writeRaw(join(folder, "late"), { "orders/day.csv": orders, "products/all.csv": products });
    const late = await localRun(home, join(folder, "late"));
    expect(late.tables.order_items?.rows).to.equal(rows);
    expect(await localQuery(home, "SELECT count(*) AS waiting FROM order_items_pending")).to.deep.equal([
      { waiting: 0 },
    ]);
  });

  it("accounts for every row of faulty files, quarantines what can't be used, and lets the others through", async () => {
    const faulty = csv(day.orders.map((order, index) => (index === 0 ? { ...order, total_amount: "-1.00" } : order)));
    const withoutKey = csv(day.orders.map(({ order_id: _, ...rest }) => rest));
    await writeRaw(join(folder, "data"), {
      "products/all.csv": products,
      "orders/faulty.csv": faulty,
      "orders/no-key.csv": withoutKey,
      "refunds/day.csv": "refund_id\n1\n",
    });
    const run = await localRun(join(folder, "home"), join(folder, "data"));
    expect(run).to.include({ ok: true, code: 0 });
    expect(unbalanced(run)).to.deep.equal([]);
    const by = Object.fromEntries(run.files.map((file) => [file.key, file]));
    expect(by["raw/orders/faulty.csv"]).to.include({ status: "archived", rows_in: 20, loaded: 19, rejected: 1 });
    expect(by["raw/products/all.csv"]).to.include({ status: "archived", loaded: 30 });
    expect(by["raw/orders/no-key.csv"]).to.include({ status: "quarantined", rows_in: 0 });
    expect(by["raw/orders/no-key.csv"]?.reason).to.contain("order_id");
    expect(by["raw/refunds/day.csv"]?.reason).to.contain("unknown dataset");
    expect(run.alerts.map(({ subject }) => subject)).to.have.members([
      "Quarantined: raw/orders/no-key.csv",
      "Quarantined: raw/refunds/day.csv",
    ]);
    expect(run.rejects).to.deep.equal({ orders: { above_total_amount: 1 } });
  });

  it("tries a platform's failure three times, tells of it once and fails, while the other datasets go on", async () => {
    const project = await projectWithBrokenJob(join(folder, "project"), "glue/product_etl.py");
    await writeRaw(join(folder, "data"), { "products/all.csv": products, "orders/day.csv": orders });
    const run = await localRun(join(folder, "home"), join(folder, "data"), project);
    expect(run).to.include({ ok: false, code: 1 });
    const by = Object.fromEntries(run.files.map((file) => [file.key, file]));
    expect(by["raw/orders/day.csv"]).to.include({ status: "archived", loaded: 20 });
    expect(by["raw/products/all.csv"]).to.include({ status: "failed" });
    expect(run.executions.map(({ status }) => status)).to.deep.equal(["FAILED", "FAILED", "FAILED"]);
    expect(run.alerts).to.have.lengthOf(1);
    expect(run.alerts[0]?.message).to.contain("raw/products/all.csv").and.to.contain("no capacity");
  });

  it("gives the tables of an undisturbed run after it was killed in the middle", async () => {
    const data = join(folder, "data");
    await writeRaw(data, { "products/all.csv": products, "orders/day.csv": orders, "order_items/day.csv": items });
    const killed = join(folder, "killed");
    await killedLocalRun(killed, data, 3);
    const again = await localRun(killed, data);
    expect(again.ok).to.equal(true);
    const calm = join(folder, "calm");
    await localRun(calm, data);
    for (const [table, columns] of [
      ["orders", "order_id, user_id, total_amount, order_timestamp"],
      ["order_items", "id, order_id, product_id, order_item_total"],
      ["products", "product_id, product_name"],
    ] as const) {
      expect(await contents(killed, table, columns)).to.deep.equal(await contents(calm, table, columns));
    }
  });
});
