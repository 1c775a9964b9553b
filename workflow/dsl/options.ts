/** What the steps of a workflow take besides their name and their values. Times are seconds. */
import type * as z from "zod";
import type { FindingCode } from "./problem.ts";
import type { Value } from "./ref.ts";
import type { AthenaWorkgroup, GlueDatabase, S3Bucket } from "./resources/index.ts";
import type { Statement } from "./statement.ts";
import type { Retry } from "./tree.ts";

export interface StepOptions {
  /** The state's `Comment`. */
  readonly comment?: string;
  /** Warnings that are fine here: why, by their codes. They are then left out of the findings. */
  readonly accept?: Readonly<Partial<Record<FindingCode, string>>>;
}

export interface RetryOptions extends StepOptions {
  /** @default no retries */
  readonly retry?: readonly Retry[];
}

export interface TaskOptions extends RetryOptions {
  /** For one attempt. @default none */
  readonly timeout?: Value<number>;
  /** At least so often a heartbeat has to come: of an activity's worker, or for a callback's token. @default none needed */
  readonly heartbeat?: Value<number>;
  /** The ARN of a role, of another account perhaps, that the task takes on. */
  readonly credentials?: string;
}

/** What a Lambda's schema can be: one, or none. */
export type Schema = z.ZodType | undefined;

export interface LambdaOptions<In extends Schema = undefined, Out extends Schema = undefined> extends RetryOptions {
  /** Checks the event before the handler sees it; one that doesn't fit is the error `InvalidEvent`. @default no check */
  readonly input?: In;
  /** Checks what the handler returns; a result that doesn't fit is the error `InvalidResult`. @default no check */
  readonly output?: Out;
  /** The function's own, for one attempt. @default 60 */
  readonly timeout?: number;
  /** Megabytes. @default 512 */
  readonly memory?: number;
  /**
   * What the handler may do besides writing its log. What its code can call and this doesn't allow is a finding of
   * `compile`. @default nothing
   */
  readonly permissions?: readonly Statement[];
}

interface Answered<A extends z.ZodType> {
  /** What whoever has the token answers with. It gives the step its type; the answer itself is not checked. */
  readonly answer: A;
}

export interface CallbackOptions<A extends z.ZodType> extends TaskOptions, Answered<A> {}

export interface LambdaCallbackOptions<A extends z.ZodType>
  extends Omit<LambdaOptions, "timeout" | "input" | "output">, Answered<A> {
  /** The function's own, for one attempt. @default 60 */
  readonly lambdaTimeout?: number;
  /** For the answer. @default none */
  readonly timeout?: Value<number>;
}

export interface AthenaOptions<C extends string> extends TaskOptions {
  readonly workgroup: AthenaWorkgroup;
  readonly database: GlueDatabase;
  /** The names of the query's columns, in their order. */
  readonly columns: readonly C[];
  /** Where the tables that it reads keep their files. */
  readonly reads: readonly S3Prefix[];
  /** Where the workgroup puts results. */
  readonly results: S3Prefix;
}

/** The objects of a bucket whose keys begin with the prefix. */
export interface S3Prefix {
  readonly bucket: S3Bucket;
  /** Without a slash at its end. */
  readonly prefix: string;
}

export interface MapOptions extends RetryOptions {
  /** Iterations at once; an inline Map runs at most 40. */
  readonly maxConcurrency: Value<number>;
}

export interface DistributedMapOptions extends RetryOptions {
  /** Child executions at once, at most 10,000. */
  readonly maxConcurrency: Value<number>;
  /** Failures that are no failure of the Map: so many items, or such a share of them. @default none */
  readonly tolerated?: { readonly count?: Value<number>; readonly percentage?: Value<number> };
  /** An EXPRESS child takes at most five minutes, and has no jobs, callbacks, activities or distributed Maps. @default STANDARD */
  readonly executionType?: "STANDARD" | "EXPRESS";
  /** A part of the Map Run's ARN: at most 40 letters, digits, `-` and `_`, unique in the machine. @default one that AWS makes up */
  readonly label?: string;
  /** Gives each child execution several items. @default an execution an item */
  readonly batch?: Batch;
  /** Writes the children's results to S3 and yields where; without it they are the step's value. */
  readonly results?: ResultWriter;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export interface ResultWriter {
  readonly bucket: S3Bucket;
  /** The start of the keys, without a slash at its end. */
  readonly prefix: string;
  /** `COMPACT` is the children's outputs, `FLATTEN` their elements, `NONE` all about each child. @default NONE */
  readonly transformation?: "NONE" | "COMPACT" | "FLATTEN";
  /** @default JSON */
  readonly outputType?: "JSON" | "JSONL";
}

interface Bounds {
  readonly items: Value<number>;
  /** Bytes of the batch as JSON, at most 256 KiB. */
  readonly bytes: Value<number>;
}

/** How many items a child execution gets at most: by one bound, or by both. */
export type Batch = (Partial<Bounds> & Pick<Bounds, "bytes">) | (Partial<Bounds> & Pick<Bounds, "items">);

export interface Pace extends StepOptions {
  /** Between two rounds. */
  readonly every: number;
  /** Rounds. */
  readonly atMost: number;
}
