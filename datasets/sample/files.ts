/** The shop's files as they would land in the raw zone: a clean wave, then one with every kind of fault in it. */
import { shop, type Day, type Shop } from "./shop.ts";

/** A file below `raw/`. */
export interface SampleFile {
  readonly path: string;
  readonly content: string;
  /** When the producer wrote it. */
  readonly mtime: Date;
}

/** Files that arrive together, and what they are meant to show. */
export interface SampleWave {
  readonly title: string;
  readonly files: readonly SampleFile[];
}

type Row = Readonly<Record<string, string | number | null>>;

const cell = (value: string | number | null | undefined): string => {
  const text = String(value ?? "");
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as CSV with a header; the first row says which columns there are. */
function csv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((line) => `${line.map(cell).join(",")}\n`)
    .join("");
}

const without = (column: string, rows: readonly Row[]): Row[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== column)));

/** The rows with those at the given places changed. */
const changed = (rows: readonly object[], changes: Readonly<Record<number, Row>>): Row[] =>
  rows.map((row, index) => ({ ...row, ...changes[index] }));

/** Minute `minute` of the day after the last one: producers write a day's files when it is over. */
const writtenAt = (minute: number): Date => new Date(Date.UTC(2025, 3, 20, 0, minute));

const orders = (day: Day): string => csv(day.orders.map((row) => ({ ...row })));
const items = (day: Day): string => csv(day.items.map((row) => ({ ...row })));

function cleanWave({ products, days }: Shop): SampleWave {
  const files = [
    { path: "products/products.csv", content: csv(products.map((row) => ({ ...row }))) },
    ...days.flatMap((day) => [
      { path: `orders/${day.date}.csv`, content: orders(day) },
      { path: `order_items/${day.date}.csv`, content: items(day) },
    ]),
  ];
  return { title: "clean files", files: files.map((file, index) => ({ ...file, mtime: writtenAt(index) })) };
}

/** Faults as producers make them; every row and every file of it is accounted for in the end. */
function faultyWave(first: Shop, day: Day): SampleWave {
  const [known] = first.days;
  if (known === undefined) throw new Error("the sample needs a clean day before the faulty one");
  const faultyOrders = changed(day.orders, {
    0: { total_amount: "-5.00" },
    1: { total_amount: "12,50" },
    2: { order_id: null, user_id: "somebody" },
    3: { order_timestamp: "1999-12-31T23:59:59" },
  });
  const faultyItems = changed(day.items, {
    0: { product_id: 999_999 },
    1: { reordered: 2 },
    2: { add_to_cart_order: 0, days_since_prior_order: -1 },
  });
  const corrected = known.orders.slice(0, 3).map((row) => ({ ...row, total_amount: "99.99" }));
  const files = [
    { path: `orders/${day.date}.csv`, content: csv(faultyOrders) },
    { path: `order_items/${day.date}.csv`, content: csv(faultyItems) },
    { path: "orders/corrections.csv", content: csv(corrected) },
    // An older file that arrives late: what was corrected meanwhile stays corrected.
    { path: `orders/late-${known.date}.csv`, content: orders(known), mtime: writtenAt(30) },
    {
      path: `order_items/no-order-id.csv`,
      content: csv(
        without(
          "order_id",
          known.items.map((row) => ({ ...row })),
        ),
      ),
    },
    { path: "returns/2025-04-01.csv", content: "return_id,order_id\n1,10000\n" },
    { path: `orders/open-quote.csv`, content: `${orders(known).split("\n")[0] ?? ""}\n1,"2\n` },
  ];
  return { title: "files with faults", files: files.map((file, index) => ({ mtime: writtenAt(60 + index), ...file })) };
}

/** The sample that `npm start` runs on: two waves, the same bytes at each call. */
export function sampleWaves(): SampleWave[] {
  const whole = shop({ seed: 20_250_401, products: 200, days: 4, ordersPerDay: 60 });
  const clean: Shop = { ...whole, days: whole.days.slice(0, -1) };
  const last = whole.days.at(-1);
  if (last === undefined) throw new Error("the sample needs at least one day");
  return [cleanWave(clean), faultyWave(clean, last)];
}
