/** Arrays. They stay arrays, however few elements are left. */
import type { CheckPayload, NotJson } from "../json_types.ts";
import type { Ref, RefBase, Resolve, Value } from "../ref.ts";
import { expressionOf, reference, stepInto } from "../reference.ts";
import type { Expression } from "../expression.ts";
import { call, lambda, list, literal, operation } from "./build.ts";
import { not } from "./conditions.ts";
import { eq, gt } from "./comparison.ts";

type Condition<T> = (item: Ref<T>) => Value<boolean>;

const perItem = <T>(body: (item: Ref<T>, index: Ref<number>) => unknown): Expression =>
  lambda(body.length > 1 ? ["item", "index"] : ["item"], (item, index = literal(0)) =>
    expressionOf(body(reference(item), reference(index))),
  );

/** How many elements an array has. */
export const length = (array: RefBase<readonly unknown[]>): Ref<number> =>
  reference(call("count", expressionOf(array)));

/** An element of an array, from 0; negative counts from the end. There may be none. */
export const at = <T>(array: RefBase<readonly T[]>, index: Value<number>): Ref<T | undefined> =>
  reference(
    typeof index === "number"
      ? stepInto(expressionOf(array), index)
      : { kind: "element", of: expressionOf(array), at: expressionOf(index) },
  );

/** The elements of which the condition holds: `filter(files, (file) => gt(file.size, 0))`. */
export const filter = <T>(array: RefBase<readonly T[]>, condition: Condition<T>): Ref<T[]> =>
  reference(list(call("filter", expressionOf(array), perItem(condition))));

/** A value for each element: `map(files, (file) => file.key)`. What may be missing is refused, for it would leave a gap. */
export const map = <T, const R>(
  array: RefBase<readonly T[]>,
  value: (item: Ref<T>, index: Ref<number>) => R & CheckPayload<R>,
): Ref<Resolve<R>[]> => reference(list(call("map", expressionOf(array), perItem(value))));

export const some = <T>(array: RefBase<readonly T[]>, condition: Condition<T>): Ref<boolean> =>
  gt(length(filter(array, condition)), 0);

export const every = <T>(array: RefBase<readonly T[]>, condition: Condition<T>): Ref<boolean> =>
  not(some(array, (item) => not(condition(item))));

/** Whether an element equals the value, objects and arrays by what they hold. */
export const contains = <T>(array: RefBase<readonly T[]>, value: Value<NoInfer<T>>): Ref<boolean> =>
  some(array, (item) => eq<T>(item, value));

type ElementOf<P> = Resolve<P> extends readonly (infer E)[] ? E : never;
type ArrayOnly<P> =
  Resolve<P> extends readonly unknown[] ? CheckPayload<P> : NotJson<"concat: only arrays can be joined">;

/** All elements of the arrays, one array after the other. */
export const concat = <const A extends readonly unknown[]>(
  ...arrays: { readonly [K in keyof A]: A[K] & ArrayOnly<A[K]> }
): Ref<ElementOf<A[number]>[]> =>
  reference({
    kind: "array",
    items: arrays.map(expressionOf).flatMap((each) => (each.kind === "array" ? each.items : [each])),
  });

/** The elements of the arrays in an array. */
export const flatten = <T>(arrays: RefBase<readonly (readonly T[])[]>): Ref<T[]> =>
  reference(
    call(
      "reduce",
      expressionOf(arrays),
      lambda(["all", "next"], (all, next) => ({ kind: "array", items: [all, next] })),
      { kind: "array", items: [] },
    ),
  );

/** In the order of what each element is sorted by, all numbers or all texts; equal ones stay in their order. */
export const sort = <T>(
  array: RefBase<readonly T[]>,
  by: (item: Ref<T>) => Value<number> | Value<string>,
  order: "ascending" | "descending" = "ascending",
): Ref<T[]> => {
  const key = (item: Expression): Expression => expressionOf(by(reference(item)));
  const swapped = lambda(["left", "right"], (left, right) =>
    operation(order === "ascending" ? ">" : "<", key(left), key(right)),
  );
  return reference(list(call("sort", expressionOf(array), swapped)));
};

/** The elements without those that equal an earlier one. */
export const distinct = <T>(array: RefBase<readonly T[]>): Ref<T[]> =>
  reference(list(call("distinct", expressionOf(array))));

/** The elements in arrays of so many, the last of which may have fewer. */
export const partition = <T>(array: RefBase<readonly T[]>, size: Value<number>): Ref<T[][]> =>
  reference(list(call("partition", expressionOf(array), expressionOf(size))));

/** The numbers from the first up to the last, both included; at most 1,000, as Step Functions allows. */
export const range = (first: Value<number>, last: Value<number>, step: Value<number> = 1): Ref<number[]> =>
  reference(list(call("range", expressionOf(first), expressionOf(last), expressionOf(step))));
