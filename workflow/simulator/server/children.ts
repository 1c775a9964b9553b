/** Child executions of Map Runs, as the API describes executions. */
import type { Execution } from "../execution-state.ts";
import { isObject } from "../json.ts";
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
export function childRecord(child: Execution, parent: Started, mapRun: MapRun): ExecutionRecord {
  const { identity, stopTime, status } = child;
  return {
    mapRun,
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

/**
 * The machine that child executions run: the processor of the Map, with the query language that it has from the program.
 * @param definition of the parent, as JSON text
 * @param state the Map's name
 */
export function processorOf(definition: string, state: string): string {
  const machine: unknown = JSON.parse(definition);
  const language = isObject(machine) && machine.QueryLanguage !== undefined ? machine.QueryLanguage : undefined;
  const processor = processorWithin(machine, state);
  return JSON.stringify({ ...(language === undefined ? {} : { QueryLanguage: language }), ...processor }, null, 2);
}

/** Names of states are unique in a definition. */
function processorWithin(machine: unknown, state: string): Readonly<Record<string, unknown>> | undefined {
  const states = isObject(machine) && isObject(machine.States) ? Object.entries(machine.States) : [];
  for (const [name, fields] of states) {
    if (!isObject(fields)) continue;
    const processor = fields.ItemProcessor ?? fields.Iterator;
    if (name === state && isObject(processor)) return processor;
    const branches: readonly unknown[] = Array.isArray(fields.Branches) ? fields.Branches : [];
    for (const inner of [processor, ...branches]) {
      const found = processorWithin(inner, state);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
