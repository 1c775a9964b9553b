/**
 * References: values that exist only while the machine runs. Their types are the data flow of a workflow; at run time a
 * reference is a proxy over a JSONata expression that can be navigated, and nothing else: using it as if it were the
 * value (in a template, a condition, an `await`) is an error that says what to write instead.
 */
declare const brand: unique symbol;
export type Primitive = string | number | boolean | null;

/** What a function returns that returns nothing. */
export type Nothing = ReturnType<() => void>;

/** What every reference is, whatever it refers to; covariant in `T`. */
export interface RefBase<out T> {
  readonly [brand]: { readonly type: T };
}

/** Distributes: the keys of every member of a union. */
type Key<T> = T extends readonly unknown[] ? never : T extends object ? keyof T & string : never;
type At<T, K extends PropertyKey> = T extends null | undefined
  ? undefined
  : T extends object
    ? K extends keyof T
      ? // A member of a record may be missing, as one that is optional.
        string extends K
        ? T[K] | undefined
        : T[K]
      : undefined
    : undefined;

/** A value known only when the workflow runs. A reference to an object can be navigated; elements of arrays are `at(array, 0)`. */
export type Ref<T> = RefBase<T> & { readonly [K in Key<T>]-?: Ref<At<T, K>> };

/**
 * What may stand where a `T` is wanted: the value, a reference to it, or an object or array of such. A member that `T`
 * may lack can be left out, but not be a reference to what may be missing.
 */
export type Value<T> =
  | RefBase<T>
  | (T extends Primitive | undefined
      ? T
      : T extends readonly (infer E)[]
        ? readonly Value<E>[]
        : T extends object
          ? { readonly [K in keyof T]: Value<Exclude<T[K], undefined>> | Extract<T[K], undefined> }
          : T);

/** What a payload is once its references are resolved. */
export type Resolve<P> =
  P extends RefBase<infer T>
    ? T
    : P extends Primitive | undefined
      ? P
      : P extends (...args: never) => unknown
        ? never
        : { -readonly [K in keyof P]: Resolve<P[K]> };

/** What the elements are of an array that is a reference, or holds references. */
export type ElementOf<A> = Resolve<A> extends readonly (infer E)[] ? E : never;
