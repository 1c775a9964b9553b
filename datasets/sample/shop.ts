/** A made-up shop: products, and days of orders with their items, shaped like the files that real producers send. */
import { pick, seeded, whole, type Random } from "./random.ts";

export interface Product {
  readonly product_id: number;
  readonly department_id: number;
  readonly department: string;
  readonly product_name: string;
}

export interface Order {
  readonly order_num: number;
  readonly order_id: number;
  readonly user_id: number;
  readonly order_timestamp: string;
  readonly total_amount: string;
  readonly date: string;
}

export interface OrderItem {
  readonly id: number;
  readonly order_id: number;
  readonly user_id: number;
  readonly days_since_prior_order: number | null;
  readonly product_id: number;
  readonly add_to_cart_order: number;
  readonly reordered: 0 | 1;
  readonly order_timestamp: string;
  readonly date: string;
}

export interface Day {
  readonly date: string;
  readonly orders: readonly Order[];
  readonly items: readonly OrderItem[];
}

export interface Shop {
  readonly products: readonly Product[];
  readonly days: readonly Day[];
}

export interface ShopSize {
  readonly seed: number;
  readonly products: number;
  readonly days: number;
  readonly ordersPerDay: number;
}

const departments = ["Books", "Garden", "Grocery", "Home", "Music", "Toys"] as const;
const kinds = [
  "Atlas",
  "Basket",
  "Candle",
  "Drum",
  "Easel",
  "Flute",
  "Globe",
  "Kettle",
  "Lamp",
  "Puzzle",
  "Spade",
] as const;
const looks = ["Amber", "Blue", "Coral", "Green", "Ivory", "Plain", "Silver", "Striped"] as const;

const firstDay = Date.UTC(2025, 3, 1);
const millisPerDay = 86_400_000;

function product(random: Random, product_id: number): Product {
  const department = pick(random, departments);
  return {
    product_id,
    department_id: departments.indexOf(department) + 1,
    department,
    product_name: `${pick(random, looks)} ${pick(random, kinds)} No. ${product_id}`,
  };
}

function order(random: Random, order_id: number, date: string): Order {
  const second = whole(random, 6 * 3600, 23 * 3600);
  return {
    order_num: whole(random, 1, 90),
    order_id,
    user_id: whole(random, 1, 500),
    order_timestamp: `${date}T${new Date(second * 1000).toISOString().slice(11, 19)}`,
    total_amount: (whole(random, 500, 40_000) / 100).toFixed(2),
    date,
  };
}

/** The items of an order: no product twice, in the order in which they went into the cart. */
function items(random: Random, of: Order, products: number, firstId: number): OrderItem[] {
  const chosen = new Set(Array.from({ length: whole(random, 1, 9) }, () => whole(random, 1, products)));
  const { order_id, user_id, order_timestamp, date, order_num } = of;
  const days_since_prior_order = order_num === 1 ? null : whole(random, 0, 30);
  return [...chosen].map((product_id, index) => ({
    id: firstId + index,
    order_id,
    user_id,
    days_since_prior_order,
    product_id,
    add_to_cart_order: index + 1,
    reordered: order_num > 1 && random() < 0.5 ? 1 : 0,
    order_timestamp,
    date,
  }));
}

/** The shop of this seed and size; the same arguments give the same shop. */
export function shop({ seed, products, days, ordersPerDay }: ShopSize): Shop {
  const random = seeded(seed);
  const catalog = Array.from({ length: products }, (_, index) => product(random, index + 1));
  let nextItem = 1;
  const day = (_: unknown, index: number): Day => {
    const date = new Date(firstDay + index * millisPerDay).toISOString().slice(0, 10);
    const orders = Array.from({ length: ordersPerDay }, (__, number) =>
      order(random, 10_000 + index * ordersPerDay + number, date),
    );
    const bought = orders.flatMap((each) => {
      const own = items(random, each, products, nextItem);
      nextItem += own.length;
      return own;
    });
    return { date, orders, items: bought };
  };
  return { products: catalog, days: Array.from({ length: days }, day) };
}
