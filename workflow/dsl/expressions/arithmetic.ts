/** Value<readonly number[]>. What is no finite number, such as a division by zero, fails the state where it is used. */
import type { Ref, Value } from "../ref.ts";
import { expressionOf, isReference, reference } from "../reference.ts";
import type { Expression } from "../expression.ts";
import { call, literal, operation } from "./build.ts";

const joined = (operator: string, none: number, terms: readonly Value<number>[]): Ref<number> =>
  reference(terms.length === 0 ? literal(none) : operation(operator, ...terms.map(expressionOf)));
const binary =
  (operator: string) =>
  (one: Value<number>, other: Value<number>): Ref<number> =>
    reference(operation(operator, expressionOf(one), expressionOf(other)));
const unary =
  (name: string) =>
  (number: Value<number>): Ref<number> =>
    reference(call(name, expressionOf(number)));

export const add = (...terms: readonly Value<number>[]): Ref<number> => joined("+", 0, terms);
export const multiply = (...factors: readonly Value<number>[]): Ref<number> => joined("*", 1, factors);
export const subtract = binary("-");
export const divide = binary("/");
/** What is left after a division; it has the sign of the first number, as JavaScript's `%`. */
export const modulo = binary("%");
export const negate = (number: Value<number>): Ref<number> => subtract(0, number);

export const abs = unary("abs");
export const floor = unary("floor");
export const ceil = unary("ceil");
/** To so many decimal places; a half goes to the even neighbour. */
export const round = (number: Value<number>, places: Value<number> = 0): Ref<number> =>
  reference(call("round", expressionOf(number), expressionOf(places)));

/** An array of numbers: its items need no care, for none of them is an array. */
const numbers = (values: Value<readonly number[]>): Expression =>
  isReference(values) ? expressionOf(values) : { kind: "array", items: values.map(expressionOf) };

/** Of an empty array there is no largest and no smallest number. */
type Extreme<A> = A extends readonly [unknown, ...unknown[]] ? number : number | undefined;

export const sum = (values: Value<readonly number[]>): Ref<number> => reference(call("sum", numbers(values)));
export const max = <const A extends Value<readonly number[]>>(values: A): Ref<Extreme<A>> =>
  reference(call("max", numbers(values)));
export const min = <const A extends Value<readonly number[]>>(values: A): Ref<Extreme<A>> =>
  reference(call("min", numbers(values)));

/** The number that a text is, such as `-1.5e3`; any other text fails the state. */
export const toNumber = (text: Value<string>): Ref<number> => reference(call("number", expressionOf(text)));
