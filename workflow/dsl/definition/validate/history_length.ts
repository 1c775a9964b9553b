/**
 * How many events an execution's history can have: on the longest way through a machine the events of each state, times the
 * rounds of loops whose bound is a literal (others count once), times the items of Maps that are written in the definition,
 * or known to be at most so many (others count once).
 */
import { amount } from "../../amount.ts";
import { fieldsOf, listOf, type Machine } from "../machine.ts";
import type { Cycle } from "./cycles.ts";
import type { Definition, PlacedMachine, PlacedState } from "./definition.ts";
import { components, graphOf } from "./graph.ts";
import { isCallback, isJob } from "./integrations.ts";
import { literalItems } from "./literal_items.ts";

/** What comes so many times on the longest way. */
export interface Factor {
  readonly times: number;
  /** Whose items, rounds or attempts they are. */
  readonly what: string;
  /** The events of one of them. */
  readonly each: number;
  /** Where the number is said. */
  readonly state: PlacedState;
  readonly todo: string;
}

/** Of a state or a machine: the events of its longest way, and what multiplies those of its largest part, from outside. */
export interface Length {
  readonly events: number;
  readonly factors: readonly Factor[];
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
const events = {
  /** Entered, exited. */
  state: 2,
  /** Entered; a Fail is never exited. */
  fail: 1,
  /** Scheduled, started, succeeded or failed: of each attempt. */
  call: 3,
  /** And submitted, where the task is waited for. */
  waitedFor: 4,
  /** Started, succeeded. */
  container: 2,
  iteration: 2,
  /** And the Map Run started, succeeded. */
  distributed: 4,
};

/** How often a state's work is done. */
export type Attempts = (state: PlacedState) => number;

/** Where nothing fails. */
export const once: Attempts = () => 1;

/** https://states-language.net/#errors: three retries where nothing is said. */
const retriesUnsaid = 3;

/** Where each retrier is used up. */
export const asOftenAsAllowed: Attempts = ({ fields }) =>
  listOf(fields.Retry)
    .map((each) => fieldsOf(each).MaxAttempts ?? retriesUnsaid)
    .reduce<number>((sum, retries) => sum + (typeof retries === "number" && retries > 0 ? retries : 0), 1);

/** Of each machine. */
export function lengthsOf({ machines, cycles, known }: Definition, attempts: Attempts): ReadonlyMap<Machine, Length> {
  const lengths = new Map<Machine, Length>();
  const ofState = (state: PlacedState): Length => {
    const inner = state.machines.map((each) => lengths.get(each) ?? none);
    const items = literalItems(state.fields.Items) ?? known.items?.get(state.name) ?? 1;
    return repeated(state, worked(state, inner, items), attempts(state));
  };
  // Machines come before those in them.
  for (const each of machines.toReversed())
    lengths.set(each.machine, longestWay(each, cycles.get(each.machine) ?? [], ofState));
  return lengths;
}

const none: Length = { events: 0, factors: [] };
const longest = (lengths: readonly Length[]): Length =>
  lengths.reduce((most, each) => (each.events > most.events ? each : most), none);
const sum = (lengths: readonly Length[]): number => lengths.reduce((total, each) => total + each.events, 0);

/** One attempt of a state's work. */
function worked(state: PlacedState, inner: readonly Length[], items: number): Length {
  const { type, name, machines } = state;
  if (type === "Task")
    return { events: isCallback(state) || isJob(state) ? events.waitedFor : events.call, factors: [] };
  if (type === "Parallel") return { events: events.container + sum(inner), factors: longest(inner).factors };
  if (type !== "Map") return none;
  // Children have histories of their own.
  if (machines.some(({ ownExecution }) => ownExecution)) return { events: events.distributed, factors: [] };
  const [{ events: inside, factors } = none] = inner;
  const each = events.iteration + inside;
  const todo = `make "${name}" a distributed Map, or move its steps into executions of their own`;
  return {
    events: events.container + items * each,
    factors:
      items > 1
        ? [{ times: items, what: `${amount(items)} items of "${name}"`, each, state, todo }, ...factors]
        : factors,
  };
}

function repeated(state: PlacedState, work: Length, times: number): Length {
  const around = state.type === "Fail" ? events.fail : events.state;
  if (times <= 1 || work.events === 0) return { events: around + work.events, factors: work.factors };
  const what = `${amount(times)} attempts of "${state.name}"`;
  const todo = `lower the MaxAttempts of "${state.name}"`;
  return {
    events: around + times * work.events,
    factors: [{ times, what, each: work.events, state, todo }, ...work.factors],
  };
}

/** Over loops as if each were one state. */
function longestWay(placed: PlacedMachine, cycles: readonly Cycle[], ofState: (state: PlacedState) => Length): Length {
  const { next, start } = graphOf(placed);
  if (start === undefined) return none;
  const bounds = new Map(
    cycles.flatMap((cycle) => {
      const [most] = cycle.bounds.toSorted((one, other) => (other.rounds ?? 0) - (one.rounds ?? 0));
      return cycle.states.map(({ name }) => [name, most] as const);
    }),
  );
  const from = new Map<number, number>();
  const parts: Length[] = [];
  // Parts come before those that lead to them, so what follows is known.
  for (const part of components(next)) {
    const states = part.flatMap((index) => placed.states[index] ?? []);
    const after = Math.max(0, ...part.flatMap((each) => (next[each] ?? []).map((to) => from.get(to) ?? 0)));
    const [first] = states;
    const own = ofPart(states.map(ofState), first && bounds.get(first.name));
    parts.push(own);
    for (const each of part) from.set(each, own.events + after);
  }
  return { events: from.get(start) ?? 0, factors: longest(parts).factors };
}

/** A state, or the states of a loop. */
function ofPart(states: readonly Length[], bound: Cycle["bounds"][number] | undefined): Length {
  const { factors } = longest(states);
  const each = sum(states);
  if (bound?.rounds === undefined || bound.rounds <= 1) return { events: each, factors };
  const { rounds: times, choice: state } = bound;
  const what = `${amount(times)} rounds of the loop that "${state.name}" ends`;
  const todo = "move its rounds into executions of their own";
  return { events: times * each, factors: [{ times, what, each, state, todo }, ...factors] };
}
