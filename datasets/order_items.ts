import { above, atLeast, between, dayOf, integer, money, nullable, oneOf, optional, timestamp } from "./columns.ts";
import { dataset } from "./dataset.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";

export const orderItems = dataset({
  name: "order_items",
  title: "OrderItems",
  description: "What orders consist of: one row a product in an order.",
  columns: {
    id: integer("The line item."),
    order_id: integer("The order that it belongs to."),
    user_id: integer("The user who placed the order."),
    days_since_prior_order: nullable(
      integer("Days since the user's order before this one; none for the first.", atLeast(0)),
    ),
    product_id: integer("The product."),
    add_to_cart_order: integer("When it was put into the cart: 1 is the first item.", atLeast(1)),
    reordered: integer("1 if the user has ordered the product before, else 0.", oneOf(0, 1)),
    order_timestamp: timestamp("When the order was placed, in UTC.", between("2000-01-01T00:00:00Z", 1)),
    date: dayOf("order_timestamp", "The day on which the order was placed, in UTC."),
    quantity: optional(integer("How many pieces, where the producer says.", above(0))),
    unit_price: optional(money("The price of one piece, where the producer says.", atLeast(0))),
  },
  key: ["id"],
  recency: "order_timestamp",
  partitionBy: ["date"],
  parents: [
    { parent: orders, columns: { order_id: "order_id" } },
    { parent: products, columns: { product_id: "product_id" } },
  ],
  allocations: {
    order_item_total: {
      description: "The item's share of what the user paid for the order.",
      group: "order_id",
      weight: ["quantity", "unit_price"],
      parent: orders,
      total: "total_amount",
    },
  },
});
