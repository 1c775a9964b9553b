/** Task: calls its resource under its timeouts and says what became of it. */
import { attempts } from "../attempts.ts";
import { abortReason } from "../clock.ts";
import { Interruption, SimulationError, StateFailure, TaskError } from "../errors.ts";
import { NotJson, toJson, type Json } from "../json.ts";
import { maxSeconds } from "../limits.ts";
import type { TaskCall } from "../run.ts";
import { checkSize, following, leave, query, queryNumber, type Outcome, type Visit } from "../visit.ts";
import { taskEvents, type TaskEvents } from "./task-events.ts";

type TaskVisit = Visit<"Task">;
const bounds = { from: 1, to: maxSeconds, integer: true };

export function task(visit: TaskVisit): Promise<Outcome> {
  const { state, run } = visit;
  return attempts(visit, async (again) => {
    const waitsForToken = state.Resource.endsWith(".waitForTaskToken");
    const attempt = waitsForToken ? { ...again, taskToken: run.services.uuid() } : again;
    // Without Arguments a Task sends its input; `Arguments: {}` sends {}.
    const args = state.Arguments === undefined ? visit.input : await query(attempt, state.Arguments, "Arguments");
    const timeout = await secondsOf(attempt, "TimeoutSeconds");
    const heartbeat = await secondsOf(attempt, "HeartbeatSeconds");
    checkSize(args, visit.name);
    const events = taskEvents(attempt);
    events.scheduled(args, timeout, heartbeat);
    const result = await reported(events, () => perform(attempt, events, args, timeout, heartbeat));
    return leave(attempt, state, { fallback: result, next: following(state), known: { result } });
  });
}

async function secondsOf(visit: TaskVisit, field: "TimeoutSeconds" | "HeartbeatSeconds"): Promise<number | undefined> {
  const template = visit.state[field];
  return template === undefined ? undefined : queryNumber(visit, template, field, bounds);
}

/** Every named failure of the call itself is an event of its own. */
async function reported(events: TaskEvents, call: () => Promise<Json>): Promise<Json> {
  try {
    const result = await call();
    events.succeeded(result);
    return result;
  } catch (error) {
    if (error instanceof StateFailure) events.failed(error);
    throw error;
  }
}

async function perform(
  visit: TaskVisit,
  events: TaskEvents,
  args: Json,
  timeout: number | undefined,
  heartbeat: number | undefined,
): Promise<Json> {
  const { clock, dispatch } = visit.run.services;
  const over = new AbortController();
  const signal = AbortSignal.any([visit.frame.signal, over.signal]);
  let lastBeat = clock.now();
  const call: TaskCall = {
    resource: visit.state.Resource,
    arguments: toJson(args),
    state: visit.name,
    execution: visit.run.context,
    retryCount: visit.retryCount ?? 0,
    taskToken: visit.taskToken,
    signal,
    sleep: (seconds) => clock.sleepUntil(clock.now() + seconds * 1000, signal),
    submitted: (output) => {
      events.submitted(toJson(output));
    },
    heartbeat: () => {
      lastBeat = clock.now();
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
  const beats = heartbeat !== undefined && visit.taskToken !== undefined;
  const rivals = [
    clock.branch(() => untilAborted(signal, () => dispatch(call))),
    ...(timeout === undefined ? [] : [clock.branch(deadline)]),
    ...(beats ? [clock.branch(silence)] : []),
  ];
  try {
    const result = json(visit, await clock.join(Promise.race(rivals)));
    checkSize(result, events.resourceType);
    return result;
  } catch (error) {
    throw named(visit, error);
  } finally {
    over.abort(new Interruption("finished"));
  }
}

/** A handler may ignore its signal; the execution doesn't wait for it then. */
function untilAborted(signal: AbortSignal, work: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(abortReason(signal));
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener("abort", abort, { once: true });
    new Promise<unknown>((settle) => {
      settle(work());
    })
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener("abort", abort);
      });
  });
}

function json(visit: TaskVisit, result: unknown): Json {
  try {
    return result === undefined ? null : toJson(result);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw new SimulationError(`Task '${visit.name}': its result isn't JSON: ${error.message}.`, { cause: error });
  }
}

const lambda = /:(?:states:::lambda:invoke(?:\.waitForTaskToken)?$|lambda:[^:]*:[^:]*:function:)/;

/** An Error that a Lambda function throws has its class as name; anywhere else an unnamed error is a bug of the handler. */
function named(visit: TaskVisit, error: unknown): unknown {
  if (error instanceof TaskError) return new StateFailure(error.error, error.reason);
  if (error instanceof StateFailure || error instanceof Interruption || error instanceof SimulationError) return error;
  const { Resource: resource } = visit.state;
  if (error instanceof Error && lambda.test(resource)) {
    const trace = (error.stack ?? "").split("\n");
    return new StateFailure(error.name, JSON.stringify({ errorType: error.name, errorMessage: error.message, trace }));
  }
  return new SimulationError(
    `Task '${visit.name}' (${resource}): its handler threw ${String(error)}. ` +
      "Throw a TaskError(name, cause) to fail the task with an error that Retry and Catch can match.",
    { cause: error },
  );
}
