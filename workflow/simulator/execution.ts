/** One execution from its start to its status; distributed Maps start more of them. */
import { abortReason } from "./clock.ts";
import type { Machine } from "./definition/asl.ts";
import { Interruption, StateFailure } from "./errors.ts";
import { failed, newHistory, text, whole, type History, type HistoryEvent, type Trail } from "./history.ts";
import type { Json } from "./json.ts";
import type { ChildExecution, ExecutionEnd, Identity, Run, Services } from "./run.ts";
import { newScope } from "./scope.ts";
import { checkSize } from "./visit.ts";
import { walk } from "./walk.ts";

/** An execution under way: its history grows while it runs. */
export interface Execution {
  readonly history: History;
  readonly children: readonly ChildExecution[];
  readonly end: Promise<ExecutionEnd>;
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
  onEvent?: (event: HistoryEvent) => void,
): Execution {
  const { clock } = services;
  const history = newHistory(() => clock.now(), onEvent);
  const children: ChildExecution[] = [];
  const run: Run = {
    services,
    identity,
    history,
    children,
    execution: {
      Id: identity.executionArn,
      Input: input,
      StartTime: new Date(clock.now()).toISOString(),
      Name: identity.executionName,
      RoleArn: identity.roleArn,
      RedriveCount: 0,
    },
    walk: (branch, branchInput, frame) => walk(run, branch, branchInput, frame),
    startChild: async (childMachine, childIdentity, childInput, childSignal) => {
      const child = startExecution(childMachine, childIdentity, childInput, services, childSignal);
      const end = await clock.join(child.end);
      const ended = { ...end, name: childIdentity.executionName, input: childInput, history: child.history };
      children.push(ended, ...child.children);
      return ended;
    },
  };
  return { history, children, end: clock.branch(() => runToEnd(run, machine, input, signal)) };
}

async function runToEnd(run: Run, machine: Machine, input: Json, signal: AbortSignal): Promise<ExecutionEnd> {
  const { history, identity } = run;
  const { clock } = run.services;
  const trail: Trail = { last: 0 };
  history.record(trail, "ExecutionStarted", {
    executionStartedEventDetails: { input: text(input), inputDetails: whole, roleArn: identity.roleArn },
  });
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  const interrupted = (): void => {
    closeInterrupted(history, abortReason(either));
  };
  either.addEventListener("abort", interrupted, { once: true });
  const { TimeoutSeconds: limit } = machine;
  const timer =
    limit === undefined
      ? undefined
      : clock
          .branch(() => clock.sleepUntil(clock.now() + limit * 1000, either))
          .then(() => {
            own.abort(new Interruption("timed out"));
          })
          .catch((error: unknown) => {
            // The timer's own end is part of every end; a fault of the clock is not.
            if (!(error instanceof Interruption)) throw error;
          });
  try {
    checkSize(input, identity.machineName);
    const frame = { scope: newScope(), trail, signal: either, item: undefined };
    const output = await walk(run, machine, input, frame);
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
