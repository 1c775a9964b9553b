import { expect } from "chai";
import { dayOf, integer, nullable, timestamp } from "../../../datasets/columns.ts";
import { dataset } from "../../../datasets/dataset.ts";
import { checks, contractJson, datasets, lineage, loadOrder, tableNames } from "../../../datasets/index.ts";

const named = (name: string): (typeof datasets)[number] => {
  const found = datasets.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no dataset ${name}`);
  return found;
};

describe("a contract", () => {
  it("has a not-null rule for every column that may not be empty, before the column's other rules", () => {
    const ids = named("orders").rules.map((rule) => rule.id);
    expect(ids).to.deep.equal([
      "not_null_order_num",
      "not_null_order_id",
      "not_null_user_id",
      "not_null_order_timestamp",
      "between_order_timestamp",
      "not_null_total_amount",
      "above_total_amount",
    ]);
  });

  it("leaves only the days since the prior order, the date, the quantity and the unit price free to be empty", () => {
    const free = datasets.flatMap((each) =>
      each.columns.filter((column) => column.nullable).map((column) => column.name),
    );
    expect(new Set(free)).to.deep.equal(new Set(["days_since_prior_order", "date", "quantity", "unit_price"]));
  });

  it("names each parent's rule after the column that lacks its parent", () => {
    expect(named("order_items").parents.map((parent) => parent.rule)).to.deep.equal([
      "orphan_order_id",
      "orphan_product_id",
    ]);
  });

  it("is the same JSON at every call", () => {
    for (const each of datasets) expect(contractJson(each)).to.equal(contractJson(structuredClone(each)));
  });

  it("that names a column which it has not is refused with all that is wrong", () => {
    const draft = {
      name: "refunds",
      title: "Refunds",
      description: "Money back.",
      columns: { refund_id: integer("The refund."), day: dayOf("refunded_at", "Its day.") },
      key: ["refund_id"],
    } as const;
    expect(() => dataset(draft)).to.throw('refunds: derivedFrom names \\"refunded_at\\", which is no column of it');
  });

  it("cannot have a key that is no column: it does not compile", () => {
    const columns = { refund_id: integer("The refund."), at: timestamp("When."), note: nullable(integer("A note.")) };
    const draft = { name: "refunds", title: "Refunds", description: "Money back.", columns };
    expect(() =>
      dataset({
        ...draft,
        // @ts-expect-error "refund" is none of the columns
        key: ["refund"],
      }),
    ).to.throw("key names");
  });
});

describe("what is derived from contracts", () => {
  it("loads parents before children", () => {
    const waves = loadOrder([...datasets].reverse()).map((wave) => wave.datasets.map((each) => each.name));
    expect(waves).to.deep.equal([["orders", "products"], ["order_items"]]);
  });

  it("refuses datasets that wait for a parent which is not there, by name", () => {
    expect(() => loadOrder([named("order_items")])).to.throw(
      "no load order: these datasets wait for one that is missing, or for each other: order_items (parents: orders, products)",
    );
  });

  it("knows all the datasets whose change can change a table", () => {
    expect(lineage(named("order_items"), datasets)).to.deep.equal(["order_items", "orders", "products"]);
  });

  it("gives a table for pending rows only to datasets with parents", () => {
    expect(datasets.flatMap(tableNames)).to.deep.equal([
      "products",
      "products_rejects",
      "orders",
      "orders_rejects",
      "order_items",
      "order_items_rejects",
      "order_items_pending",
    ]);
  });

  it("checks every table in one query", () => {
    expect(checks([named("products")])).to.equal(
      `SELECT 'products' AS table_name, count(*) AS row_count, count(DISTINCT "product_id") AS key_count, 0 AS orphan_count FROM "products"`,
    );
    expect(checks(datasets).split(" UNION ALL ")).to.have.length(3);
    expect(checks(datasets)).to.contain('LEFT JOIN "orders"').and.to.contain('LEFT JOIN "products"');
    expect(checks([named("order_items"), named("products")])).not.to.contain('"orders"');
  });
});
