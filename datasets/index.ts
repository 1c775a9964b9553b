/** The datasets of the lakehouse. To add one, write its contract beside the others and name it here. */
import type { Contract } from "./contract.ts";
import { orderItems } from "./order_items.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";

export { checkColumns, checks } from "./checks.ts";
export type { Column, ColumnType, Contract, Parent, Rule } from "./contract.ts";
export { lineage, loadOrder, type Wave } from "./load_order.ts";
export { tableNames, tables, type Tables } from "./tables.ts";

export const datasets: readonly Contract[] = [products, orders, orderItems];

/** The contract as the Glue job reads it from its `--contract` argument: the same bytes for the same contract. */
export const contractJson = (dataset: Contract): string => JSON.stringify(dataset);
