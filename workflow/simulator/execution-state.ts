/** An execution as it can be looked at while it runs and afterwards: its status, history, trace and children. */
import type { History } from "./history.ts";
import type { Json } from "./json.ts";
import type { MapRun } from "./map-runs.ts";
import type { Progress } from "./progress.ts";
import type { Identity, Place } from "./run.ts";
import type { TraceEntry } from "./trace.ts";

export type ExecutionStatus = "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: ExecutionStatus;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

export interface Execution {
  readonly identity: Identity;
  readonly name: string;
  readonly input: Json;
  readonly history: History;
  /** Every stay in every state, in the order of the entries. */
  readonly trace: TraceEntry[];
  /** Child executions of distributed Maps and nested executions, in the order of their starts. */
  readonly children: Execution[];
  readonly mapRuns: MapRun[];
  /** The Map Run that started it. */
  readonly mapRunArn: string | undefined;
  readonly place: Place;
  readonly progress: Progress;
  /** Milliseconds since 1970, as all times here. */
  readonly startTime: number;
  stopTime: number | undefined;
  status: ExecutionStatus | "RUNNING";
  output: Json | undefined;
  error: string | undefined;
  cause: string | undefined;
  redriveCount: number;
  redriveTime: number | undefined;
}

/** Whether and why not RedriveExecution would take it. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
export function redriveStatus(
  status: Execution["status"],
  byMapRun: boolean,
): { readonly redriveStatus: string; readonly redriveStatusReason: string | undefined } {
  if (status === "RUNNING" || status === "SUCCEEDED") {
    const redriveStatusReason = `Execution is ${status} and cannot be redriven`;
    return { redriveStatus: "NOT_REDRIVABLE", redriveStatusReason };
  }
  return { redriveStatus: byMapRun ? "REDRIVABLE_BY_MAP_RUN" : "REDRIVABLE", redriveStatusReason: undefined };
}
