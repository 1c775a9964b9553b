/** Objects. */
import type { CheckPayload, NotJson } from "../json_types.ts";
import type { Primitive, Ref, RefBase, Resolve, Value } from "../ref.ts";
import { expressionOf, reference, stepInto } from "../reference.ts";
import { call, lambda, list, once, operation } from "./build.ts";

type Present<T extends object> = Exclude<T[keyof T], undefined>;

/** A member of an object whose keys are known only as text, such as a record's. */
export const member = <T extends object, K extends keyof T & string>(object: RefBase<T>, key: K): Ref<T[K]> =>
  reference(stepInto(expressionOf(object), key));

/** The member whose key is known only while the machine runs. There may be none. */
export const lookup = <T extends object>(object: RefBase<T>, key: Value<string>): Ref<T[keyof T] | undefined> =>
  reference(call("lookup", expressionOf(object), expressionOf(key)));

/** An object of only these members. */
export const pick = <T extends object, const K extends keyof T & string>(
  object: RefBase<T>,
  ...keys: readonly K[]
): Ref<Pick<T, K>> =>
  reference(
    once(expressionOf(object), (known) => ({
      kind: "object",
      members: Object.fromEntries(keys.map((key) => [key, stepInto(known, key)])),
    })),
  );

/** The object without these members. */
export const omit = <T extends object, const K extends keyof T & string>(
  object: RefBase<T>,
  ...keys: readonly K[]
): Ref<Omit<T, K>> => {
  const kept = lambda(["value", "key"], (_, key) => call("not", operation("in", key, expressionOf(keys))));
  // Of an empty object JSONata makes nothing; merged, nothing is an empty object again.
  return reference(call("merge", list(call("sift", expressionOf(object), kept))));
};

/** The members of both; where both have one, the second's counts, unless it is missing. */
type Merged<A, B> = {
  [K in keyof A | keyof B]: K extends keyof B
    ? undefined extends B[K]
      ? Exclude<B[K], undefined> | (K extends keyof A ? A[K] : undefined)
      : B[K]
    : K extends keyof A
      ? A[K]
      : never;
};
type ObjectOnly<P> = [Resolve<P>] extends [Primitive | undefined | readonly unknown[]]
  ? NotJson<"merge: only objects can be merged">
  : unknown;

/** The members of two objects; where both have one, the second's counts. */
export const merge = <const A, const B>(
  one: A & CheckPayload<A> & ObjectOnly<A>,
  other: B & CheckPayload<B> & ObjectOnly<B>,
): Ref<Merged<Resolve<A>, Resolve<B>>> =>
  reference(call("merge", { kind: "array", items: [expressionOf(one), expressionOf(other)] }));

export const keys = (object: RefBase<object>): Ref<string[]> => reference(list(call("keys", expressionOf(object))));

export const values = <T extends object>(object: RefBase<T>): Ref<Present<T>[]> =>
  reference(
    list(
      call(
        "each",
        expressionOf(object),
        lambda(["value"], (value) => value),
      ),
    ),
  );

/** The members of an object as an array, for `map`, `filter` and `flow.map`. */
export const entries = <T extends object>(object: RefBase<T>): Ref<{ key: string; value: Present<T> }[]> =>
  reference(
    list(
      call(
        "each",
        expressionOf(object),
        lambda(["value", "key"], (value, key) => ({ kind: "object", members: { key, value } })),
      ),
    ),
  );
