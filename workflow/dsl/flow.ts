/**
 * The language: what can stand in a workflow. Each call adds a step to the block that is being written, and returns a
 * reference to what the step will yield. A block is a function; what it returns is what it yields.
 */
import type * as z from "zod";
import type { Call, CallbackCall, TaskToken } from "./calls/call.ts";
import type { Context } from "./expressions/context.ts";
import type {
  CheckArray,
  CheckBlock,
  CheckEvent,
  CheckPayload,
  CheckReturned,
  EventOf,
  Returned,
} from "./json_types.ts";
import type { Items, Written } from "./items.ts";
import type {
  AthenaOptions,
  Batch,
  CallbackOptions,
  DistributedMapOptions,
  LambdaCallbackOptions,
  LambdaOptions,
  MapOptions,
  Pace,
  ResultWriter,
  RetryOptions,
  Schema,
  StepOptions,
  TaskOptions,
} from "./options.ts";
import type { ElementOf, Nothing, Ref, RefBase, Resolve, Value } from "./ref.ts";
import type { Ended } from "./writer.ts";

/** What a block gives to its step. */
export type Yielded<B> = B extends Ended ? never : B extends Nothing ? null : Resolve<B>;

/** What a helper takes that hands a block on to a step, whatever the block returns. */
export type Block<B> = CheckBlock<B> & ((flow: Flow) => B);

/** What a helper takes that hands a value on, whatever it is: `flow.let<P>(name, payload)`. */
export type Payload<P> = CheckPayload<P> & P;

/**
 * The error that a handler gets: one of the names that it is for, or any where those stand for many. A timeout has an
 * empty cause, and so has a Fail that gives none; its name is empty as well if it gives no name.
 */
export interface CaughtError<E extends string = string> {
  readonly Error: Extract<E, "States.ALL" | "States.TaskFailed"> extends never ? E : string;
  readonly Cause: string;
}

/** Steps whose errors are caught. It needs a `catch`, which is for the errors that no `on` is for. */
export interface Try<A> {
  /** A handler for some errors, before others. */
  on<const E extends string, const B>(
    errors: readonly E[],
    handler: CheckBlock<B> & ((flow: Flow, error: Ref<CaughtError<E>>) => B),
  ): Try<A | B>;
  /** The last handler. What the body or the handler that ran returned is what the whole yields. */
  catch<const E extends string, const B>(
    errors: readonly E[],
    handler: CheckBlock<B> & ((flow: Flow, error: Ref<CaughtError<E>>) => B),
  ): Ref<Yielded<A> | Yielded<B>>;
}

type Text = string;

/** What tells ways apart: they stand under its text, such as `true` and `false`. */
type Distinct = string | number | boolean;

/** The members of a union whose member `D` is `K` as a text. */
type Member<T, D extends PropertyKey, K> =
  T extends Readonly<Record<D, Distinct>> ? (K extends `${T[D]}` ? T : never) : never;

/** Met by ways of which one is missing, or one is for nothing; its argument says which. */
export interface WrongWays<in out Why> {
  readonly __wrongWays: Why;
}
/** What a distributed Map yields. Of a failure that is tolerated nobody says what it leaves in its result's place. */
type Results<O extends DistributedMapOptions, R> = O extends { readonly results: ResultWriter }
  ? Written
  : O extends { readonly tolerated: object }
    ? unknown[]
    : R[];

/** The keys of ways. */
type Label<W> = `${keyof W & (string | number)}`;
type CheckWays<K extends Text, W> = [Exclude<K, Label<W>>] extends [never]
  ? [Exclude<Label<W>, K>] extends [never]
    ? { readonly [Case in keyof W]: W[Case] extends (...given: never) => infer B ? CheckBlock<B> : unknown }
    : WrongWays<`there is no value "${Exclude<Label<W>, K>}": leave its way out`>
  : WrongWays<`the value "${Exclude<K, Label<W>>}" has no way: add one`>;
/** A state that begins as a constant is not only that constant. */
type StateOf<S> = S extends string ? string : S extends number ? number : S extends boolean ? boolean : Resolve<S>;
type YieldedBy<Way> = Way extends (...args: never) => infer B ? Yielded<B> : never;

export interface Flow {
  /** What the execution that runs this block knows of itself: `context.Execution.Id` is its ARN. */
  readonly context: Ref<Context>;

  /**
   * A Lambda that is part of the workflow: the payload's type is the handler's event, what the handler returns is the
   * step's type. The handler is written in place or imported; its name is a literal, unique in its file.
   */
  lambda<const P, R, In extends Schema = undefined, Out extends Schema = undefined>(
    name: string,
    payload: CheckPayload<P> & CheckEvent<Resolve<P>, In> & P,
    handler: (event: EventOf<Resolve<P>, In>) => CheckReturned<Awaited<R>, Out> & R,
    options?: LambdaOptions<In, Out>,
  ): Ref<Returned<Awaited<R>, Out>>;

  /** A request to a service, such as `startJobRun(job, { … })` or `sdk(StartCrawlerCommand, { … }, crawler.arn)`. */
  task<T>(name: string, call: Call<T>, options?: TaskOptions): Ref<T>;

  /**
   * A request that somebody answers later, by the token: a person's approval, another system's work.
   * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
   */
  callback<A extends z.ZodType>(
    name: string,
    ask: (token: Ref<TaskToken<z.input<A>>>) => CallbackCall<unknown>,
    options: CallbackOptions<A>,
  ): Ref<z.input<A>>;

  /** A Lambda that passes a token on, by mail say; the step waits until somebody answers by it. */
  lambdaCallback<A extends z.ZodType, const P>(
    name: string,
    payload: (token: Ref<TaskToken<z.input<A>>>) => P & CheckPayload<P>,
    handler: (event: Resolve<P>) => unknown,
    options: LambdaCallbackOptions<A>,
  ): Ref<z.input<A>>;

  /** A query, run to its end: its first 999 rows, each value as text, by the names given. */
  athena<const C extends string>(name: string, sql: Value<string>, options: AthenaOptions<C>): Ref<Record<C, string>[]>;

  /** Two ways on. */
  if<const A, const B = undefined>(
    name: string,
    condition: Value<boolean>,
    then: CheckBlock<A> & ((flow: Flow) => A),
    otherwise?: CheckBlock<B> & ((flow: Flow) => B),
    options?: StepOptions,
  ): Ref<Yielded<A> | Yielded<B>>;

  /**
   * A way on for each value that `on` can have: one that is forgotten does not compile, nor does one too many. A value
   * outside its type fails the execution with `States.NoChoiceMatched`.
   */
  choose<K extends Distinct, const W extends Readonly<Partial<Record<`${K}`, (flow: Flow) => unknown>>>>(
    name: string,
    on: RefBase<K>,
    ways: CheckWays<`${K}`, W> & W,
    options?: StepOptions,
  ): Ref<{ [Case in `${K}`]: YieldedBy<W[Case]> }[`${K}`]>;

  /** A way on for each member of a union that a member of its own tells apart; the ways get it as what it then is. */
  match<
    T extends Readonly<Record<D, Distinct>>,
    D extends keyof T & Text,
    const W extends { readonly [Case in `${T[D]}`]?: (flow: Flow, value: Ref<Member<T, D, Case>>) => unknown },
  >(
    name: string,
    value: RefBase<T>,
    discriminant: D,
    ways: CheckWays<`${T[D]}`, W> & W,
    options?: StepOptions,
  ): Ref<{ [Case in `${T[D]}`]: YieldedBy<W[Case]> }[`${T[D]}`]>;

  /** Branches side by side; what each returns stands under its key. One that fails stops the others. */
  parallel<B extends Readonly<Record<string, unknown>>>(
    name: string,
    branches: { readonly [K in keyof B]: CheckBlock<B[K]> & ((flow: Flow) => B[K]) },
    options?: RetryOptions,
  ): Ref<{ [K in keyof B]: Yielded<B[K]> }>;

  /** The same steps for each element of an array, within the execution; what they return stands in the array's order. */
  map<const A, const R>(
    name: string,
    items: A & CheckArray<A>,
    options: MapOptions,
    body: CheckBlock<R> & ((flow: Flow, item: Ref<ElementOf<A>>, index: Ref<number>) => R),
  ): Ref<Yielded<R>[]>;

  /**
   * A Map whose iterations are executions of their own: 10 items or 10 million, from S3 or not. The body gets an item,
   * or, with `batch`, an array of them.
   */
  distributedMap<T, const R, const O extends DistributedMapOptions>(
    name: string,
    items: Items<T>,
    options: O,
    body: CheckBlock<R> & ((flow: Flow, input: Ref<O extends { readonly batch: Batch } ? T[] : T>) => R),
  ): Ref<Results<O, Yielded<R>>>;

  /** Asks, and asks again after a pause, until the answer is the one that is waited for; else the error `PollExhausted`. */
  poll<A>(
    name: string,
    pace: Pace,
    ask: CheckBlock<Ref<A>> & ((flow: Flow) => Ref<A>),
    until: (answer: Ref<A>) => Value<boolean>,
  ): Ref<A>;

  /**
   * The same steps again and again, each round with what the one before returned, until that is what is wanted; else
   * the error `RepeatExhausted`. At least one round is made.
   */
  repeat<S>(
    name: string,
    from: CheckPayload<S> & S,
    pace: Omit<Pace, "every"> & { readonly every?: number },
    round: (flow: Flow, state: Ref<StateOf<S>>) => Value<NoInfer<StateOf<S>>>,
    until: (state: Ref<StateOf<S>>) => Value<boolean>,
  ): Ref<StateOf<S>>;

  /** A pause: so many seconds, or until a time such as `2026-01-31T10:00:00Z`. A time that is past is no pause. */
  wait(name: string, pause: Value<number> | { readonly until: Value<string> }, options?: StepOptions): void;

  /** A value under a name of its own: computed once, and seen in the execution's history. */
  let<const P>(name: string, value: CheckPayload<P> & P, options?: StepOptions): Ref<Resolve<P>>;

  /** Steps whose errors are caught, and which are tried again as a whole where `retry` says so. */
  try<const A>(name: string, body: CheckBlock<A> & ((flow: Flow) => A), options?: RetryOptions): Try<A>;

  /** Ends the execution well. @param output the execution's; null if there is none */
  succeed<const P>(name: string, output?: CheckPayload<P> & P, options?: StepOptions): Ended;

  /** Ends the execution with an error, which a `try` around it catches as any other. */
  fail(
    name: string,
    reason: { readonly error?: Value<string>; readonly cause?: Value<string> },
    options?: StepOptions,
  ): Ended;
}
