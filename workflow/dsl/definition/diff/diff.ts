/** Compares two definitions by what they mean. */
import { fieldsOf, textOf, type Fields, type Machine, type State } from "../machine.ts";
import type { Change, RuleList, Target } from "./change.ts";
import { match, type Located, type MachinePair, type Match, type StatePair } from "./match.ts";
import { isRuleList, ruleChanges } from "./rules.ts";
import { canonical, differences } from "./values.ts";

/** What makes the new definition another one than the old: of the machines first, then of the states in their new order. */
export function diff(old: Machine, now: Machine): Change[] {
  const found = match(old, now);
  const order = new Map(allStates(now).map((state, index) => [state, index]));
  const perState = [
    ...found.states.map((pair) => ({ at: order.get(pair.now.state) ?? 0, changes: pairChanges(pair, found) })),
    ...found.added.map((added) => ({ at: order.get(added.state) ?? 0, changes: [presence("added", added)] })),
  ].sort((one, other) => one.at - other.at);
  return [
    ...found.machines.flatMap((pair) => machineChanges(pair, found)),
    ...perState.flatMap(({ changes }) => changes),
    ...found.removed.map((removed) => presence("removed", removed)),
  ];
}

const allStates = (machine: Machine): State[] =>
  machine.states.flatMap((state) => [state, ...state.machines.flatMap(allStates)]);

const presence = (kind: "added" | "removed", { state, machine }: Located): Change => ({
  kind,
  state: state.name,
  machine: machine.path,
  type: state.type ?? "state of no type",
  does: textOf(state.fields.Resource),
});

/** An old target under the name that its state has now, if it was renamed in this machine. */
const renaming =
  (machine: Machine, { states }: Match) =>
  (target: Target): Target => {
    if (typeof target === "string") return target;
    const pair = states.find(({ was }) => was.machine === machine && was.state.name === target.state);
    return pair === undefined ? target : { state: pair.now.state.name };
  };

function machineChanges({ was, now }: MachinePair, found: Match): Change[] {
  const start = (machine: Machine): Target => (machine.startAt === undefined ? "nothing" : { state: machine.startAt });
  const [before, after] = [renaming(was, found)(start(was)), start(now)];
  const rest = ({ fields: { States: _states, StartAt: first, ...others } }: Machine): Fields =>
    typeof first === "string" ? others : { ...others, StartAt: first };
  return [
    ...(canonical(before) === canonical(after)
      ? []
      : [{ kind: "start" as const, machine: now.path, was: before, now: after }]),
    ...differences(rest(was), rest(now)).map((difference): Change => ({
      kind: "field",
      state: undefined,
      machine: now.path,
      ...difference,
    })),
  ];
}

const lists: readonly RuleList[] = ["Choices", "Catch", "Retry"];

function pairChanges(pair: StatePair, found: Match): Change[] {
  const { was, now } = pair;
  const place = { state: now.state.name, machine: now.machine.path };
  const renamed = renaming(was.machine, found);
  const counterpart = found.machines.find((each) => each.was === was.machine)?.now;
  return [
    ...(was.state.name === now.state.name ? [] : [{ kind: "renamed" as const, ...place, was: was.state.name }]),
    ...(counterpart === now.machine ? [] : [{ kind: "moved" as const, ...place, was: was.machine.path }]),
    ...(["Next", "Default"] as const).flatMap((field): Change[] => {
      const [before, after] = [renamed(targetOf(was.state, field)), targetOf(now.state, field)];
      return canonical(before) === canonical(after)
        ? []
        : [{ kind: "rewired", ...place, field, was: before, now: after }];
    }),
    ...lists.flatMap((list) => ruleChanges(place, list, was.state, now.state, renamed)),
    ...branchChanges(pair, found),
    ...differences(restOf(was.state), restOf(now.state)).map((difference): Change => ({
      kind: "field",
      ...place,
      ...difference,
      ...(isDistributed(was.state) && isDistributed(now.state) ? { distributed: true } : {}),
    })),
  ];
}

const isDistributed = ({ fields }: State): boolean =>
  fieldsOf(fieldsOf(fields.ItemProcessor ?? fields.Iterator).ProcessorConfig).Mode === "DISTRIBUTED";

function targetOf({ fields }: State, field: "Next" | "Default"): Target {
  const next = textOf(fields[field]);
  if (next !== undefined) return { state: next };
  return field === "Next" && fields.End === true ? "end" : "nothing";
}

/** Fields that are compared by nothing else. Machines within stand for themselves. */
function restOf({ fields }: State): Fields {
  const entries = Object.entries(fields).map(([name, value]): [string, unknown] => {
    switch (name) {
      case "Next":
      case "Default":
        return [name, typeof value === "string" ? undefined : value];
      case "End":
        return [name, value === true ? undefined : value];
      case "Choices":
      case "Catch":
      case "Retry":
        // An empty list says what none says.
        return [name, isRuleList(value) ? undefined : value];
      case "Branches":
        return [name, Array.isArray(value) ? [] : value];
      case "ItemProcessor":
      case "Iterator":
        return [name, {}];
      default:
        return [name, value];
    }
  });
  return Object.fromEntries(entries);
}

/** A Parallel's output has its branches' outputs in their order. */
function branchChanges({ was, now }: StatePair, { machines }: Match): Change[] {
  const counterparts = was.state.machines.map((each) => machines.find((pair) => pair.was === each)?.now);
  const same =
    counterparts.length === now.state.machines.length &&
    counterparts.every((each, index) => each === now.state.machines[index]);
  if (same || !Array.isArray(was.state.fields.Branches) || !Array.isArray(now.state.fields.Branches)) return [];
  const names = ({ state }: Located): string[] =>
    state.machines.map(({ startAt }) => startAt ?? "a branch without start");
  return [{ kind: "branches", state: now.state.name, machine: now.machine.path, was: names(was), now: names(now) }];
}
