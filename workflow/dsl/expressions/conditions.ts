/** Truth, choice between values, and values that may be missing. */
import type { CheckPayload } from "../json_types.ts";
import type { Ref, RefBase, Resolve, Value } from "../ref.ts";
import { expressionOf, reference } from "../reference.ts";
import { call, literal, once, operation } from "./build.ts";

const joined = (operator: string, none: boolean, conditions: readonly Value<boolean>[]): Ref<boolean> =>
  reference(conditions.length === 0 ? literal(none) : operation(operator, ...conditions.map(expressionOf)));

/** Whether all conditions hold; those after the first that doesn't are not evaluated. */
export const and = (...conditions: readonly Value<boolean>[]): Ref<boolean> => joined("and", true, conditions);

/** Whether one of the conditions holds; those after it are not evaluated. */
export const or = (...conditions: readonly Value<boolean>[]): Ref<boolean> => joined("or", false, conditions);

export const not = (condition: Value<boolean>): Ref<boolean> => reference(call("not", expressionOf(condition)));

/** A reference may be missing where it is only passed on; all else has to be JSON. */
export type Passed<P> = P extends RefBase<unknown> ? unknown : CheckPayload<P>;

/** One value where the condition holds, and the other where it doesn't; only the one that is taken is evaluated. */
export const when = <const A, const B>(
  condition: Value<boolean>,
  then: A & Passed<A>,
  otherwise: B & Passed<B>,
): Ref<Resolve<A> | Resolve<B>> =>
  reference({
    kind: "condition",
    if: expressionOf(condition),
    then: expressionOf(then),
    otherwise: expressionOf(otherwise),
  });

/** A reference, also that to a member of a record, which TypeScript says may be undefined: all have one. */
type Member<T> = RefBase<T> | undefined;

/** Whether there is a value; null is one. */
export const exists = (value: Member<unknown>): Ref<boolean> => reference(call("exists", expressionOf(value)));

export const isMissing = (value: Member<unknown>): Ref<boolean> => not(exists(value));

/**
 * A value that is there for sure, whatever its type says: where it is missing, its state fails with `ExpressionFailed`,
 * and the cause says which value it is. Null is a value.
 */
export const required = <T>(value: Member<T>): Ref<Exclude<T, undefined>> =>
  reference({ kind: "required", of: expressionOf(value) });

/** What is of the same kind: any text for a text, any number for a number, and so in objects and arrays. */
type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : { readonly [K in keyof T]: Widened<T[K]> };

/** What a default makes of a type: it widens a union of literals only by what isn't in it. */
type Defaulted<T, D> = D extends Value<T> ? T : T | Resolve<D>;

/**
 * The value, or the other one where it is missing or null. That may be `"none"` for an `"a" | "b"`, and null, but no
 * number.
 */
export const withDefault = <T, const D extends Value<NonNullable<T>> | Value<Widened<NonNullable<T>>> | null>(
  value: Member<T>,
  other: D,
): Ref<Defaulted<NonNullable<T>, D>> =>
  reference(
    once(expressionOf(value), (known) => ({
      kind: "condition",
      // Comparing what is missing with anything is false.
      if: operation("!=", known, literal(null)),
      then: known,
      otherwise: expressionOf(other),
    })),
  );
