/** The path of an execution through a machine, as marks on its picture. */
import { allMachines, type Machine, type State } from "../machine.ts";
import { historyOf } from "../history/events.ts";
import { visitsOf, type Visit } from "../history/visits.ts";
import { duration, shortened } from "../readable.ts";
import { endKey, placeOf, startKey, wayKey, type Look, type Mark, type Marks } from "./marks.ts";

const longestNote = 40;
/** The look of several visits to one state is the first of these that one of them has. */
const byWeight = ["failed", "running", "aborted", "caught", "succeeded"] as const;

/**
 * Marks of an execution: `history` is what GetExecutionHistory gives, or its events alone. The children of a distributed
 * Map are executions of their own, so their states are in their own histories.
 * @throws HistoryError if it is no history
 */
export function executionMarks(machine: Machine, history: unknown): Marks {
  const visits = visitsOf(historyOf(history));
  const byState = Map.groupBy(visits, ({ state }) => state);
  const states = new Map<string, Mark>();
  const ways = new Map<string, Look>();
  for (const { path, startAt, states: within } of allMachines(machine)) {
    for (const state of within) {
      const here = byState.get(state.name) ?? [];
      if (here.length === 0) continue;
      const place = placeOf(path, state.name);
      states.set(place, markOf(here));
      if (state.name === startAt) ways.set(startKey(path), "succeeded");
      if (ended(state, here)) ways.set(endKey(place), "succeeded");
      for (const transition of state.transitions) {
        const caught = transition.kind === "catch";
        const passed = (byState.get(transition.to) ?? []).some(
          ({ after }) => after?.state === state.name && (after.status === "caught") === caught,
        );
        if (passed) ways.set(wayKey(place, transition), caught ? "caught" : "succeeded");
      }
    }
  }
  return { states, ways, rest: "untouched" };
}

const ended = ({ type, fields }: State, visits: readonly Visit[]): boolean =>
  (fields.End === true || type === "Succeed") && visits.some(({ status }) => status === "succeeded");

function markOf(visits: readonly Visit[]): Mark {
  const look = byWeight.find((each) => visits.some(({ status }) => status === each)) ?? "succeeded";
  const attempts = visits.reduce((sum, each) => sum + each.attempts, 0);
  const failed = visits.findLast(({ failure, status }) => failure?.error !== undefined && status === look)?.failure;
  const error = look === "failed" || look === "caught" ? failed?.error : undefined;
  const notes = [
    [visits.length > 1 ? `${visits.length} visits` : undefined, tries(attempts, visits.length), lasted(visits)]
      .filter((each) => each !== undefined)
      .join(" · "),
    ...(error === undefined ? [] : [shortened(error, longestNote)]),
    ...(look === "running" || look === "aborted" ? [look] : []),
  ].filter((each) => each !== "");
  return {
    look,
    notes,
    ...(failed?.cause === undefined || error === undefined ? {} : { more: `${error}: ${failed.cause}` }),
  };
}

const tries = (attempts: number, visits: number): string | undefined =>
  attempts > visits ? `${attempts} attempts` : undefined;

function lasted(visits: readonly Visit[]): string | undefined {
  const times = visits.flatMap(({ entered, left }) => (left === undefined ? [] : [left - entered]));
  const most = Math.max(0, ...times);
  // What takes no time, as choices do, says nothing of it.
  if (most === 0) return undefined;
  const longest = duration(most);
  return visits.length === 1 ? longest : `up to ${longest}`;
}
