import { above, between, dayOf, integer, money, timestamp } from "./columns.ts";
import { dataset } from "./dataset.ts";

export const orders = dataset({
  name: "orders",
  title: "Orders",
  description: "Orders as they were placed: one row an order.",
  columns: {
    order_num: integer("The order's number among those of its user."),
    order_id: integer("The order."),
    user_id: integer("The user who placed it."),
    order_timestamp: timestamp("When it was placed, in UTC.", between("2000-01-01T00:00:00Z", 1)),
    total_amount: money("What the user paid for the whole order.", above(0)),
    date: dayOf("order_timestamp", "The day on which it was placed, in UTC."),
  },
  key: ["order_id"],
  recency: "order_timestamp",
  partitionBy: ["date"],
});
