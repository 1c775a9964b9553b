/** The visits of an execution to states: how each began, went and ended, told from the chain of events. */
import type { HistoryEvent } from "./events.ts";

export interface Visit {
  readonly state: string;
  /** `Task`, `Parallel` …, as its events' types begin. */
  readonly type: string;
  /** The visit that led to this one; undefined at the start of a machine. */
  readonly after: Visit | undefined;
  /** The visit to the Parallel or the Map that it is in. */
  readonly within: Visit | undefined;
  /** Its index among the items of that Map, from 0. */
  readonly iteration: number | undefined;
  /** Milliseconds since the epoch. */
  readonly entered: number;
  left: number | undefined;
  status: "succeeded" | "caught" | "failed" | "aborted" | "running";
  /** How often its work was begun; 0 in states that do no work. */
  attempts: number;
  /** What began its work last: `TaskScheduled`, `MapRunStarted` … */
  work: HistoryEvent | undefined;
  /** What its last attempt failed of. */
  failure: HistoryEvent | undefined;
  /** Of what former attempts failed, in their order. */
  readonly retried: Retried[];
}

/** A failure after which the state was done again. */
export interface Retried {
  readonly failure: HistoryEvent;
  /** What had begun the work. */
  readonly work: HistoryEvent | undefined;
  readonly by: "Retry" | "redrive";
}

const composite = /^(Parallel|Map)(State|Run|Iteration)(Started|Failed)$/;
const attempt = /^(Task|LambdaFunction|Activity)Scheduled$|^(Parallel|Map)StateStarted$/;
const failing = /(Failed|TimedOut)$/;
const ending = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

/** All visits, in the order in which they began. */
export function visitsOf(events: readonly HistoryEvent[]): Visit[] {
  const trail = new Trail(events);
  for (const event of events) {
    if (event.state !== undefined && event.type.endsWith("StateEntered")) trail.enter(event, event.state);
    else if (event.type.endsWith("StateExited")) trail.leave(event);
    else if (ending.test(event.type)) trail.end(event);
    else if (event.type === "ExecutionRedriven") trail.redrive();
    else if (event.type.endsWith("StateAborted")) trail.abort(event);
    else if (attempt.test(event.type)) trail.begin(event);
    else if (event.type === "MapRunStarted") trail.runMap(event);
    else if (failing.test(event.type)) trail.fail(event);
  }
  return trail.visits;
}

class Trail {
  readonly visits: Visit[] = [];
  readonly #events: ReadonlyMap<number, HistoryEvent>;
  readonly #entered = new Map<number, Visit>();
  readonly #left = new Map<number, Visit>();
  /** What was going on when the execution ended, until it begins again. */
  readonly #stopped = new Set<Visit>();

  constructor(events: readonly HistoryEvent[]) {
    this.#events = new Map(events.map((event) => [event.id, event]));
  }

  enter(event: HistoryEvent, state: string): void {
    const after = this.#left.get(event.previousEventId);
    const visit: Visit = {
      state,
      type: event.type.slice(0, -"StateEntered".length),
      after,
      // What follows a state is in the same machine.
      ...(after === undefined ? this.#surroundings(event) : { within: after.within, iteration: after.iteration }),
      entered: event.time,
      left: undefined,
      status: "running",
      attempts: 0,
      work: undefined,
      failure: undefined,
      retried: [],
    };
    this.#entered.set(event.id, visit);
    this.visits.push(visit);
  }

  /** Of the first state of a machine. */
  #surroundings(event: HistoryEvent): Pick<Visit, "within" | "iteration"> {
    const within = this.#around(event).find(({ type, status }) => isComposite(type) && status === "running");
    const before = this.#events.get(event.previousEventId);
    const index = before?.type === "MapIterationStarted" ? before.details.index : undefined;
    return { within, iteration: typeof index === "number" ? index : undefined };
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
    again(visit, "Retry");
    visit.attempts += 1;
    visit.work = event;
    // A redrive goes on with what is within.
    if (this.#stopped.delete(visit)) return;
    this.#failWithin(visit, event);
    if (isComposite(visit.type)) this.#giveUpWithin(visit, event);
  }

  /** What went on beside a failure, in a Parallel or a Map that begins anew. */
  #giveUpWithin(visit: Visit, event: HistoryEvent): void {
    for (const inner of this.visits) {
      if (inner.within !== visit || inner.left !== undefined || inner.status === "failed") continue;
      inner.status = "aborted";
      inner.left = event.time;
      this.#giveUpWithin(inner, event);
    }
  }

  runMap(event: HistoryEvent): void {
    const visit = this.#own(event);
    if (visit !== undefined) visit.work = event;
  }

  /** The state may still retry or catch its failure; the states within it can't. */
  fail(event: HistoryEvent): void {
    const visit = this.#own(event);
    if (visit === undefined) return;
    blame(visit, event);
    this.#failWithin(visit, event);
    if (event.type === "ParallelStateFailed" || event.type === "MapStateFailed") visit.status = "failed";
  }

  /** What lies between the visit and an event of its own has failed: it begins anew, or ends. */
  #failWithin(visit: Visit, event: HistoryEvent): void {
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
        if (visit.failure?.error === undefined) blame(visit, event);
      }
    }
    this.#stopped.clear();
    for (const visit of this.visits) {
      if (visit.status === "running") visit.status = "aborted";
      if (visit.status === "aborted" && visit.left === undefined) this.#stopped.add(visit);
    }
    for (const visit of this.#around(event)) this.#stopped.add(visit);
  }

  redrive(): void {
    for (const visit of this.#stopped) if (visit.left === undefined) again(visit, "redrive");
  }

  /** The visit that the event belongs to: the innermost, or of a Parallel's or Map's own events that state's. */
  #own(event: HistoryEvent): Visit | undefined {
    const type = composite.exec(event.type)?.[1];
    const nearest = (fits: (visit: Visit) => boolean): Visit | undefined => this.#around(event).find(fits);
    if (type === undefined) return nearest(() => true);
    // One that has failed within it is no longer meant, unless all have and a redrive begins.
    return (
      nearest((visit) => visit.type === type && visit.status === "running") ?? nearest((visit) => visit.type === type)
    );
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

const isComposite = (type: string): boolean => type === "Parallel" || type === "Map";

/** What had failed runs again. */
function again(visit: Visit, by: Retried["by"]): void {
  const { failure, work } = visit;
  if (failure !== undefined) visit.retried.push({ failure, work, by });
  visit.failure = undefined;
  visit.status = "running";
}

/** What ends a Parallel or a Map names no error: one that was told before stays. */
function blame(visit: Visit, event: HistoryEvent): void {
  if (visit.failure === undefined || event.error !== undefined) visit.failure = event;
}
