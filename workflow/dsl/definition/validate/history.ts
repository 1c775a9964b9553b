/**
 * Whether an execution's history can pass its limit, at which the execution fails. The estimate is of the longest way
 * through a machine, without retries: events of each state, times the rounds of loops whose bound is a literal (others count
 * once), times the items of Maps over literal lists, or over what is known to have at most so many (others count once).
 * Children of a distributed Map have histories of their own. It is told of the Map or the loop that makes most of it.
 */
import { amount } from "../../amount.ts";
import { fieldsOf, type Machine } from "../machine.ts";
import type { Known, PlacedMachine, PlacedState } from "./definition.ts";
import type { Cycle } from "./cycles.ts";
import { inMachine, inState, warning, type Rule } from "./finding.ts";
import { components, graphOf } from "./graph.ts";
import { isCallback, isJob } from "./integrations.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: events in the history of an execution. */
const most = 25_000;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
const events = {
  /** Started, ended. */
  execution: 2,
  /** Entered, exited. */
  state: 2,
  /** Entered; a Fail is never exited. */
  fail: 1,
  /** Scheduled, started, succeeded. */
  call: 3,
  /** And submitted, where the task is waited for. */
  waitedFor: 4,
  /** Started, succeeded. */
  container: 2,
  iteration: 2,
  /** And the Map Run started, succeeded. */
  distributed: 4,
};

/** What comes so many times on the longest way. */
interface Factor {
  readonly times: number;
  /** Whose items or rounds they are. */
  readonly what: string;
  /** The events of one of them. */
  readonly each: number;
  /** Where the number is said. */
  readonly state: PlacedState;
  readonly todo: string;
}

/** Of a state or a machine: the events of its longest way, and what multiplies those of its largest part, from outside. */
interface Length {
  readonly events: number;
  readonly factors: readonly Factor[];
}

const none: Length = { events: 0, factors: [] };
const longest = (lengths: readonly Length[]): Length =>
  lengths.reduce((most, each) => (each.events > most.events ? each : most), none);
const sum = (lengths: readonly Length[]): number => lengths.reduce((total, each) => total + each.events, 0);

type Lengths = ReadonlyMap<Machine, Length>;

function mapOf(state: PlacedState, inner: Length, known: Known): Length {
  const { Items: items } = state.fields;
  const times = Array.isArray(items) ? items.length : (known.items?.get(state.name) ?? 1);
  const each = events.iteration + inner.events;
  const what = `${amount(times)} items of "${state.name}"`;
  const todo = `make "${state.name}" a distributed Map, or move its steps into executions of their own`;
  return {
    events: events.state + events.container + times * each,
    factors: times > 1 ? [{ times, what, each, state, todo }, ...inner.factors] : inner.factors,
  };
}

function ofState(state: PlacedState, lengths: Lengths, known: Known): Length {
  const inner = state.machines.map((each) => lengths.get(each) ?? none);
  if (state.type === "Parallel")
    return { events: events.state + events.container + sum(inner), factors: longest(inner).factors };
  if (state.type === "Map" && !state.machines.some(({ ownExecution }) => ownExecution))
    return mapOf(state, inner[0] ?? none, known);
  return { events: ownEvents(state), factors: [] };
}

function ownEvents(state: PlacedState): number {
  if (state.type === "Task") return events.state + (isCallback(state) || isJob(state) ? events.waitedFor : events.call);
  if (state.type === "Map") return events.state + events.distributed;
  return state.type === "Fail" ? events.fail : events.state;
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

/** The longest way, over loops as if each were one state. */
function lengthOf(placed: PlacedMachine, cycles: readonly Cycle[], lengths: Lengths, known: Known): Length {
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
    const own = ofPart(
      states.map((state) => ofState(state, lengths, known)),
      first && bounds.get(first.name),
    );
    parts.push(own);
    for (const each of part) from.set(each, own.events + after);
  }
  return { events: from.get(start) ?? 0, factors: longest(parts).factors };
}

function told(length: number, factors: readonly Factor[]): string {
  const what = `an execution can have some ${amount(length)} events, and ends with an error at ${amount(most)}`;
  const [first, last] = [factors[0], factors.at(-1)];
  if (first === undefined || last === undefined) return `${what}: move a part into executions of its own`;
  const times = factors.map((each) => each.what).join(" times ");
  return `${what}. Its largest part is ${times}, of some ${amount(last.each)} events each: ${first.todo}`;
}

export const historiesFit: Rule = ({ machines, cycles, known }) => {
  const lengths = new Map<Machine, Length>();
  for (const each of machines.toReversed())
    lengths.set(each.machine, lengthOf(each, cycles.get(each.machine) ?? [], lengths, known));
  return machines
    .filter(({ machine, holder }) => holder === undefined || machine.ownExecution)
    .flatMap((each) => {
      const { ExecutionType: type } = fieldsOf(each.machine.fields.ProcessorConfig);
      const { events: inside, factors } = lengths.get(each.machine) ?? none;
      const length = inside + events.execution;
      if (length <= most || type === "EXPRESS") return [];
      const [first] = factors;
      const place = first === undefined ? inMachine(each) : inState(first.state);
      return [warning("long-history", place, told(length, factors))];
    });
};
