/** One call of a Task's resource: under its timeouts, until it answers or until its callback comes. */
import { abortReason } from "../clock.ts";
import type { Pending } from "../callbacks.ts";
import { Interruption, SimulationError, StateFailure, TaskError } from "../errors.ts";
import { toJson, type Json } from "../json.ts";
import type { TaskCall } from "../run.ts";
import type { Visit } from "../visit.ts";
import type { TaskEvents } from "./task-events.ts";

type TaskVisit = Visit<"Task">;

export interface Limits {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

/** An error takes long to make, as it notes its stack, and each call ends. */
const finished = new Interruption("finished");

/** @returns what the handler or the callback gave: not yet known to be JSON */
export async function callResource(
  visit: TaskVisit,
  events: TaskEvents,
  args: Json,
  { timeout, heartbeat }: Limits,
  taskToken: string | undefined,
): Promise<unknown> {
  const { clock, dispatch, tokens } = visit.run.services;
  const over = new AbortController();
  const signal = AbortSignal.any([visit.frame.signal, over.signal]);
  let lastBeat = clock.now();
  const beat = (): void => {
    lastBeat = clock.now();
  };
  const pending = taskToken === undefined ? undefined : tokens.open(taskToken, beat);
  let accepted = false;
  const submitted = (output: unknown): void => {
    accepted = true;
    events.submitted(toJson(output));
  };
  const call: TaskCall = {
    resource: visit.state.Resource,
    arguments: toJson(args),
    state: visit.name,
    execution: visit.run.context,
    retryCount: visit.retryCount ?? 0,
    taskToken,
    signal,
    sleep: (seconds) => clock.sleepUntil(clock.now() + seconds * 1000, signal),
    submitted,
    heartbeat: beat,
    callback: async (answer = {}) => {
      if (pending === undefined) throw noToken(visit);
      if (!accepted) submitted(answer);
      return callback(visit, pending, signal);
    },
  };
  async function deadline(): Promise<never> {
    await clock.sleepUntil(clock.now() + (timeout ?? Infinity) * 1000, signal);
    throw new StateFailure("States.Timeout", undefined);
  }
  async function silence(): Promise<never> {
    for (;;) {
      const due = lastBeat + (heartbeat ?? Infinity) * 1000;
      if (due <= clock.now()) throw new StateFailure("States.Timeout", undefined, { alias: "States.HeartbeatTimeout" });
      await clock.sleepUntil(due, signal);
    }
  }
  // Only who holds a task token can send heartbeats.
  const beats = heartbeat !== undefined && taskToken !== undefined;
  const rivals = [
    clock.branch(() => untilAborted(signal, () => dispatch(call))),
    ...(timeout === undefined ? [] : [clock.branch(deadline)]),
    ...(beats ? [clock.branch(silence)] : []),
  ];
  try {
    return await clock.join(Promise.race(rivals));
  } finally {
    over.abort(finished);
    pending?.close();
  }
}

/** Waits as for ever: without anything else to do, virtual time knows then that nobody will call back. */
async function callback(visit: TaskVisit, pending: Pending, signal: AbortSignal): Promise<Json> {
  const { clock } = visit.run.services;
  try {
    await clock.sleepUntil(Infinity, AbortSignal.any([signal, pending.finished]));
  } catch (error) {
    if (pending.outcome() === undefined) throw error;
  }
  const outcome = pending.outcome();
  if (outcome === undefined) throw finished;
  if ("output" in outcome) return outcome.output;
  throw outcome.error === undefined
    ? new StateFailure(undefined, outcome.cause)
    : new TaskError(outcome.error, outcome.cause);
}

function noToken(visit: TaskVisit): SimulationError {
  return new SimulationError(
    `Task '${visit.name}' (${visit.state.Resource}): its handler waits for a callback, but the task has no token: ` +
      "only .waitForTaskToken and activities have one.",
  );
}

/** A handler may ignore its signal; the execution doesn't wait for it then. */
export function untilAborted<T>(signal: AbortSignal, work: () => Promise<T> | T): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(abortReason(signal));
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener("abort", abort, { once: true });
    new Promise<T>((settle) => {
      settle(work());
    })
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener("abort", abort);
      });
  });
}
