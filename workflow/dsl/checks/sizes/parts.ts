/** Ways into a shape, and shapes made out of others: what JSONata's paths and functions do to values. */
import { list, nothing, object, oneOf, unknown, type Run, type Shape } from "./shape.ts";

/** A member; of a name that is not known, any of them. */
export function memberOf(shape: Shape, name?: string): Shape {
  switch (shape.kind) {
    case "object":
      return name === undefined
        ? oneOf([...shape.members.values(), ...(shape.rest === undefined ? [] : [shape.rest])])
        : (shape.members.get(name) ?? shape.rest ?? nothing);
    case "one of":
      return oneOf(shape.shapes.map((each) => memberOf(each, name)));
    case "told":
      return memberOf(shape.of, name);
    case "text":
    case "atom":
      return nothing;
    // A path through an array gives what its items have, as many as there are.
    case "list":
    case "unknown":
      return unknown;
  }
}

const anything: Run = { items: Infinity, item: unknown };

/** How many items there can be in the runs. */
export const countOf = (runs: readonly Run[]): number => runs.reduce((total, { items }) => total + items, 0);

export const itemOf = (runs: readonly Run[]): Shape =>
  oneOf(runs.flatMap(({ items, item }) => (items === 0 ? [] : [item])));

/** The items of an array. What is none has no items. */
export function itemsOf(shape: Shape): readonly Run[] {
  switch (shape.kind) {
    case "list":
      return shape.runs;
    case "one of": {
      const arrays = shape.shapes.map(itemsOf);
      return [{ items: Math.max(0, ...arrays.map(countOf)), item: oneOf(arrays.map(itemOf)) }];
    }
    case "told":
      return itemsOf(shape.of);
    case "text":
    case "atom":
    case "object":
      return [];
    case "unknown":
      return [anything];
  }
}

const canBeArray = (shape: Shape): boolean => {
  switch (shape.kind) {
    case "list":
    case "unknown":
      return true;
    case "one of":
      return shape.shapes.some(canBeArray);
    case "told":
      return canBeArray(shape.of);
    case "text":
    case "atom":
    case "object":
      return false;
  }
};

/** What the value adds to an array that joins arrays to itself: an array its items, anything else itself. */
export function joined(shape: Shape): readonly Run[] {
  if (!canBeArray(shape)) return [{ items: 1, item: shape }];
  if (shape.kind !== "one of") return itemsOf(shape);
  const runs = shape.shapes.map(joined);
  return [{ items: Math.max(...runs.map(countOf)), item: oneOf(runs.map(itemOf)) }];
}

/** The members of both; where both have one, it can be either's. */
export function merged(one: Shape, other: Shape): Shape {
  if (one.kind === "told") return merged(one.of, other);
  if (other.kind === "told") return merged(one, other.of);
  if (one.kind === "one of") return oneOf(one.shapes.map((each) => merged(each, other)));
  if (other.kind === "one of") return oneOf(other.shapes.map((each) => merged(one, each)));
  if (one.kind !== "object" || other.kind !== "object") return unknown;
  const names = [...new Set([...one.members.keys(), ...other.members.keys()])];
  const rests = [one.rest, other.rest].flatMap((each) => each ?? []);
  const either = (name: string): Shape => {
    const own = [one, other].flatMap(({ members, rest }) => members.get(name) ?? rest ?? []);
    return oneOf(own);
  };
  return object(
    names.map((name) => [name, either(name)]),
    rests.length === 0 ? undefined : oneOf(rests),
  );
}

/** The items in arrays of so many. */
export function partitioned(runs: readonly Run[], size: number): Shape {
  const item = itemOf(runs);
  const count = countOf(runs);
  const parts = Number.isFinite(count) ? Math.ceil(count / size) : Infinity;
  return list({ items: parts, item: list({ items: Math.min(count, size), item }) });
}
