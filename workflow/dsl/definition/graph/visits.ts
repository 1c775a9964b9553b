/** The visits of an execution to states: how each began, went and ended, told from the chain of events. */
import type { HistoryEvent } from "./history.ts";

export interface Visit {
  readonly state: string;
  /** `Task`, `Parallel` …, as its events' types begin. */
  readonly type: string;
  /** The visit that led to this one; undefined at the start of a machine. */
  readonly after: Visit | undefined;
  /** Milliseconds since the epoch. */
  readonly entered: number;
  left: number | undefined;
  status: "succeeded" | "caught" | "failed" | "aborted" | "running";
  /** How often its work was begun; 0 in states that do no work. */
  attempts: number;
  error: string | undefined;
  cause: string | undefined;
}

const composite = /^(Parallel|Map)(State|Run|Iteration)(Started|Failed)$/;
const attempt = /^(Task|LambdaFunction|Activity)Scheduled$|^(Parallel|Map)StateStarted$|^MapRunStarted$/;
const failing = /(Failed|TimedOut)$/;
const ending = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

/** All visits, in the order in which they began. */
export function visitsOf(events: readonly HistoryEvent[]): Visit[] {
  const trail = new Trail(events);
  for (const event of events) {
    if (event.state !== undefined && event.type.endsWith("StateEntered")) trail.enter(event, event.state);
    else if (event.type.endsWith("StateExited")) trail.leave(event);
    else if (ending.test(event.type)) trail.end(event);
    else if (event.type.endsWith("StateAborted")) trail.abort(event);
    else if (attempt.test(event.type)) trail.begin(event);
    else if (failing.test(event.type)) trail.fail(event);
  }
  return trail.visits;
}

class Trail {
  readonly visits: Visit[] = [];
  readonly #events: ReadonlyMap<number, HistoryEvent>;
  readonly #entered = new Map<number, Visit>();
  readonly #left = new Map<number, Visit>();

  constructor(events: readonly HistoryEvent[]) {
    this.#events = new Map(events.map((event) => [event.id, event]));
  }

  enter({ id, type, time, previousEventId }: HistoryEvent, state: string): void {
    const visit: Visit = {
      state,
      type: type.slice(0, -"StateEntered".length),
      after: this.#left.get(previousEventId),
      entered: time,
      left: undefined,
      status: "running",
      attempts: 0,
      error: undefined,
      cause: undefined,
    };
    this.#entered.set(id, visit);
    this.visits.push(visit);
  }

  /** A state that is left right after a failure has caught it. */
  leave(event: HistoryEvent): void {
    const visit = this.#around(event).find(({ state }) => state === event.state);
    if (visit === undefined) return;
    const before = this.#events.get(event.previousEventId);
    visit.left = event.time;
    visit.status = before !== undefined && failing.test(before.type) ? "caught" : "succeeded";
    this.#left.set(event.id, visit);
  }

  begin(event: HistoryEvent): void {
    const visit = this.#own(event);
    if (visit === undefined) return;
    visit.attempts += 1;
    // After a redrive, what had failed runs again.
    visit.status = "running";
  }

  /** The state may still retry or catch its failure; the states within it can't. */
  fail(event: HistoryEvent): void {
    const visit = this.#own(event);
    if (visit === undefined) return;
    blame(visit, event);
    for (const inner of this.#around(event)) {
      if (inner === visit) return;
      inner.status = "failed";
    }
  }

  abort(event: HistoryEvent): void {
    const [visit] = this.#around(event);
    if (visit?.status === "running") visit.status = "aborted";
  }

  end(event: HistoryEvent): void {
    if (event.type === "ExecutionFailed") {
      for (const visit of this.#around(event)) {
        visit.status = "failed";
        if (visit.error === undefined) blame(visit, event);
      }
    }
    for (const visit of this.visits) if (visit.status === "running") visit.status = "aborted";
  }

  /** The visit that the event belongs to: the innermost, or of a Parallel's or Map's own events that state's. */
  #own(event: HistoryEvent): Visit | undefined {
    const type = composite.exec(event.type)?.[1];
    return this.#around(event).find((visit) => type === undefined || visit.type === type);
  }

  /** The visits that the event lies within, the innermost first. */
  *#around({ previousEventId }: HistoryEvent): Generator<Visit> {
    let id = previousEventId;
    for (let event = this.#events.get(id); event !== undefined; event = this.#events.get(id)) {
      const visit = this.#entered.get(id);
      if (visit !== undefined && visit.left === undefined) yield visit;
      // A chain leads back; a history that says otherwise has no chain.
      if (event.previousEventId >= id) return;
      id = event.previousEventId;
    }
  }
}

function blame(visit: Visit, { error, cause }: HistoryEvent): void {
  visit.error = error;
  visit.cause = cause;
}
