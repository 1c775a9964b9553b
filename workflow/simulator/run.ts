/** What an execution runs with: the services that enter from outside, its own identity, and where in it a branch stands. */
import type { TaskTokens } from "./callbacks.ts";
import type { Clock } from "./clock.ts";
import type { Branch, Machine } from "./definition/asl.ts";
import type { Execution, ExecutionEnd } from "./execution-state.ts";
import type { Trail } from "./history.ts";
import type { Json } from "./json.ts";
import type { ObjectStore } from "./objects.ts";
import type { Progress } from "./progress.ts";

/** `$states.context.Execution`. */
export interface ExecutionContext {
  readonly Id: string;
  readonly Input: Json;
  readonly StartTime: string;
  readonly Name: string;
  readonly RoleArn: string;
  readonly RedriveCount: number;
  readonly RedriveTime?: string;
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
  /** Of a `.waitForTaskToken` task (`$states.context.Task.Token`) or an activity. */
  readonly taskToken: string | undefined;
  /** Aborted when the task timed out, a sibling branch failed or the execution was stopped. */
  readonly signal: AbortSignal;
  /** Waits on the execution's clock, virtual or real; `sleep(Infinity)` never comes back. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Tells that the work was accepted (TaskSubmitted), e.g. a started job of a `.sync` resource. */
  readonly submitted: (output: unknown) => void;
  /** Keeps HeartbeatSeconds from running out. */
  readonly heartbeat: () => void;
  /**
   * Waits until somebody finishes the task by its token (SendTaskSuccess, SendTaskFailure), and gives the output.
   * @param answer what the resource answered to the request: TaskSubmitted's output, default {}
   */
  readonly callback: (answer?: unknown) => Promise<Json>;
}

/** Everything that an execution takes from outside. */
export interface Services {
  readonly clock: Clock;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly tokens: TaskTokens;
  readonly dispatch: (call: TaskCall) => unknown;
  readonly objects: ObjectStore | undefined;
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

/** One execution while it runs. */
export interface Run {
  readonly services: Services;
  readonly execution: Execution;
  readonly context: ExecutionContext;
  /** What all variables take together, in bytes of UTF-8 JSON. */
  readonly variables: { bytes: number };
  readonly walk: (branch: Branch, input: Json, frame: Frame) => Promise<Json>;
  /** Starts a child execution, or redrives one that has ended. */
  readonly startChild: (machine: Machine, child: Execution | NewChild, signal: AbortSignal) => RunningExecution;
}

/** An execution under way, and its end. */
export interface RunningExecution {
  readonly execution: Execution;
  readonly end: Promise<ExecutionEnd>;
}

export interface NewChild {
  readonly identity: Identity;
  readonly input: Json;
  readonly mapRunArn: string;
  /** Where its states stand in the parent's definition and trace. */
  readonly place: Place;
}

/** Where a branch is: in the definition, as a JSON Pointer, and in the trace, with its iterations. */
export interface Place {
  /** For example `/States/Each/ItemProcessor`. */
  readonly pointer: string;
  /** For example `Each[3]/`, empty at the top. */
  readonly path: string;
}

/** Where a branch stands. */
export interface Frame {
  readonly progress: Progress;
  readonly trail: Trail;
  readonly signal: AbortSignal;
  readonly place: Place;
  /** `$states.context.Map.Item` inside an iteration. */
  readonly item: { readonly Index: number; readonly Value: Json; readonly Source?: string } | undefined;
}
