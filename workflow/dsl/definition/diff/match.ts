/** Which state and which machine of a new definition is which of the old one. */
import { allMachines, type Machine, type State } from "../machine.ts";
import { canonical } from "./values.ts";

export interface Located {
  readonly state: State;
  readonly machine: Machine;
}

export interface StatePair {
  readonly was: Located;
  readonly now: Located;
}

export interface MachinePair {
  readonly was: Machine;
  readonly now: Machine;
}

export interface Match {
  readonly states: readonly StatePair[];
  readonly machines: readonly MachinePair[];
  readonly added: readonly Located[];
  readonly removed: readonly Located[];
}

/**
 * States are the same if they have the same name, for names are unique in a definition; or else, within the same machine,
 * if all but the name and the ways on is the same. Machines are the same if their states are.
 */
export function match(old: Machine, now: Machine): Match {
  const before = located(old);
  const after = located(now);
  const pairs = new Map<State, Located>();
  const found = new Set<State>();
  const pair = (was: Located, is: Located): void => {
    pairs.set(was.state, is);
    found.add(is.state);
  };
  const byName = (key: (each: Located) => string): void => {
    const open = Map.groupBy(
      after.filter(({ state }) => !found.has(state)),
      key,
    );
    for (const was of before.filter(({ state }) => !pairs.has(state))) {
      const is = open.get(key(was))?.shift();
      if (is !== undefined) pair(was, is);
    }
  };
  // Where a broken definition has a name twice, the place tells which is which.
  byName(({ machine, state }) => JSON.stringify([machine.path, state.name]));
  byName(({ state }) => state.name);

  const machines: MachinePair[] = [{ was: old, now }];
  // The list grows while it is walked: machines within come after the machine that they are in.
  for (const { was, now: is } of machines) {
    pairRenamed(
      before.filter(({ state, machine }) => machine === was && !pairs.has(state)),
      after.filter(({ state, machine }) => machine === is && !found.has(state)),
      pair,
    );
    for (const state of was.states) {
      const other = pairs.get(state);
      if (other !== undefined) machines.push(...pairMachines(state, other.state, pairs));
    }
  }
  return {
    states: before.flatMap((was) => {
      const is = pairs.get(was.state);
      return is === undefined ? [] : [{ was, now: is }];
    }),
    machines,
    added: after.filter(({ state }) => !found.has(state)),
    removed: before.filter(({ state }) => !pairs.has(state)),
  };
}

const located = (machine: Machine): Located[] =>
  allMachines(machine).flatMap((each) => each.states.map((state) => ({ state, machine: each })));

/** Of several states of the same content, those with the same neighbours belong together. */
function pairRenamed(
  gone: readonly Located[],
  fresh: readonly Located[],
  pair: (was: Located, now: Located) => void,
): void {
  const open = new Set(fresh);
  for (const was of gone) {
    const content = contentOf(was.state);
    const [best] = [...open]
      .filter(({ state }) => contentOf(state) === content)
      .map((now) => ({ now, shared: shared(neighbours(was), neighbours(now)) }))
      .sort((one, other) => other.shared - one.shared);
    if (best === undefined) continue;
    open.delete(best.now);
    pair(was, best.now);
  }
}

/** All of the state but where it leads to. */
function contentOf({ fields }: State): string {
  const { Next: _next, Default: _default, Choices: choices, Catch: catchers, ...content } = fields;
  return canonical({ ...content, Choices: withoutNext(choices), Catch: withoutNext(catchers) });
}

const withoutNext = (rules: unknown): unknown =>
  Array.isArray(rules)
    ? rules.map((rule: unknown): unknown =>
        typeof rule === "object" && rule !== null ? { ...rule, Next: undefined } : rule,
      )
    : rules;

function neighbours({ state, machine }: Located): Set<string> {
  const before = machine.states.filter(({ transitions }) => transitions.some(({ to }) => to === state.name));
  return new Set([
    ...(machine.startAt === state.name ? ["start"] : []),
    ...before.map(({ name }) => `before ${name}`),
    ...state.transitions.map(({ kind, to }) => `${kind} ${to}`),
  ]);
}

const shared = (some: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...some].filter((each) => others.has(each)).length;

/** Branches may have changed places: those that share most states are the same. */
function pairMachines(was: State, now: State, pairs: ReadonlyMap<State, Located>): MachinePair[] {
  const open = new Set(was.machines);
  const sharedStates = (one: Machine, other: Machine): number =>
    one.states.filter((state) => pairs.get(state)?.machine === other).length;
  const paired = now.machines.map((is, index) => {
    const [best] = [...open]
      .map((each) => ({ each, count: sharedStates(each, is), inPlace: was.machines[index] === each }))
      .filter(({ count, inPlace }) => count > 0 || inPlace)
      .sort((one, other) => other.count - one.count || Number(other.inPlace) - Number(one.inPlace));
    if (best === undefined) return [];
    open.delete(best.each);
    return [{ was: best.each, now: is }];
  });
  return paired.flat();
}
