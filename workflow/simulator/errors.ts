/** How states fail: named errors that Retry and Catch can match, and interruptions that they can't. */

/**
 * Throw it from a task handler or an integration to fail the task with a named error,
 * for example `new TaskError("Glue.ConcurrentRunsExceededException", "…")`.
 */
export class TaskError extends Error {
  override readonly name = "TaskError";
  readonly error: string;
  readonly reason: string | undefined;
  constructor(error: string, cause?: string) {
    super(cause === undefined ? error : `${error}: ${cause}`);
    this.error = error;
    this.reason = cause;
  }
}

/** What `$states.errorOutput` and a catcher's default output look like. */
export interface ErrorOutput {
  readonly Error: string | null;
  readonly Cause: string | null;
}

/** A state failed under a name; a Fail state may leave both fields out. */
export class StateFailure extends Error {
  override readonly name = "StateFailure";
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** Another name under which Retry and Catch find it (a missed heartbeat is reported as a timeout). */
  readonly alias: string | undefined;
  /** False ends the execution at once, past every Retry and Catch. */
  readonly catchable: boolean;
  constructor(
    error: string | undefined,
    reason: string | undefined,
    options: { readonly alias?: string; readonly catchable?: boolean } = {},
  ) {
    super([error, reason].filter((part) => part !== undefined).join(": "));
    this.error = error;
    this.reason = reason;
    this.alias = options.alias;
    this.catchable = options.catchable ?? true;
  }

  /** As recorded: a timeout has an empty Cause for its catcher, a failure that nobody named has null for both. */
  get output(): ErrorOutput {
    return { Error: this.error ?? null, Cause: this.reason ?? (this.error === undefined ? null : "") };
  }
}

/** The reason of an AbortSignal: a sibling branch failed, the machine timed out, or somebody stopped the execution. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly kind: "sibling failed" | "timed out" | "stopped" | "finished";
  readonly error: string | undefined;
  readonly reason: string | undefined;
  constructor(kind: Interruption["kind"], error?: string, reason?: string) {
    super(`The execution was interrupted: ${kind}`);
    this.kind = kind;
    this.error = error;
    this.reason = reason;
  }
}

/**
 * The simulation itself can't go on: no mock for a task, a handler's bug, a wait without end.
 * It rejects `simulate`, so that no `Catch` of the program under test can hide it.
 */
export class SimulationError extends Error {
  override readonly name = "SimulationError";
}

/**
 * Whether an ErrorEquals list names this failure. States.Runtime always ends the execution, even if it is named.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function matches(errorEquals: readonly string[], failure: StateFailure): boolean {
  if (!failure.catchable || failure.error === "States.Runtime") return false;
  return errorEquals.some((name) => {
    if (name === failure.error || (failure.alias !== undefined && name === failure.alias)) return true;
    if (name === "States.ALL") return true;
    return name === "States.TaskFailed" && failure.error !== "States.Timeout";
  });
}
