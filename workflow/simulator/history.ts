/** The record of an execution, in the event types and detail names of Step Functions' GetExecutionHistory. */
import { maxHistoryEvents } from "./limits.ts";
import type { Json } from "./json.ts";
import { StateFailure } from "./errors.ts";

interface Truncation {
  readonly truncated: false;
}
interface Failed {
  readonly error?: string;
  readonly cause?: string;
}
interface TaskFields {
  readonly resource: string;
  readonly resourceType: string;
}

/** Detail members by their names in the API; an event has at most one. */
export interface EventDetails {
  readonly executionStartedEventDetails?: { input: string; inputDetails: Truncation; roleArn: string };
  readonly executionSucceededEventDetails?: { output: string; outputDetails: Truncation };
  readonly executionFailedEventDetails?: Failed;
  readonly executionAbortedEventDetails?: Failed;
  readonly executionTimedOutEventDetails?: Failed;
  readonly executionRedrivenEventDetails?: { redriveCount: number };
  readonly stateEnteredEventDetails?: { name: string; input: string; inputDetails: Truncation };
  readonly stateExitedEventDetails?: {
    name: string;
    output: string;
    outputDetails: Truncation;
    assignedVariables?: Readonly<Record<string, string>>;
    assignedVariablesDetails?: Truncation;
  };
  readonly evaluationFailedEventDetails?: Failed & { readonly location?: string; readonly state: string };
  readonly taskScheduledEventDetails?: TaskFields & {
    region: string;
    parameters: string;
    timeoutInSeconds?: number;
    heartbeatInSeconds?: number;
  };
  readonly taskStartedEventDetails?: TaskFields;
  readonly taskSubmittedEventDetails?: TaskFields & { output: string; outputDetails: Truncation };
  readonly taskSucceededEventDetails?: TaskFields & { output: string; outputDetails: Truncation };
  readonly taskFailedEventDetails?: TaskFields & Failed;
  readonly taskTimedOutEventDetails?: TaskFields & Failed;
  readonly lambdaFunctionScheduledEventDetails?: {
    resource: string;
    input: string;
    inputDetails: Truncation;
    timeoutInSeconds?: number;
  };
  readonly lambdaFunctionSucceededEventDetails?: { output: string; outputDetails: Truncation };
  readonly lambdaFunctionFailedEventDetails?: Failed;
  readonly lambdaFunctionTimedOutEventDetails?: Failed;
  readonly activityScheduledEventDetails?: {
    resource: string;
    input: string;
    inputDetails: Truncation;
    timeoutInSeconds?: number;
    heartbeatInSeconds?: number;
  };
  readonly activityStartedEventDetails?: { workerName?: string };
  readonly activitySucceededEventDetails?: { output: string; outputDetails: Truncation };
  readonly activityFailedEventDetails?: Failed;
  readonly activityTimedOutEventDetails?: Failed;
  readonly mapStateStartedEventDetails?: { length: number };
  readonly mapIterationStartedEventDetails?: { name: string; index: number };
  readonly mapIterationSucceededEventDetails?: { name: string; index: number };
  readonly mapIterationFailedEventDetails?: { name: string; index: number };
  readonly mapIterationAbortedEventDetails?: { name: string; index: number };
  readonly mapRunStartedEventDetails?: { mapRunArn: string };
  readonly mapRunFailedEventDetails?: Failed;
  readonly mapRunRedrivenEventDetails?: { mapRunArn: string; redriveCount: number };
}

type StateName = "Task" | "Pass" | "Choice" | "Wait" | "Parallel" | "Map" | "Succeed" | "Fail";
export type EventType =
  | `Execution${"Started" | "Succeeded" | "Failed" | "Aborted" | "TimedOut" | "Redriven"}`
  | `${StateName}State${"Entered" | "Exited" | "Aborted"}`
  | `Task${"Scheduled" | "Started" | "Submitted" | "Succeeded" | "Failed" | "TimedOut"}`
  | `LambdaFunction${"Scheduled" | "Started" | "Succeeded" | "Failed" | "TimedOut"}`
  | `Activity${"Scheduled" | "Started" | "Succeeded" | "Failed" | "TimedOut"}`
  | `${"Parallel" | "Map"}State${"Started" | "Succeeded" | "Failed"}`
  | `MapIteration${"Started" | "Succeeded" | "Failed" | "Aborted"}`
  | `MapRun${"Started" | "Succeeded" | "Failed" | "Aborted" | "Redriven"}`
  | "EvaluationFailed";

export interface HistoryEvent extends EventDetails {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: Date;
  readonly type: EventType;
}

/** The chain of events that one branch is at the end of; `last` moves on with each event it records. */
export interface Trail {
  last: number;
}

export interface History {
  readonly events: readonly HistoryEvent[];
  /** Appends an event after the trail's last one and moves the trail to it; nothing more once closed. */
  record(trail: Trail, type: EventType, details?: EventDetails): number;
  /** A redrive goes on after the last event. */
  reopen(): void;
  /** Appends the execution's last event. */
  close(trail: Trail, type: EventType, details: EventDetails): void;
}

export const whole: Truncation = { truncated: false };

/** Payloads stand in events as JSON text. */
export function text(value: Json): string {
  return JSON.stringify(value);
}

export function failed(error: string | undefined, cause: string | undefined): Failed {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

export function newHistory(now: () => number, onEvent?: (event: HistoryEvent) => void): History {
  const events: HistoryEvent[] = [];
  let closed = false;
  function append(trail: Trail, type: EventType, details: EventDetails): number {
    const event = { id: events.length + 1, previousEventId: trail.last, timestamp: new Date(now()), type, ...details };
    events.push(event);
    onEvent?.(event);
    return event.id;
  }
  return {
    events,
    reopen: () => {
      closed = false;
    },
    record: (trail, type, details = {}) => {
      if (closed) return trail.last;
      if (events.length >= maxHistoryEvents - 1) {
        throw new StateFailure(
          "States.Runtime",
          `The execution reached the maximum number of history events (${maxHistoryEvents}).`,
          { catchable: false },
        );
      }
      const id = append(trail, type, details);
      // The first state follows nothing: the service gives it previousEventId 0, not the id of ExecutionStarted.
      trail.last = type === "ExecutionStarted" ? 0 : id;
      return id;
    },
    close: (trail, type, details) => {
      if (closed) return;
      append(trail, type, details);
      closed = true;
    },
  };
}
