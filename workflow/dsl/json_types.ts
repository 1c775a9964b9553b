/** Why a type is not JSON, as a sentence in the type: what a wrong handler or payload meets at compile time. */
import type * as z from "zod";
import type { Nothing, Primitive, RefBase, Resolve } from "./ref.ts";

/** Met by a value that is not JSON; its argument says where and why. */
export interface NotJson<in out Why> {
  readonly __notJson: Why;
}

type Leaf<T, P extends string> = T extends Primitive
  ? "fine"
  : T extends Nothing
    ? "fine"
    : T extends bigint
      ? `${P}: a bigint is not JSON; use a string`
      : T extends symbol
        ? `${P}: a symbol is not JSON`
        : T extends (...args: never) => unknown
          ? `${P}: a function (or a class's method) is not JSON; use a plain object`
          : T extends Date
            ? `${P}: a Date is not JSON; use .toISOString()`
            : T extends ReadonlyMap<unknown, unknown>
              ? `${P}: a Map is not JSON; use Object.fromEntries(…)`
              : T extends ReadonlySet<unknown>
                ? `${P}: a Set is not JSON; use [...set]`
                : T extends PromiseLike<unknown>
                  ? `${P}: a Promise is not JSON; await it`
                  : T extends ArrayBuffer | ArrayBufferView
                    ? `${P}: bytes are not JSON; use a base64 string`
                    : "structure";

/** The problems of a handler's result, with the path to each; `never` if it is JSON. Bounded in depth, so recursive types are fine. */
export type Problem<T, P extends string = "result", Depth extends 0[] = []> = Depth["length"] extends 6
  ? never
  : unknown extends T
    ? `${P}: \`unknown\` may not be JSON; give it a type`
    : T extends RefBase<unknown>
      ? `${P}: a reference can't be returned from inside a Lambda`
      : Leaf<T, P> extends "fine"
        ? never
        : Leaf<T, P> extends "structure"
          ? T extends readonly (infer E)[]
            ? | (undefined extends E ? `${P}[]: undefined in an array becomes null` : never)
              | Problem<E, `${P}[]`, [...Depth, 0]>
            : { [K in keyof T & string]-?: Problem<T[K], `${P}.${K}`, [...Depth, 0]> }[keyof T & string]
          : Leaf<T, P>;

/** A missing value is an error where Step Functions evaluates it; `unknown` and `any` are not known to be missing. */
type MaybeMissing<V, P extends string> = unknown extends V
  ? never
  : undefined extends V
    ? `${P}: the value may be missing; use withDefault(reference, …)`
    : never;

/** The problems of a payload, in which references are welcome. */
export type PayloadProblem<T, P extends string = "payload", Depth extends 0[] = []> = Depth["length"] extends 6
  ? never
  : T extends RefBase<infer V>
    ? MaybeMissing<V, P>
    : unknown extends T
      ? `${P}: \`unknown\` may not be JSON; give it a type`
      : Leaf<T, P> extends "fine"
        ? never
        : Leaf<T, P> extends "structure"
          ? T extends readonly (infer E)[]
            ? PayloadProblem<E, `${P}[]`, [...Depth, 0]>
            : { [K in keyof T & string]-?: PayloadProblem<T[K], `${P}.${K}`, [...Depth, 0]> }[keyof T & string]
          : Leaf<T, P>;

/** The problems of what a block returns. What is `unknown` already where the block is written is its helper's affair. */
type BlockProblem<B> = [unknown] extends [B]
  ? never
  : B extends PromiseLike<unknown>
    ? "result: a block is written at once; leave `async` out"
    : PayloadProblem<B, "result">;

export type CheckResult<R> = [Problem<R>] extends [never] ? unknown : NotJson<Problem<R>>;
export type CheckPayload<P> = [PayloadProblem<P>] extends [never] ? unknown : NotJson<PayloadProblem<P>>;
/** An array that is a reference or written here; `Nested` is what it holds. */
export type CheckArray<A, Nested = unknown> = [Resolve<A>] extends [readonly Nested[] | undefined]
  ? CheckPayload<A>
  : NotJson<Nested extends readonly unknown[] ? "payload: not an array of arrays" : "payload: not an array">;
export type CheckBlock<B> = [BlockProblem<B>] extends [never] ? unknown : NotJson<BlockProblem<B>>;

/** What the next step sees of a handler's result: one that returns nothing has the result null. */
export type Wire<T> = T extends Nothing ? null : T;

/** The schemas of a Lambda's options; `undefined` stands for none. */
type Schemas = z.ZodType | undefined;

/** A schema's side of a comparison: references resolve to what is readonly. */
type ReadonlyDeep<T> = T extends Nothing | Primitive | ((...args: never) => unknown)
  ? T
  : T extends object
    ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
    : T;

/** Where a value does not fit what a schema takes, to the depth of one member. */
type Misfit<T, Wanted, P extends string, Option extends string> =
  T extends ReadonlyDeep<Wanted>
    ? never
    : Wanted extends readonly unknown[]
      ? `${P}: does not fit the schema \`${Option}\``
      : Wanted extends object
        ? T extends object
          ? {
              [K in keyof Wanted & string]-?: K extends keyof T
                ? T[K] extends ReadonlyDeep<Wanted[K]>
                  ? never
                  : `${P}.${K}: does not fit the schema \`${Option}\``
                : undefined extends Wanted[K]
                  ? never
                  : `${P}.${K}: the schema \`${Option}\` wants it, and it is missing`;
            }[keyof Wanted & string]
          : `${P}: does not fit the schema \`${Option}\``
        : `${P}: does not fit the schema \`${Option}\``;

/** What a handler gets: what the schema `input` makes of the payload, or the payload itself. */
export type EventOf<Payload, In extends Schemas> = In extends z.ZodType ? z.output<In> : Payload;

/** Whether what a payload resolves to fits the schema `input`. */
export type CheckEvent<Payload, In extends Schemas> = In extends z.ZodType
  ? [Misfit<Payload, z.input<In>, "payload", "input">] extends [never]
    ? unknown
    : NotJson<Misfit<Payload, z.input<In>, "payload", "input">>
  : unknown;

/** Whether what a handler returns is JSON or, with a schema `output`, fits it and becomes JSON by it. */
export type CheckReturned<R, Out extends Schemas> = Out extends z.ZodType
  ? [Misfit<R, z.input<Out>, "result", "output">] extends [never]
    ? CheckResult<z.output<Out>>
    : NotJson<Misfit<R, z.input<Out>, "result", "output">>
  : CheckResult<R>;

/** What the next step sees of a Lambda. */
export type Returned<R, Out extends Schemas> = Out extends z.ZodType ? Wire<z.output<Out>> : Wire<R>;
