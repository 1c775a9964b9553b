/** The executions of a server: started, running, finished, remembered. */
import { realClock } from "../clock.ts";
import { Interruption } from "../errors.ts";
import { redriveExecution, startExecution } from "../execution.ts";
import type { MapRun } from "../map-runs.ts";
import type { RunningExecution, Services } from "../run.ts";
import { ApiError, noSuchExecution } from "./api-error.ts";
import { checkExecutionArn, executionArn, isName, type Place } from "./arns.ts";
import { lost, readInput, redriveOf, type ExecutionRecord } from "./execution-record.ts";
import { childRecord, childrenWithin, mapRunsWithin } from "./children.ts";
import { startExpress, type ExpressExecution } from "./express.ts";
import type { Revision, Target } from "./machines.ts";
import { Redrives } from "./redrives.ts";
import { statusChange, type Ended, type Started, type StatusChange } from "./record.ts";
import type { ExecutionStore } from "./store.ts";

export interface ExecutionsOptions {
  readonly place: Place;
  readonly services: Services;
  readonly store: ExecutionStore;
  readonly onStatusChange: (change: StatusChange) => unknown;
  readonly onError: (error: unknown) => void;
}

export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #express = new Set<ExpressExecution>();
  readonly #redrives = new Redrives(() => realClock.now());
  readonly #records = new Map<string, ExecutionRecord>();

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  /** Brings back what the store knows; what ran when the last process died is ABORTED now. */
  async load(): Promise<void> {
    for (const { started, ended } of await this.#options.store.load()) {
      const end = ended ?? lost(started);
      this.#records.set(started.executionArn, {
        started,
        execution: undefined,
        machine: undefined,
        running: undefined,
        ended: end,
      });
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
      revisionId: revision.revisionId,
      updateDate: revision.date,
    };
    const record: ExecutionRecord = {
      started,
      execution: undefined,
      machine: revision.machine,
      running: undefined,
      ended: undefined,
    };
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
    this.#follow(record, stop, startExecution(revision.machine, identity, payload, services, stop.signal));
    await stored;
    return started;
  }

  /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
  redrive(arn: string, clientToken: string | undefined): Date {
    const record = this.#own(arn);
    const answered = this.#redrives.answered(arn, clientToken);
    if (answered !== undefined) return answered;
    const { execution, machine } = record;
    const { redriveStatus: status, redriveStatusReason: reason } = redriveOf(record);
    if (execution === undefined || machine === undefined || status !== "REDRIVABLE") {
      throw new ApiError("ExecutionNotRedrivable", reason ?? `The execution is ${status}`);
    }
    const stop = new AbortController();
    record.ended = undefined;
    this.#follow(record, stop, redriveExecution(machine, execution, this.#options.services, stop.signal));
    this.#announce(record);
    const redriveDate = new Date(execution.redriveTime ?? realClock.now());
    this.#redrives.answer(arn, clientToken, redriveDate);
    return redriveDate;
  }

  /** Runs an Express machine; nobody hears of the execution but who asks for its end. */
  startExpress(revision: Revision, name: string, input: string): ExpressExecution {
    const { place, services, onError } = this.#options;
    if (!isName(name)) throw new ApiError("InvalidName", `Invalid Name: '${name}'`);
    const express = startExpress(revision, place, name, readInput(input), services);
    this.#express.add(express);
    express.end.catch(onError).finally(() => this.#express.delete(express));
    return express;
  }

  /** Resolves when the execution has ended, with the moment of its end. */
  async stop(arn: string, error: string | undefined, cause: string | undefined): Promise<Date> {
    const { running, ended } = this.#own(arn);
    if (ended !== undefined) return ended.stopDate;
    running?.stop.abort(new Interruption("stopped", error, cause));
    return (await running?.done)?.stopDate ?? new Date(realClock.now());
  }

  /** Resolves with the execution's end, at once if it has ended. */
  async ended(arn: string): Promise<Ended> {
    const { running, ended } = this.#own(arn);
    const end = ended ?? (await running?.done);
    if (end === undefined) throw noSuchExecution(arn);
    return end;
  }

  /** Stops all that runs. */
  async close(): Promise<void> {
    for (const express of this.#express) express.stop();
    const arns = this.list().filter((record) => record.ended === undefined);
    await Promise.all(
      arns.map(({ started }) => this.stop(started.executionArn, undefined, "The simulator was shut down.")),
    );
  }

  /** An execution, or a child execution of a Map Run. */
  find(arn: string): ExecutionRecord {
    const known = this.#records.get(checkExecutionArn(arn));
    if (known !== undefined) return known;
    for (const { execution, started } of this.#records.values()) {
      const child = execution && childrenWithin(execution).find(({ identity }) => identity.executionArn === arn);
      const mapRun = execution && mapRunsWithin(execution).find(({ mapRunArn }) => mapRunArn === child?.mapRunArn);
      if (child !== undefined && mapRun !== undefined) return childRecord(child, started, mapRun);
    }
    throw noSuchExecution(arn);
  }

  mapRunsOf(executionArn: string): readonly MapRun[] {
    return this.find(executionArn).execution?.mapRuns ?? [];
  }

  findMapRun(mapRunArn: string): MapRun {
    return this.#withMapRun(mapRunArn).mapRun;
  }

  /** In the order of their starts. */
  childrenOf(mapRunArn: string): readonly (ExecutionRecord & { readonly itemCount: number | undefined })[] {
    const { mapRun, started } = this.#withMapRun(mapRunArn);
    return [...mapRun.executions].map(([index, child]) => ({
      ...childRecord(child, started, mapRun),
      itemCount: mapRun.batches?.[index]?.items,
    }));
  }

  /** Latest first. */
  list(): readonly ExecutionRecord[] {
    return [...this.#records.values()].reverse();
  }

  #own(arn: string): ExecutionRecord {
    const record = this.#records.get(checkExecutionArn(arn));
    if (record === undefined) throw noSuchExecution(arn);
    return record;
  }

  #withMapRun(mapRunArn: string): { readonly mapRun: MapRun; readonly started: Started } {
    for (const { execution, started } of this.#records.values()) {
      const mapRun = execution && mapRunsWithin(execution).find((one) => one.mapRunArn === mapRunArn);
      if (mapRun !== undefined) return { mapRun, started };
    }
    throw new ApiError("ResourceNotFound", `Resource not found: '${mapRunArn}'`);
  }

  #follow(record: ExecutionRecord, stop: AbortController, running: RunningExecution): void {
    record.execution = running.execution;
    const done = this.#finish(record, running);
    // Whoever stops the execution or closes the server waits for it; nobody else must.
    done.catch(this.#options.onError);
    record.running = { stop, done };
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
      events: [...execution.history.events],
      redriveCount: execution.redriveCount,
      redriveDate: execution.redriveTime === undefined ? undefined : new Date(execution.redriveTime),
    };
    record.ended = ended;
    record.running = undefined;
    await this.#options.store.ended(record.started.executionArn, ended);
    this.#announce(record);
    return ended;
  }

  #announce(record: ExecutionRecord): void {
    const change = statusChange(record.started, record.ended, redriveOf(record));
    new Promise((settle) => {
      settle(this.#options.onStatusChange(change));
    }).catch(this.#options.onError);
  }
}
