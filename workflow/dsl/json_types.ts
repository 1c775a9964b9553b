/** Why a type is not JSON, as a sentence in the type: what a wrong handler or payload meets at compile time. */
import type { Nothing, Primitive, RefBase } from "./ref.ts";

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

export type CheckResult<R> = [Problem<R>] extends [never] ? unknown : NotJson<Problem<R>>;
export type CheckPayload<P> = [PayloadProblem<P>] extends [never] ? unknown : NotJson<PayloadProblem<P>>;

/** What the next step sees of a handler's result: one that returns nothing has the result null. */
export type Wire<T> = T extends Nothing ? null : T;
