/** Task tokens: what waits for a callback, and how whoever holds the token finishes it. */
import type { Json } from "./json.ts";

/** What the service refuses: a token of nobody's, one whose task is over, an output that isn't JSON. */
export class CallbackError extends Error {
  override readonly name = "CallbackError";
  readonly type: "InvalidToken" | "TaskTimedOut" | "InvalidOutput";
  constructor(type: CallbackError["type"], message: string) {
    super(message);
    this.type = type;
  }
}

export type TaskOutcome =
  { readonly output: Json } | { readonly error: string | undefined; readonly cause: string | undefined };

/**
 * Finishes tasks by their tokens, as SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat do.
 * Each throws a {@link CallbackError} for a token that no task waits with (any more).
 */
export interface TaskCallbacks {
  sendTaskSuccess(callback: { readonly taskToken: string; readonly output: Json }): void;
  sendTaskFailure(callback: {
    readonly taskToken: string;
    readonly error?: string | undefined;
    readonly cause?: string | undefined;
  }): void;
  sendTaskHeartbeat(callback: { readonly taskToken: string }): void;
}

/** A task's side of its token. */
export interface Pending {
  /** Once somebody has finished the task. */
  readonly outcome: () => TaskOutcome | undefined;
  /** Aborted when there is an outcome. */
  readonly finished: AbortSignal;
  /** The task is over: its token is worth nothing any more. */
  readonly close: () => void;
}

interface Entry {
  readonly heartbeat: () => void;
  readonly finished: AbortController;
  outcome: TaskOutcome | undefined;
  closed: boolean;
}

/** The tokens of one simulation or server. */
export class TaskTokens implements TaskCallbacks {
  readonly #entries = new Map<string, Entry>();

  /** @param heartbeat is told of every SendTaskHeartbeat */
  open(taskToken: string, heartbeat: () => void): Pending {
    const entry: Entry = { heartbeat, finished: new AbortController(), outcome: undefined, closed: false };
    this.#entries.set(taskToken, entry);
    return {
      outcome: () => entry.outcome,
      finished: entry.finished.signal,
      close: () => {
        entry.closed = true;
      },
    };
  }

  sendTaskSuccess({ taskToken, output }: { readonly taskToken: string; readonly output: Json }): void {
    this.#finish(taskToken, { output });
  }

  sendTaskFailure(callback: {
    readonly taskToken: string;
    readonly error?: string | undefined;
    readonly cause?: string | undefined;
  }): void {
    this.#finish(callback.taskToken, { error: callback.error, cause: callback.cause });
  }

  sendTaskHeartbeat({ taskToken }: { readonly taskToken: string }): void {
    this.#find(taskToken).heartbeat();
  }

  #finish(taskToken: string, outcome: TaskOutcome): void {
    const entry = this.#find(taskToken);
    entry.outcome = outcome;
    entry.finished.abort();
  }

  #find(taskToken: string): Entry {
    const entry = this.#entries.get(taskToken);
    if (entry === undefined) throw new CallbackError("InvalidToken", "Invalid Token: 'Invalid token'");
    if (entry.closed || entry.outcome !== undefined) {
      throw new CallbackError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }
    return entry;
  }
}

/** For `simulate`'s option `callbacks`: finishes its tasks from outside of their handlers. */
export function taskCallbacks(): TaskTokens {
  return new TaskTokens();
}
