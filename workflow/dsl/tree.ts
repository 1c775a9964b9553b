/** The tree that the typed surface builds; ASL, checks and permissions are read from it. */
import type * as z from "zod";
import type { CallSite } from "./bundle/index.ts";
import type { Binding, Scope } from "./expression.ts";
import type { Statement } from "./statement.ts";

/** When and how often a task is tried again; times in seconds. */
export interface Retry {
  readonly errors: readonly string[];
  /** Before the first retry. @default 1 */
  readonly interval?: number;
  /** Retries, not counting the first call. @default 3 */
  readonly maxAttempts?: number;
  /** By which the interval grows. @default 2 */
  readonly backoff?: number;
  readonly maxDelay?: number;
  /** Spreads retries at random. @default false */
  readonly jitter?: boolean;
}

interface Step {
  /** The state's name. */
  readonly name: string;
  /** The line of the workflow that made it. */
  readonly site: CallSite;
  readonly comment?: string | undefined;
  /** The warnings that the author has seen, with the reason why each is fine here, by their codes. */
  readonly accept?: Readonly<Record<string, string>> | undefined;
}

/** Steps in order, and the value that the block gives to the one it is part of. */
export interface Block {
  readonly scope: Scope;
  readonly steps: readonly StepNode[];
  readonly value: unknown;
  /** Whether it always ends in a succeed or a fail. */
  readonly ends: boolean;
}

export interface TaskNode extends Step {
  readonly kind: "task";
  /** What its arguments are read in: a callback's know a token. */
  readonly scope: Scope;
  readonly resource: string;
  readonly arguments: unknown;
  /** JSONata of what the step yields. */
  readonly yields: string;
  /** Where it reads the rows of a query: the step that runs the query, and the columns in their order. */
  readonly rows: { readonly of: string; readonly columns: readonly string[] } | undefined;
  readonly result: Binding;
  /** What is known of the result: a Lambda's output, a callback's answer. */
  readonly schema: z.ZodType | undefined;
  readonly retry: readonly Retry[];
  /** Seconds, or a reference to them. */
  readonly timeout: unknown;
  readonly heartbeat: unknown;
  /** The ARN of the role of another account that the task takes on. */
  readonly credentials: unknown;
  readonly permissions: readonly Statement[];
}

export interface PassNode extends Step {
  readonly kind: "pass";
  readonly value: unknown;
  readonly result: Binding;
}

/** One of several ways on. */
export interface Way {
  /** What it is called in the names of states, such as `yes`. */
  readonly label: string;
  readonly condition: unknown;
  readonly block: Block;
}

export interface ChoiceNode extends Step {
  readonly kind: "choice";
  /** The first whose condition holds is taken. */
  readonly ways: readonly Way[];
  /** Where none of them holds; undefined where that can't be. */
  readonly otherwise: Block | undefined;
  readonly result: Binding;
}

/** A Map in the execution itself, over an array. */
export interface MapNode extends Step {
  readonly kind: "map";
  readonly items: unknown;
  readonly maxConcurrency: unknown;
  readonly item: Binding;
  readonly index: Binding;
  readonly block: Block;
  readonly result: Binding;
  readonly retry: readonly Retry[];
}

export interface ParallelNode extends Step {
  readonly kind: "parallel";
  readonly branches: Readonly<Record<string, Block>>;
  readonly result: Binding;
  readonly retry: readonly Retry[];
}

/** Where a distributed Map takes its items from: an array of the execution, or S3. */
export type ItemSource =
  | { readonly from: "array"; readonly items: unknown }
  | {
      readonly from: "s3";
      readonly resource: string;
      readonly config: Readonly<Record<string, unknown>>;
      readonly arguments: unknown;
      readonly permissions: readonly Statement[];
    };

/** A Map whose iterations are executions of their own. */
export interface DistributedMapNode extends Step {
  readonly kind: "distributed-map";
  readonly source: ItemSource;
  /** Undefined where each item has an execution of its own. */
  readonly batch: { readonly items: unknown; readonly bytes: unknown } | undefined;
  readonly maxConcurrency: unknown;
  readonly tolerated: { readonly count: unknown; readonly percentage: unknown };
  readonly executionType: "STANDARD" | "EXPRESS";
  /** Part of the Map Run's ARN. */
  readonly label: string | undefined;
  /** Where the children's results are written; undefined where they are the step's value. */
  readonly writer: { readonly arguments: unknown; readonly config: Readonly<Record<string, unknown>> } | undefined;
  /** What the block gets: an item, or an array of them. */
  readonly input: Binding;
  readonly block: Block;
  readonly result: Binding;
  readonly retry: readonly Retry[];
  readonly permissions: readonly Statement[];
}

export interface WaitNode extends Step {
  readonly kind: "wait";
  readonly field: "Seconds" | "Timestamp";
  readonly value: unknown;
}

/** The same steps until a condition holds, at most so many times: then an error of the name `exhausted`. */
export interface LoopNode extends Step {
  readonly kind: "loop";
  /** Seconds between two rounds. */
  readonly every: number | undefined;
  readonly atMost: number;
  /** What each round gets, and gives to the next one; undefined for rounds that only ask. */
  readonly state: { readonly binding: Binding; readonly from: unknown } | undefined;
  readonly block: Block;
  readonly until: unknown;
  readonly exhausted: string;
  readonly count: Binding;
  readonly result: Binding;
}

export interface Handler {
  readonly errors: readonly string[];
  readonly error: Binding;
  readonly block: Block;
}

export interface TryNode extends Step {
  readonly kind: "try";
  readonly body: Block;
  /** Of the whole body. */
  readonly retry: readonly Retry[];
  readonly handlers: readonly Handler[];
  readonly result: Binding;
}

export interface SucceedNode extends Step {
  readonly kind: "succeed";
  readonly output: unknown;
}

export interface FailNode extends Step {
  readonly kind: "fail";
  readonly error: unknown;
  readonly cause: unknown;
}

export type StepNode =
  | TaskNode
  | PassNode
  | ChoiceNode
  | ParallelNode
  | MapNode
  | DistributedMapNode
  | WaitNode
  | LoopNode
  | TryNode
  | SucceedNode
  | FailNode;
