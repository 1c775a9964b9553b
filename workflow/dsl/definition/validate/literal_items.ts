/** How many items a Map has at least, by what is written in its definition. */
import jsonata from "jsonata";
import { expressionIn, isObject, listOf } from "../machine.ts";

/**
 * Of a list; of an expression with a list or a range in it, such as `[1..100]` and `$range(1, 100, 1)`. Undefined where
 * the items are not written there.
 */
export function literalItems(items: unknown): number | undefined {
  if (Array.isArray(items)) return items.length;
  const source = expressionIn(items);
  return source === undefined ? undefined : itemsOf(treeOf(source));
}

function treeOf(source: string): unknown {
  try {
    return jsonata(source).ast();
  } catch {
    return undefined;
  }
}

/** Of JSONata's tree: https://github.com/jsonata-js/jsonata/blob/master/src/parser.js */
function itemsOf(node: unknown): number | undefined {
  if (!isObject(node) || node.predicate !== undefined) return undefined;
  const { type, value, procedure, arguments: given, expressions } = node;
  if (type === "block" && listOf(expressions).length === 1) return itemsOf(listOf(expressions)[0]);
  if (type === "unary" && value === "[")
    return listOf(expressions).reduce<number>((sum, each) => sum + (rangeOf(each) ?? 1), 0);
  if (type === "function" && isObject(procedure) && procedure.value === "range") {
    const [first, last, step = 1] = listOf(given).map(numberOf);
    return first === undefined || last === undefined ? undefined : count(first, last, step);
  }
  return undefined;
}

/** A member of a list that is a range stands for its numbers; where they are not known, for one at the least. */
function rangeOf(node: unknown): number | undefined {
  if (!isObject(node) || node.type !== "binary" || node.value !== "..") return undefined;
  const [first, last] = [numberOf(node.lhs), numberOf(node.rhs)];
  return first === undefined || last === undefined ? undefined : count(first, last, 1);
}

const numberOf = (node: unknown): number | undefined =>
  isObject(node) && typeof node.value === "number" ? node.value : undefined;

const count = (first: number, last: number, step: number): number =>
  step === 0 ? 1 : Math.max(0, Math.floor((last - first) / step) + 1);
