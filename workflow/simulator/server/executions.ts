/** The executions of a server: started, running, finished, remembered. */
import { realClock } from "../clock.ts";
import { Interruption } from "../errors.ts";
import { startExecution } from "../execution.ts";
import type { Execution } from "../execution-state.ts";
import type { HistoryEvent } from "../history.ts";
import { toJson, type Json } from "../json.ts";
import { maxPayloadBytes } from "../limits.ts";
import type { RunningExecution, Services } from "../run.ts";
import { ApiError, invalid, noSuchExecution } from "./api-error.ts";
import { checkExecutionArn, executionArn, isName, type Place } from "./arns.ts";
import type { Target } from "./machines.ts";
import { statusChange, type Ended, type RecordStatus, type Started, type StatusChange } from "./record.ts";
import type { ExecutionStore } from "./store.ts";

interface Running {
  readonly execution: Execution;
  readonly stop: AbortController;
  readonly done: Promise<Ended>;
}

export interface ExecutionRecord {
  readonly started: Started;
  running: Running | undefined;
  ended: Ended | undefined;
}

export interface ExecutionsOptions {
  readonly place: Place;
  readonly services: Services;
  readonly store: ExecutionStore;
  readonly onStatusChange: (change: StatusChange) => unknown;
  readonly onError: (error: unknown) => void;
}

export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #records = new Map<string, ExecutionRecord>();

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  /** Brings back what the store knows; what ran when the last process died is ABORTED now. */
  async load(): Promise<void> {
    for (const { started, ended } of await this.#options.store.load()) {
      const end = ended ?? lost(started);
      this.#records.set(started.executionArn, { started, running: undefined, ended: end });
      if (ended === undefined) await this.#options.store.ended(started.executionArn, end);
    }
  }

  /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
  async start(target: Target, name: string, input: string): Promise<Started> {
    const { place, services, store } = this.#options;
    const { revision } = target;
    if (!isName(name)) throw new ApiError("InvalidName", `Invalid Name: '${name}'`);
    const payload = readInput(input);
    const arn = executionArn(place, revision.name, name);
    const known = this.#records.get(arn);
    if (known !== undefined) {
      // The same name is the same execution only while that runs and with the same input.
      if (known.ended === undefined && known.started.input === input) return known.started;
      throw new ApiError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
    }
    const started: Started = {
      executionArn: arn,
      stateMachineArn: revision.machineArn,
      stateMachineVersionArn: target.versionArn,
      stateMachineAliasArn: target.aliasArn,
      name,
      input,
      startDate: new Date(realClock.now()),
      machineName: revision.name,
      definition: revision.definition,
      roleArn: revision.roleArn,
    };
    const record: ExecutionRecord = { started, running: undefined, ended: undefined };
    this.#records.set(arn, record);
    const stored = store.started(started);
    this.#announce(record);
    const stop = new AbortController();
    const identity = {
      machineArn: revision.machineArn,
      machineName: revision.name,
      roleArn: revision.roleArn,
      executionArn: arn,
      executionName: name,
      region: place.region,
    };
    const running = startExecution(revision.machine, identity, payload, services, stop.signal);
    const done = this.#finish(record, running);
    // Whoever stops the execution or closes the server waits for it; nobody else must.
    done.catch(this.#options.onError);
    record.running = { execution: running.execution, stop, done };
    await stored;
    return started;
  }

  /** Resolves when the execution has ended, with the moment of its end. */
  async stop(arn: string, error: string | undefined, cause: string | undefined): Promise<Date> {
    const { running, ended } = this.find(arn);
    if (ended !== undefined) return ended.stopDate;
    running?.stop.abort(new Interruption("stopped", error, cause));
    return (await running?.done)?.stopDate ?? new Date(realClock.now());
  }

  /** Resolves with the execution's end, at once if it has ended. */
  async ended(arn: string): Promise<Ended> {
    const { running, ended } = this.find(arn);
    const end = ended ?? (await running?.done);
    if (end === undefined) throw noSuchExecution(arn);
    return end;
  }

  /** Stops all that runs. */
  async close(): Promise<void> {
    const arns = this.list().filter((record) => record.ended === undefined);
    await Promise.all(
      arns.map(({ started }) => this.stop(started.executionArn, undefined, "The simulator was shut down.")),
    );
  }

  find(arn: string): ExecutionRecord {
    const record = this.#records.get(checkExecutionArn(arn));
    if (record === undefined) throw noSuchExecution(arn);
    return record;
  }

  /** Latest first. */
  list(): readonly ExecutionRecord[] {
    return [...this.#records.values()].reverse();
  }

  async #finish(record: ExecutionRecord, { execution, end: ending }: RunningExecution): Promise<Ended> {
    const end = await ending.catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error);
      return { status: "FAILED" as const, output: undefined, error: "States.Runtime", cause };
    });
    const ended: Ended = {
      status: end.status,
      stopDate: new Date(realClock.now()),
      output: end.output === undefined ? undefined : JSON.stringify(end.output),
      error: end.error,
      cause: end.cause,
      events: execution.history.events,
    };
    record.ended = ended;
    record.running = undefined;
    await this.#options.store.ended(record.started.executionArn, ended);
    this.#announce(record);
    return ended;
  }

  #announce(record: ExecutionRecord): void {
    const change = statusChange(record.started, record.ended);
    new Promise((settle) => {
      settle(this.#options.onStatusChange(change));
    }).catch(this.#options.onError);
  }
}

export function statusOf(record: ExecutionRecord): RecordStatus {
  return record.ended?.status ?? "RUNNING";
}

export function eventsOf(record: ExecutionRecord): readonly HistoryEvent[] {
  return record.ended?.events ?? record.running?.execution.history.events ?? [];
}

function readInput(input: string): Json {
  if (Buffer.byteLength(input) > maxPayloadBytes) {
    throw invalid(
      `Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${maxPayloadBytes}`,
    );
  }
  try {
    return toJson(JSON.parse(input));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${reason}'`);
  }
}

function lost(started: Started): Ended {
  const stopDate = new Date(realClock.now());
  const cause = "The simulator's process ended while the execution was running.";
  return {
    status: "ABORTED",
    stopDate,
    output: undefined,
    error: undefined,
    cause,
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
