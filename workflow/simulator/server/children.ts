/** Child executions of Map Runs, as the API describes executions. */
import type { Execution } from "../execution-state.ts";
import type { MapRun } from "../map-runs.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { Started } from "./record.ts";

/** All Map Runs of an execution and of its children. */
export function mapRunsWithin(execution: Execution): readonly MapRun[] {
  return [...execution.mapRuns, ...execution.children.flatMap(mapRunsWithin)];
}

/** All child executions, at any depth. */
export function childrenWithin(execution: Execution): readonly Execution[] {
  return execution.children.flatMap((child) => [child, ...childrenWithin(child)]);
}

/** @param parent whose definition it runs a part of */
export function childRecord(child: Execution, parent: Started): ExecutionRecord {
  const { identity, stopTime, status } = child;
  return {
    started: {
      ...parent,
      executionArn: identity.executionArn,
      stateMachineArn: identity.machineArn,
      stateMachineVersionArn: undefined,
      stateMachineAliasArn: undefined,
      name: child.name,
      input: JSON.stringify(child.input),
      startDate: new Date(child.startTime),
      machineName: identity.machineName,
    },
    execution: child,
    machine: undefined,
    running: undefined,
    ended:
      stopTime === undefined || status === "RUNNING"
        ? undefined
        : {
            status,
            stopDate: new Date(stopTime),
            output: child.output === undefined ? undefined : JSON.stringify(child.output),
            error: child.error,
            cause: child.cause,
            events: child.history.events,
            redriveCount: child.redriveCount,
            redriveDate: child.redriveTime === undefined ? undefined : new Date(child.redriveTime),
          },
  };
}
