/** What a Task asks a service to do, as data: `flow.task` runs it, and `flow.callback` waits for its answer. */
import type * as z from "zod";
import type { Statement } from "../statement.ts";

declare const yielded: unique symbol;
declare const asked: unique symbol;

/** A request to a service; `T` is what its step yields, `A` the Arguments that the service gets, for mocks. */
export interface Call<out T, out A = unknown> {
  readonly [yielded]?: T;
  readonly [asked]?: A;
  /** The ASL resource, with its `.sync` where the step waits for the job's end. */
  readonly resource: string;
  readonly arguments: unknown;
  /** JSONata of what the step yields. @default the whole result */
  readonly yields?: string;
  /** What is known of what its step yields. */
  readonly schema?: z.ZodType | undefined;
  readonly permissions: readonly Statement[];
}

/** A request that can carry a task token, so that a step can wait until somebody answers it. */
export interface CallbackCall<out T, out A = unknown> extends Call<T, A> {
  /** Its ASL resource with `.waitForTaskToken`. */
  readonly callback: string;
}

/** What a call whose answer nobody else knows takes. The schema gives the answer its type; nothing checks it. */
export interface Answered<A extends z.ZodType> {
  /** @default the answer is `unknown` */
  readonly answer?: A;
}

declare const answer: unique symbol;

/**
 * The token of a callback: whoever has it answers with SendTaskSuccess, whose output is the JSON of an `A`, or with
 * SendTaskFailure.
 */
export type TaskToken<A> = string & { readonly [answer]?: A };

/** What a token is answered with. */
export type Answer<T> = T extends TaskToken<infer A> ? A : never;
