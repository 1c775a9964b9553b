/** One execution from its start to its status, and from its redrive to its next one. */
import { abortReason, type Clock } from "./clock.ts";
import type { Machine } from "./definition/asl.ts";
import { Interruption, StateFailure } from "./errors.ts";
import type { Execution, ExecutionEnd } from "./execution-state.ts";
import { failed, newHistory, text, whole, type History, type HistoryEvent, type Trail } from "./history.ts";
import type { Json } from "./json.ts";
import { newProgress } from "./progress.ts";
import type { ExecutionContext, Identity, NewChild, Place, Run, RunningExecution, Services } from "./run.ts";
import { checkSize } from "./failures.ts";
import { walk } from "./walk.ts";

export interface StartOptions {
  readonly onEvent?: ((event: HistoryEvent) => void) | undefined;
  readonly mapRunArn?: string;
  readonly place?: Place;
}

/**
 * Starts an execution.
 * @param signal stops it: with an {@link Interruption} as reason its error and cause become the execution's
 */
export function startExecution(
  machine: Machine,
  identity: Identity,
  input: Json,
  services: Services,
  signal: AbortSignal,
  options: StartOptions = {},
): RunningExecution {
  const { clock } = services;
  const execution: Execution = {
    identity,
    name: identity.executionName,
    input,
    history: newHistory(() => clock.now(), options.onEvent),
    trace: [],
    children: [],
    mapRuns: [],
    mapRunArn: options.mapRunArn,
    place: options.place ?? { pointer: "", path: "" },
    progress: newProgress(),
    startTime: clock.now(),
    stopTime: undefined,
    status: "RUNNING",
    output: undefined,
    error: undefined,
    cause: undefined,
    redriveCount: 0,
    redriveTime: undefined,
  };
  return go(machine, execution, services, signal, (history, trail) => {
    const details = { input: text(input), inputDetails: whole, roleArn: identity.roleArn };
    history.record(trail, "ExecutionStarted", { executionStartedEventDetails: details });
  });
}

/** Goes on with an execution that ended without success, from the states that it stopped in. */
export function redriveExecution(
  machine: Machine,
  execution: Execution,
  services: Services,
  signal: AbortSignal,
): RunningExecution {
  execution.redriveCount += 1;
  execution.redriveTime = services.clock.now();
  execution.status = "RUNNING";
  execution.stopTime = undefined;
  execution.error = undefined;
  execution.cause = undefined;
  return go(machine, execution, services, signal, (history, trail) => {
    history.reopen();
    trail.last = history.events.length;
    const { redriveCount } = execution;
    history.record(trail, "ExecutionRedriven", { executionRedrivenEventDetails: { redriveCount } });
  });
}

function go(
  machine: Machine,
  execution: Execution,
  services: Services,
  signal: AbortSignal,
  begin: (history: History, trail: Trail) => void,
): RunningExecution {
  const { clock } = services;
  const run: Run = {
    services,
    execution,
    context: contextOf(execution),
    variables: { bytes: 0 },
    walk: (branch, input, frame) => walk(run, branch, input, frame),
    startChild: (childMachine, child, childSignal) =>
      "status" in child
        ? redriveExecution(childMachine, child, services, childSignal)
        : startChild(execution, childMachine, child, services, childSignal),
  };
  const end = clock.branch(async () => {
    const ended = await runToEnd(run, machine, signal, begin);
    Object.assign(execution, { ...ended, stopTime: clock.now() });
    return ended;
  });
  return { execution, end };
}

function startChild(
  parent: Execution,
  machine: Machine,
  { identity, input, mapRunArn, place }: NewChild,
  services: Services,
  signal: AbortSignal,
): RunningExecution {
  const running = startExecution(machine, identity, input, services, signal, { mapRunArn, place });
  parent.children.push(running.execution);
  return running;
}

function contextOf(execution: Execution): ExecutionContext {
  const { identity, redriveTime } = execution;
  return {
    Id: identity.executionArn,
    Input: execution.input,
    StartTime: new Date(execution.startTime).toISOString(),
    Name: identity.executionName,
    RoleArn: identity.roleArn,
    RedriveCount: execution.redriveCount,
    ...(redriveTime === undefined ? {} : { RedriveTime: new Date(redriveTime).toISOString() }),
  };
}

async function runToEnd(
  run: Run,
  machine: Machine,
  signal: AbortSignal,
  begin: (history: History, trail: Trail) => void,
): Promise<ExecutionEnd> {
  const { history, identity, input, place, progress } = run.execution;
  const { clock } = run.services;
  const trail: Trail = { last: 0 };
  begin(history, trail);
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  const interrupted = (): void => {
    closeInterrupted(history, abortReason(either));
  };
  either.addEventListener("abort", interrupted, { once: true });
  const timer = timeOut(clock, machine.TimeoutSeconds, own, either);
  try {
    checkSize(input, identity.machineName);
    const output = await walk(run, machine, input, { progress, trail, signal: either, place, item: undefined });
    history.close(trail, "ExecutionSucceeded", {
      executionSucceededEventDetails: { output: text(output), outputDetails: whole },
    });
    return { status: "SUCCEEDED", output, error: undefined, cause: undefined };
  } catch (error) {
    if (error instanceof Interruption) return interruptedEnd(error);
    if (!(error instanceof StateFailure)) {
      const cause = error instanceof Error ? error.message : String(error);
      history.close(trail, "ExecutionFailed", { executionFailedEventDetails: failed("States.Runtime", cause) });
      throw error;
    }
    const details = { executionFailedEventDetails: failed(error.error, error.reason) };
    history.close(trail, "ExecutionFailed", details);
    return { status: "FAILED", output: undefined, error: error.error, cause: error.reason };
  } finally {
    either.removeEventListener("abort", interrupted);
    own.abort(new Interruption("finished"));
    await timer;
  }
}

/** Aborts when the machine's own time is over. */
async function timeOut(
  clock: Clock,
  seconds: number | undefined,
  own: AbortController,
  signal: AbortSignal,
): Promise<void> {
  if (seconds === undefined) return;
  try {
    await clock.branch(() => clock.sleepUntil(clock.now() + seconds * 1000, signal));
    own.abort(new Interruption("timed out"));
  } catch (error) {
    // The timer's own end is part of every end; a fault of the clock is not.
    if (!(error instanceof Interruption)) throw error;
  }
}

/** The service's own timeout has neither error nor cause; a stop has those of StopExecution. */
function interruptedEnd(reason: Interruption): ExecutionEnd {
  const status = reason.kind === "timed out" ? "TIMED_OUT" : "ABORTED";
  return { status, output: undefined, error: reason.error, cause: reason.reason };
}

function closeInterrupted(history: History, reason: Error): void {
  const {
    error,
    reason: cause,
    kind,
  } = reason instanceof Interruption ? reason : new Interruption("stopped", undefined, reason.message);
  if (kind === "timed out") {
    history.close({ last: 0 }, "ExecutionTimedOut", { executionTimedOutEventDetails: failed(error, cause) });
  } else {
    history.close({ last: 0 }, "ExecutionAborted", { executionAbortedEventDetails: failed(error, cause) });
  }
}
