/** Parameters and results of the AWS SDK's commands as Step Functions has them, and why parameters are none. */
import type { RefBase } from "./ref.ts";

/**
 * Step Functions writes the names of parameters and results in PascalCase, whatever the SDK's case, at every depth; the
 * keys of maps are data.
 */
type Pascal<K> = string extends K ? K : K extends string ? Capitalize<K> : K;

type Bytes = Uint8Array | { transformToByteArray: (...args: never) => unknown };

/** A result as it is in ASL: timestamps are text, and so are bytes. */
export type SdkOutput<T> = T extends Date | Bytes
  ? string
  : T extends readonly (infer E)[]
    ? SdkOutput<E>[]
    : T extends object
      ? { [K in keyof T as K extends "$metadata" ? never : Pascal<K>]: SdkOutput<T[K]> }
      : T;

/** The API's type of a parameter: the SDK's own types let what they require be undefined. */
type ParameterOf<T, K extends keyof T> = T extends Record<K, T[K]> ? Exclude<T[K], undefined> : T[K];

/**
 * Parameters as they are in ASL: values or references, at every depth, but no reference to what may be missing, which
 * fails a step. `Name` is the parameter's: the compiler shows it where a value is of another type.
 */
export type SdkInput<T, Name extends PropertyKey = "Arguments"> =
  | RefBase<SdkOutput<Exclude<T, undefined>>>
  | (T extends Date | Bytes
      ? string
      : T extends readonly (infer E)[]
        ? readonly SdkInput<E, Name>[]
        : T extends object
          ? { readonly [K in keyof T as Pascal<K>]: SdkInput<ParameterOf<T, K>, Pascal<K> & PropertyKey> }
          : T);

type At<P, K> = K extends keyof P ? P[K] : unknown;

/** Whether it is an object of one kind: of several, it isn't known which is meant. */
type IsObject<T, All = T> = T extends Date | Bytes | readonly unknown[]
  ? false
  : T extends object
    ? [All] extends [T]
      ? true
      : false
    : false;

/** The members that a kind of a union has: the SDK lets each kind have those of the others, as what can't be. */
type OwnName<T> = { [K in keyof T]-?: [Exclude<T[K], undefined>] extends [never] ? never : Pascal<K> }[keyof T];

type Having<T, P> = T extends object ? (keyof P extends OwnName<T> ? T : never) : never;

/** Of a union the kinds that have what is written, such as `{ N: … }` of DynamoDB's attributes, if there are any. */
type Meant<T, P> = [Having<T, P>] extends [never] ? Exclude<T, undefined> : Having<T, P>;

/** `SdkInput` for parameters of the type `P`: where they are written as objects, the compiler says what those lack. */
type Parameters<T, P> = string extends keyof T
  ? { readonly [K in keyof P]: Written<T[keyof T], K, P[K]> }
  : { readonly [K in keyof T as Pascal<K>]: Written<ParameterOf<T, K>, Pascal<K> & PropertyKey, At<P, Pascal<K>>> };

type Written<T, Name extends PropertyKey, P> =
  P extends RefBase<unknown>
    ? SdkInput<T, Name>
    : P extends readonly (infer Q)[]
      ? Exclude<T, undefined> extends readonly (infer E)[]
        ? readonly Written<E, Name, Q>[]
        : SdkInput<T, Name>
      : P extends object
        ? IsObject<Meant<T, P>> extends true
          ? Parameters<Meant<T, P>, P>
          : SdkInput<T, Name>
        : SdkInput<T, Name>;

type RequiredName<T> = { [K in keyof T]-?: T extends Record<K, T[K]> ? Pascal<K> : never }[keyof T];

/** Met by parameters that lack what the API requires; its argument says what. */
export interface MissingParameter<in out Why> {
  readonly __missingParameter: Why;
}

/**
 * What parameters of the type `P` have to be, for an API that takes an `I`. That the first branch, which is never taken,
 * has `P` is what lets the compiler infer it from the argument.
 */
export type CheckInput<P, I> = [P] extends [never]
  ? P
  : P extends RefBase<unknown>
    ? SdkInput<I>
    : [Exclude<RequiredName<I>, keyof P>] extends [never]
      ? Parameters<I, P>
      : MissingParameter<`Property '${Exclude<RequiredName<I>, keyof P> & string}' is missing`> & SdkInput<I>;
