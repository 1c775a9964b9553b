/**
 * Whether an execution's history can pass its limit, at which the execution fails. The estimate is of the longest way
 * through a machine, without retries: events of each state, times the rounds of loops whose bound is a literal (others count
 * once), times the items of Maps over literal lists (others count once). Children of a distributed Map have histories of
 * their own.
 */
import { fieldsOf, type Machine } from "../machine.ts";
import type { PlacedMachine, PlacedState } from "./definition.ts";
import type { Cycle } from "./cycles.ts";
import { inMachine, warning, type Rule } from "./finding.ts";
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

/** From each machine to the events of its longest way. */
type Lengths = ReadonlyMap<Machine, number>;

function eventsOf(state: PlacedState, lengths: Lengths): number {
  const inner = state.machines.map((each) => lengths.get(each) ?? 0);
  if (state.type === "Task") return events.state + (isCallback(state) || isJob(state) ? events.waitedFor : events.call);
  if (state.type === "Fail") return events.fail;
  if (state.type === "Parallel")
    return events.state + events.container + inner.reduce((total, each) => total + each, 0);
  if (state.type !== "Map") return events.state;
  if (state.machines.some(({ ownExecution }) => ownExecution)) return events.state + events.distributed;
  const { Items: items } = state.fields;
  const count = Array.isArray(items) ? items.length : 1;
  return events.state + events.container + count * (events.iteration + (inner[0] ?? 0));
}

/** The longest way, over loops as if each were one state. */
function lengthOf(placed: PlacedMachine, cycles: readonly Cycle[], lengths: Lengths): number {
  const { next, start } = graphOf(placed);
  if (start === undefined) return 0;
  const rounds = new Map(
    cycles.flatMap(({ states, bounds }) => {
      const known = bounds.flatMap((each) => each.rounds ?? []);
      return states.map(({ name }) => [name, Math.max(1, ...known)] as const);
    }),
  );
  const from = new Map<number, number>();
  // Parts come before those that lead to them, so what follows is known.
  for (const part of components(next)) {
    const after = Math.max(0, ...part.flatMap((each) => (next[each] ?? []).map((to) => from.get(to) ?? 0)));
    const own = part.reduce((total, index) => {
      const state = placed.states[index];
      return state === undefined ? total : total + eventsOf(state, lengths) * (rounds.get(state.name) ?? 1);
    }, 0);
    for (const each of part) from.set(each, own + after);
  }
  return from.get(start) ?? 0;
}

export const historiesFit: Rule = ({ machines, cycles }) => {
  const lengths = new Map<Machine, number>();
  for (const each of machines.toReversed())
    lengths.set(each.machine, lengthOf(each, cycles.get(each.machine) ?? [], lengths));
  return machines
    .filter(({ machine, holder }) => holder === undefined || machine.ownExecution)
    .flatMap((each) => {
      const { ExecutionType: type } = fieldsOf(each.machine.fields.ProcessorConfig);
      const length = (lengths.get(each.machine) ?? 0) + events.execution;
      return length > most && type !== "EXPRESS"
        ? [
            warning(
              "long-history",
              inMachine(each),
              `an execution can have some ${length} events, and ends with an error at ${most}: move a loop or a Map into executions of its own`,
            ),
          ]
        : [];
    });
};
