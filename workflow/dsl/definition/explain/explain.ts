/** Why an execution ended as it did: its failures, where each is written, and what became of each. */
import type { CallSite } from "../../bundle/types.ts";
import { HistoryError, historyOf, isPage, type HistoryEvent } from "../history/events.ts";
import { visitsOf, type Visit } from "../history/visits.ts";
import { lookup } from "../lookup.ts";
import { allMachines, expressionIn, textOf, type Machine, type State } from "../machine.ts";
import { shortened } from "../readable.ts";
import { looksAt, messageOf, thrownAt } from "./cause.ts";
import type { Explanation, Failure, Outcome, Place, Surrounding } from "./explanation.ts";

/**
 * @param history what GetExecutionHistory gives, or its events alone
 * @param sites the line of the program that made each state, by the state's name: `compile(…).sites`
 * @throws HistoryError if it is no history, has no events, or is one of another machine
 */
export function explain(
  machine: Machine,
  history: unknown,
  sites: Readonly<Record<string, CallSite>> = {},
): Explanation {
  const events = historyOf(history);
  if (events.length === 0) throw new HistoryError("this history has no events: it is empty, or a page past its end");
  const visits = visitsOf(events);
  const story = new Story(machine, visits, sites);
  const [first, last] = [events.at(0), events.at(-1)];
  const status = statusOf(last);
  const message = messageOf(last?.cause);
  return {
    status,
    ...(isPage(history) ? { page: true } : {}),
    milliseconds: first === undefined || last === undefined ? 0 : last.time - first.time,
    ...(status !== "RUNNING" && last?.error !== undefined ? { error: last.error } : {}),
    ...(status !== "RUNNING" && message !== undefined ? { message } : {}),
    failures: visits.flatMap((visit) => story.failureOf(visit) ?? []),
    running: status === "SUCCEEDED" || status === "FAILED" ? [] : story.running(),
  };
}

const statuses: Readonly<Record<string, Explanation["status"]>> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionTimedOut: "TIMED_OUT",
  ExecutionAborted: "ABORTED",
};
const statusOf = (last: HistoryEvent | undefined): Explanation["status"] => statuses[last?.type ?? ""] ?? "RUNNING";

/** What the machine's definition and the lines of its program say of the visits. */
class Story {
  readonly #states: ReadonlyMap<string, State>;
  readonly #sites: Readonly<Record<string, CallSite>>;
  readonly #visits: readonly Visit[];
  /** The visits within each visit to a Parallel or a Map. */
  readonly #inside: ReadonlyMap<Visit | undefined, readonly Visit[]>;
  readonly #next: ReadonlyMap<Visit | undefined, Visit>;

  constructor(machine: Machine, visits: readonly Visit[], sites: Readonly<Record<string, CallSite>>) {
    this.#states = new Map(
      allMachines(machine).flatMap(({ states }) => states.map((state) => [state.name, state] as const)),
    );
    this.#sites = sites;
    this.#visits = visits;
    this.#inside = Map.groupBy(visits, ({ within }) => within);
    this.#next = new Map(visits.map((visit) => [visit.after, visit]));
    const unknown = [...new Set(visits.map(({ state }) => state))].filter((name) => !this.#states.has(name));
    if (unknown.length > 0) throw ofAnother(unknown);
  }

  /** Undefined of what did not fail itself, but for what failed within it. */
  failureOf(visit: Visit): Failure | undefined {
    const { status, failure, work, retried } = visit;
    if (status === "failed" || status === "caught") {
      if (this.#culprit(visit) !== undefined) return undefined;
      return this.#failure(visit, failure, work, (error) => this.#outcome(visit, error));
    }
    const last = retried.at(-1);
    const within = this.#inside.get(visit) ?? [];
    if (last === undefined || within.some((inner) => inner.status === "failed" || inner.retried.length > 0)) {
      return undefined;
    }
    return this.#failure(visit, last.failure, last.work, () => ({
      kind: "retried",
      by: last.by,
      times: retried.length,
      succeeded: status === "succeeded",
    }));
  }

  #failure(
    visit: Visit,
    failure: HistoryEvent | undefined,
    work: HistoryEvent | undefined,
    outcome: (error: string | undefined) => Outcome,
  ): Failure {
    const { state, type, attempts } = visit;
    const fields = this.#states.get(state)?.fields ?? {};
    const literal = (value: unknown): string | undefined =>
      expressionIn(value) === undefined ? textOf(value) : undefined;
    // Within a Parallel or a Map, the history does not tell what a Fail said.
    const [error, cause] =
      failure === undefined && type === "Fail"
        ? [literal(fields.Error), literal(fields.Cause)]
        : [failure?.error, failure?.cause];
    const message = messageOf(cause);
    const location = textOf(failure?.details.location);
    const thrown = thrownAt(cause);
    return {
      ...this.#place(visit),
      type,
      ...(error === undefined ? {} : { error }),
      ...(message === undefined ? {} : { message }),
      attempts,
      ...(location === undefined ? {} : { location }),
      ...(thrown === undefined ? {} : { thrown }),
      outcome: outcome(error),
      look: looksAt(work, cause),
    };
  }

  /** States that were not left and have no such state within them, in what was not over itself. */
  running(): Place[] {
    const open = ({ status, left }: Visit): boolean =>
      left === undefined && (status === "running" || status === "aborted");
    const alive = (visit: Visit | undefined): boolean => visit === undefined || (open(visit) && alive(visit.within));
    return this.#visits
      .filter((visit) => alive(visit) && !(this.#inside.get(visit) ?? []).some(open))
      .map((visit) => this.#place(visit));
  }

  /** What failed within the visit and made it fail: the last, for a Parallel or a Map may have been retried. */
  #culprit(visit: Visit): Visit | undefined {
    const { failure } = visit;
    const own = failure?.error !== undefined && failure.type !== "ExecutionFailed";
    return own ? undefined : this.#inside.get(visit)?.findLast(({ status }) => status === "failed");
  }

  #outcome(visit: Visit, error: string | undefined): Outcome {
    if (visit.status === "caught") return this.#caught(visit, error);
    const { within } = visit;
    if (within === undefined) return { kind: "ended the execution" };
    const over = within.status === "failed" || within.status === "caught";
    return over && this.#culprit(within) === visit
      ? this.#outcome(within, error)
      : { kind: "survived", by: within.state };
  }

  #caught(visit: Visit, error: string | undefined): Outcome {
    const next = this.#next.get(visit)?.state;
    const catchers = (this.#states.get(visit.state)?.transitions ?? []).filter((each) => each.kind === "catch");
    const leading = catchers.filter(({ to }) => to === next);
    const naming = (name: string | undefined): (typeof catchers)[number] | undefined =>
      leading.find(({ errors }) => name !== undefined && errors.includes(name));
    const catcher = naming(error) ?? naming("States.ALL") ?? leading[0];
    return {
      kind: "caught",
      by: visit.state,
      ...(catcher === undefined ? {} : { rule: catcher.rule, errors: catcher.errors }),
      ...(next === undefined ? {} : { next }),
    };
  }

  #place(visit: Visit): Place {
    const { state } = visit;
    const site = lookup(this.#sites, state);
    return { state, ...(site === undefined ? {} : { site }), within: this.#surroundings(visit) };
  }

  #surroundings({ state, within, iteration }: Visit): Surrounding[] {
    if (within === undefined) return [];
    const branches = this.#states.get(within.state)?.machines ?? [];
    const branch =
      branches.length > 1 ? branches.findIndex(({ states }) => states.some(({ name }) => name === state)) : -1;
    const around = {
      state: within.state,
      ...(branch < 0 ? {} : { branch }),
      ...(iteration === undefined ? {} : { iteration }),
    };
    return [...this.#surroundings(within), around];
  }
}

const ofAnother = (states: readonly string[]): HistoryError =>
  new HistoryError(
    `this history is of another machine, or of this one at another time: it comes to ${shortened(states.join(", "), 200)}, ` +
      "which the machine does not have. Give the definition that the execution ran with, which " +
      "`aws stepfunctions describe-state-machine-for-execution --query definition --output text` prints",
  );
