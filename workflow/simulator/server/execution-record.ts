/** An execution as the server keeps it, and what can be read off it. */
import { realClock } from "../clock.ts";
import type { Machine } from "../definition/asl.ts";
import { redriveStatus, type Execution } from "../execution-state.ts";
import type { HistoryEvent } from "../history.ts";
import { toJson, type Json } from "../json.ts";
import type { MapRun } from "../map-runs.ts";
import { ApiError } from "./api-error.ts";
import type { Ended, RecordStatus, Redrive, Started } from "./record.ts";

export interface Running {
  readonly stop: AbortController;
  readonly done: Promise<Ended>;
}

export interface ExecutionRecord {
  /** Of a child execution. */
  readonly mapRun?: MapRun;
  /** Of a child execution its parent's definition and role. */
  readonly started: Started;
  /** Undefined for what a former process ran. */
  execution: Execution | undefined;
  readonly machine: Machine | undefined;
  running: Running | undefined;
  ended: Ended | undefined;
}

export function statusOf(record: ExecutionRecord): RecordStatus {
  return record.ended?.status ?? "RUNNING";
}

export function eventsOf(record: ExecutionRecord): readonly HistoryEvent[] {
  return record.ended?.events ?? record.execution?.history.events ?? [];
}

/** What a former process ran can't be redriven: its progress went with that process. */
export function redriveOf({ execution, ended }: ExecutionRecord): Redrive {
  const redriveTime = execution?.redriveTime;
  const counted = {
    redriveCount: execution?.redriveCount ?? ended?.redriveCount ?? 0,
    redriveDate: redriveTime === undefined ? ended?.redriveDate : new Date(redriveTime),
  };
  const status = redriveStatus(ended?.status ?? "RUNNING", execution?.mapRunArn !== undefined);
  if (execution !== undefined || status.redriveStatus !== "REDRIVABLE") return { ...counted, ...status };
  const redriveStatusReason = "Execution ran before the simulator was restarted and cannot be redriven";
  return { ...counted, redriveStatus: "NOT_REDRIVABLE", redriveStatusReason };
}

export function readInput(input: string): Json {
  try {
    return toJson(JSON.parse(input));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${reason}'`);
  }
}

/** The end of what ran when a former process died. */
export function lost(started: Started): Ended {
  const stopDate = new Date(realClock.now());
  const cause = "The simulator's process ended while the execution was running.";
  return {
    status: "ABORTED",
    stopDate,
    output: undefined,
    error: undefined,
    cause,
    redriveCount: 0,
    redriveDate: undefined,
    events: [
      {
        id: 1,
        previousEventId: 0,
        timestamp: started.startDate,
        type: "ExecutionStarted",
        executionStartedEventDetails: {
          input: started.input,
          inputDetails: { truncated: false },
          roleArn: started.roleArn,
        },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp: stopDate,
        type: "ExecutionAborted",
        executionAbortedEventDetails: { cause },
      },
    ],
  };
}
