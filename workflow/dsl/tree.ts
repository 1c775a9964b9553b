/** The tree that the typed surface builds; ASL, checks and permissions are read from it. */
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
  readonly resource: string;
  readonly arguments: unknown;
  /** JSONata of what the step yields. */
  readonly yields: string;
  readonly result: Binding;
  readonly retry: readonly Retry[];
  readonly timeout: number | undefined;
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
  readonly maxConcurrency: number;
  readonly item: Binding;
  readonly index: Binding;
  readonly block: Block;
  readonly result: Binding;
}

export interface ParallelNode extends Step {
  readonly kind: "parallel";
  readonly branches: Readonly<Record<string, Block>>;
  readonly result: Binding;
}

/** A distributed Map over a JSON array in S3, in batches. */
export interface ObjectsMapNode extends Step {
  readonly kind: "objects-map";
  readonly bucket: unknown;
  readonly key: unknown;
  readonly batch: number;
  readonly maxConcurrency: number;
  readonly block: Block;
  readonly result: Binding;
  readonly permissions: readonly Statement[];
}

export interface WaitNode extends Step {
  readonly kind: "wait";
  readonly seconds: unknown;
}

export interface PollNode extends Step {
  readonly kind: "poll";
  readonly every: number;
  readonly atMost: number;
  readonly block: Block;
  readonly until: unknown;
  readonly count: Binding;
}

export interface TryNode extends Step {
  readonly kind: "try";
  readonly body: Block;
  readonly handlers: readonly { readonly errors: readonly string[]; readonly error: Binding; readonly block: Block }[];
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
  | ObjectsMapNode
  | WaitNode
  | PollNode
  | TryNode
  | SucceedNode
  | FailNode;
