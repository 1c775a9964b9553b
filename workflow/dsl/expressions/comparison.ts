/** Comparisons. What is missing equals nothing; null is a value. */
import type { Primitive, Ref, RefBase, Value } from "../ref.ts";
import { expressionOf, reference } from "../reference.ts";
import { operation } from "./build.ts";
import { not } from "./conditions.ts";

/** A number compares with a number, a text with a text. */
type Like<A> = A extends Value<number> ? Value<number> : Value<string>;

const compare =
  (operator: string) =>
  <const A extends Value<number> | Value<string>>(one: A, other: Like<A>): Ref<boolean> =>
    reference(operation(operator, expressionOf(one), expressionOf(other)));

/** Whether two values are equal, objects and arrays by what they hold. */
export const eq = <T>(one: RefBase<T>, other: Value<NoInfer<T>>): Ref<boolean> =>
  reference(operation("=", expressionOf(one), expressionOf(other)));

export const ne = <T>(one: RefBase<T>, other: Value<NoInfer<T>>): Ref<boolean> =>
  // JSONata's own != is false of what is missing.
  not(eq(one, other));

/** Texts are in the order of their UTF-16 code units, as in JavaScript. */
export const lt = compare("<");
export const lte = compare("<=");
export const gt = compare(">");
export const gte = compare(">=");

/** Whether the value is one of those in the array. For objects and arrays: `contains(array, value)`. */
export const isIn = <T extends Primitive | undefined>(
  value: RefBase<T>,
  array: Value<readonly NoInfer<Exclude<T, undefined>>[]>,
): Ref<boolean> =>
  // A single member that JSONata takes out of its array is found all the same.
  reference(operation("in", expressionOf(value), expressionOf(array)));
