/** The vocabulary of conditions and computed values. */
import type { Ref, RefBase, Value } from "./ref.ts";
import type { Expression } from "./expression.ts";
import { expressionOf, reference, stepInto } from "./reference.ts";

const operation = (operator: string, ...operands: unknown[]): Expression => ({
  kind: "operation",
  operator,
  operands: operands.map(expressionOf),
});
const call = (name: string, ...values: unknown[]): Expression => ({
  kind: "call",
  function: name,
  arguments: values.map(expressionOf),
});

type Comparable = string | number;

/** Whether two values are equal, objects and arrays by what they hold; what is missing equals nothing. */
export const eq = <T>(one: RefBase<T>, other: Value<NoInfer<T>>): Ref<boolean> => reference(operation("=", one, other));
export const ne = <T>(one: RefBase<T>, other: Value<NoInfer<T>>): Ref<boolean> =>
  // JSONata's own != is false of what is missing.
  not(eq(one, other));
export const lt = <T extends Comparable>(one: Value<T>, other: Value<T>): Ref<boolean> =>
  reference(operation("<", one, other));
export const lte = <T extends Comparable>(one: Value<T>, other: Value<T>): Ref<boolean> =>
  reference(operation("<=", one, other));
export const gt = <T extends Comparable>(one: Value<T>, other: Value<T>): Ref<boolean> =>
  reference(operation(">", one, other));
export const gte = <T extends Comparable>(one: Value<T>, other: Value<T>): Ref<boolean> =>
  reference(operation(">=", one, other));
export const and = (...conditions: readonly Value<boolean>[]): Ref<boolean> =>
  reference(operation("and", ...conditions));
export const or = (...conditions: readonly Value<boolean>[]): Ref<boolean> => reference(operation("or", ...conditions));
export const not = (condition: Value<boolean>): Ref<boolean> => reference(call("not", condition));
export const add = (...terms: readonly Value<number>[]): Ref<number> => reference(operation("+", ...terms));

/** How many elements an array has. */
export const length = (array: RefBase<readonly unknown[]>): Ref<number> => reference(call("count", array));

/** The value, or the other one where it is missing or null. */
export const withDefault = <T>(value: RefBase<T>, other: Value<NonNullable<T>>): Ref<NonNullable<T>> =>
  reference({ kind: "default", value: expressionOf(value), otherwise: expressionOf(other) });

/** A string built while the machine runs: `text\`s3://${bucket}/${key}\``. */
export function text(strings: TemplateStringsArray, ...values: readonly Value<string | number>[]): Ref<string> {
  const parts = strings.flatMap((part, index): unknown[] => (index < values.length ? [part, values[index]] : [part]));
  const joined = parts.reduce<unknown[]>((done, part) => {
    const last = done.at(-1);
    const isText = typeof part === "string" && typeof last === "string";
    return isText ? [...done.slice(0, -1), last + part] : [...done, part];
  }, []);
  // `&` makes text of whatever it joins, so a number in front needs the empty text before it.
  return reference(operation("&", ...joined.filter((part, index) => part !== "" || index === 0)));
}

/** A member of an object whose keys are known only as text, such as a record's. */
export const member = <T extends object, K extends keyof T & string>(object: RefBase<T>, key: K): Ref<T[K]> =>
  reference(stepInto(expressionOf(object), key));

/** An element of an array, from 0; negative counts from the end. There may be none. */
export const at = <T>(array: RefBase<readonly T[]>, index: number): Ref<T | undefined> =>
  reference(stepInto(expressionOf(array), index));
