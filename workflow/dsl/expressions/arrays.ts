/** Arrays. They stay arrays, however few elements are left. */
import type { CheckArray, CheckPayload } from "../json_types.ts";
import type { ElementOf, Ref, Resolve, Value } from "../ref.ts";
import { expressionOf, reference, stepInto } from "../reference.ts";
import type { Expression } from "../expression.ts";
import { call, lambda, list, literal, operation } from "./build.ts";
import { eq } from "./comparison.ts";
import { not } from "./conditions.ts";

type Condition<A> = (item: Ref<ElementOf<A>>) => Value<boolean>;

const perItem = <T>(body: (item: Ref<T>, index: Ref<number>) => unknown): Expression =>
  lambda(body.length > 1 ? ["item", "index"] : ["item"], (item, index = literal(0)) =>
    expressionOf(body(reference(item), reference(index))),
  );

const count = (array: Expression): Expression => call("count", array);

const filtered = <T>(array: unknown, condition: (item: Ref<T>) => unknown): Expression =>
  list(call("filter", expressionOf(array), perItem(condition)));

const isAny = <T>(array: unknown, condition: (item: Ref<T>) => unknown): Expression =>
  operation(">", count(filtered(array, condition)), literal(0));

/** How many elements an array has. */
export const length = <const A>(array: A & CheckArray<A>): Ref<number> => reference(count(expressionOf(array)));

/** An element of an array, from 0; negative counts from the end. There may be none. */
export const at = <const A>(array: A & CheckArray<A>, index: Value<number>): Ref<ElementOf<A> | undefined> =>
  reference(
    typeof index === "number"
      ? stepInto(expressionOf(array), index)
      : { kind: "element", of: expressionOf(array), at: expressionOf(index) },
  );

/** The elements of which the condition holds: `filter(files, (file) => gt(file.size, 0))`. */
export const filter = <const A>(array: A & CheckArray<A>, condition: Condition<A>): Ref<ElementOf<A>[]> =>
  reference(filtered(array, condition));

/** A value for each element: `map(files, (file) => file.key)`. What may be missing is refused, for it would leave a gap. */
export const map = <const A, const R>(
  array: A & CheckArray<A>,
  value: (item: Ref<ElementOf<A>>, index: Ref<number>) => R & CheckPayload<R>,
): Ref<Resolve<R>[]> => reference(list(call("map", expressionOf(array), perItem(value))));

export const some = <const A>(array: A & CheckArray<A>, condition: Condition<A>): Ref<boolean> =>
  reference(isAny(array, condition));

export const every = <const A>(array: A & CheckArray<A>, condition: Condition<A>): Ref<boolean> =>
  reference(
    call(
      "not",
      isAny(array, (item: Ref<ElementOf<A>>) => not(condition(item))),
    ),
  );

/** Whether an element equals the value, objects and arrays by what they hold. */
export const contains = <A>(array: A & CheckArray<A>, value: Value<ElementOf<A>>): Ref<boolean> =>
  reference(isAny(array, (item) => eq<unknown>(item, value)));

/** All elements of the arrays, one array after the other. */
export const concat = <const A extends readonly unknown[]>(
  ...arrays: { readonly [K in keyof A]: A[K] & CheckArray<A[K]> }
): Ref<ElementOf<A[number]>[]> =>
  reference({
    kind: "array",
    items: arrays.map(expressionOf).flatMap((each) => (each.kind === "array" ? each.items : [each])),
  });

/** The elements of the arrays in an array. */
export const flatten = <const A>(arrays: A & CheckArray<A, readonly unknown[]>): Ref<ElementOf<ElementOf<A>>[]> =>
  reference(
    call(
      "reduce",
      expressionOf(arrays),
      lambda(["all", "next"], (all, next) => ({ kind: "array", items: [all, next] })),
      { kind: "array", items: [] },
    ),
  );

/** In the order of what each element is sorted by, all numbers or all texts; equal ones stay in their order. */
export const sort = <const A>(
  array: A & CheckArray<A>,
  by: (item: Ref<ElementOf<A>>) => Value<number> | Value<string>,
  order: "ascending" | "descending" = "ascending",
): Ref<ElementOf<A>[]> => {
  const key = (item: Expression): Expression => expressionOf(by(reference(item)));
  const swapped = lambda(["left", "right"], (left, right) =>
    operation(order === "ascending" ? ">" : "<", key(left), key(right)),
  );
  return reference(list(call("sort", expressionOf(array), swapped)));
};

/** The elements without those that equal an earlier one. */
export const distinct = <const A>(array: A & CheckArray<A>): Ref<ElementOf<A>[]> =>
  reference(list(call("distinct", expressionOf(array))));

/** The elements in arrays of so many, the last of which may have fewer. */
export const partition = <const A>(array: A & CheckArray<A>, size: Value<number>): Ref<ElementOf<A>[][]> =>
  reference(list(call("partition", expressionOf(array), expressionOf(size))));

/** The numbers from the first up to the last, both included; at most 1,000, as Step Functions allows. */
export const range = (first: Value<number>, last: Value<number>, step: Value<number> = 1): Ref<number[]> =>
  reference(list(call("range", expressionOf(first), expressionOf(last), expressionOf(step))));
