/** What an execution runs with: the services that enter from outside, its own identity, and where in it a branch stands. */
import type { Clock } from "./clock.ts";
import type { Branch, Machine } from "./definition/asl.ts";
import type { History, Trail } from "./history.ts";
import type { Json } from "./json.ts";
import type { Scope } from "./scope.ts";

/** `$states.context.Execution`. */
export interface ExecutionContext {
  readonly Id: string;
  readonly Input: Json;
  readonly StartTime: string;
  readonly Name: string;
  readonly RoleArn: string;
  readonly RedriveCount: number;
}

/** One call of a Task's resource. */
export interface TaskCall {
  readonly resource: string;
  readonly arguments: Json;
  /** The Task state's name. */
  readonly state: string;
  readonly execution: ExecutionContext;
  /** Retries before this call: 0 for the first. */
  readonly retryCount: number;
  /** `$states.context.Task.Token`, for `.waitForTaskToken`. */
  readonly taskToken: string | undefined;
  /** Aborted when the task timed out, a sibling branch failed or the execution was stopped. */
  readonly signal: AbortSignal;
  /** Waits on the execution's clock, virtual or real; `sleep(Infinity)` never comes back. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Tells that the work was accepted (TaskSubmitted), e.g. a started job of a `.sync` resource. */
  readonly submitted: (output: unknown) => void;
  /** Keeps HeartbeatSeconds from running out. */
  readonly heartbeat: () => void;
}

/** Where the distributed Map's ItemReader finds its objects: gives the object's text. */
export type ItemReader = (object: {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
  readonly signal: AbortSignal;
}) => Promise<string | Uint8Array>;

/** Everything that an execution takes from outside. */
export interface Services {
  readonly clock: Clock;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly dispatch: (call: TaskCall) => unknown;
  readonly itemReader: ItemReader | undefined;
}

/** Whose execution it is. */
export interface Identity {
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  readonly executionArn: string;
  readonly executionName: string;
  readonly region: string;
}

export type ExecutionStatus = "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: ExecutionStatus;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

export interface ChildExecution extends ExecutionEnd {
  readonly name: string;
  readonly input: Json;
  readonly history: History;
}

/** One execution while it runs. */
export interface Run {
  readonly services: Services;
  readonly identity: Identity;
  readonly history: History;
  readonly execution: ExecutionContext;
  /** Child executions of distributed Maps, in the order of their starts. */
  readonly children: ChildExecution[];
  readonly walk: (branch: Branch, input: Json, frame: Frame) => Promise<Json>;
  readonly startChild: (
    machine: Machine,
    identity: Identity,
    input: Json,
    signal: AbortSignal,
  ) => Promise<ChildExecution>;
}

/** Where a branch stands. */
export interface Frame {
  readonly scope: Scope;
  readonly trail: Trail;
  readonly signal: AbortSignal;
  /** `$states.context.Map.Item` inside an iteration. */
  readonly item: { readonly Index: number; readonly Value: Json } | undefined;
}
