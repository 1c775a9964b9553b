/**
 * Which variables are assigned when a state is entered: on some way there, and on every way. A variable is a bit, a set of
 * them a number, so that a machine of a thousand states and variables takes milliseconds.
 */
import { assignedOn, assignmentsOf } from "./assigned.ts";
import type { PlacedMachine, PlacedState } from "./definition.ts";

export interface Assigned {
  readonly onSomeWay: bigint;
  readonly onEveryWay: bigint;
}

/** A States object's variables. */
export interface Scope {
  readonly placed: PlacedMachine;
  /** The scope around it; undefined for the program's own, and for a distributed Map's children, which see none. */
  readonly outer: Scope | undefined;
  /** What its own states assign. */
  readonly own: ReadonlySet<string>;
  /** By state; those that no way leads to are missing. */
  readonly at: ReadonlyMap<string, Assigned>;
}

export interface Flow {
  readonly scopes: readonly Scope[];
  readonly bit: (variable: string) => bigint;
}

export const isSet = (set: bigint, bit: bigint): boolean => (set & bit) !== 0n;

const none: Assigned = { onSomeWay: 0n, onEveryWay: 0n };

export function flowOf(machines: readonly PlacedMachine[]): Flow {
  const owners = machines.map((placed) => ({ placed, own: variablesOf(placed) }));
  const names = new Set(owners.flatMap(({ own }) => [...own]));
  const bits = new Map([...names].map((name, index) => [name, 1n << BigInt(index)]));
  const bit = (variable: string): bigint => bits.get(variable) ?? 0n;
  const bitsOf = (variables: readonly string[]): bigint => variables.reduce((set, each) => set | bit(each), 0n);

  /** Scopes are made from the outermost, so what surrounds a machine is there. */
  const scopes = new Map<PlacedMachine["machine"], Scope>();
  for (const { placed, own } of owners) {
    const { machine, holder } = placed;
    const outer = holder === undefined || machine.ownExecution ? undefined : scopes.get(holder.machine);
    const entered = holder === undefined ? none : (outer?.at.get(holder.name) ?? none);
    scopes.set(machine, { placed, outer, own, at: assignedAt(placed, entered, bitsOf) });
  }
  return { scopes: [...scopes.values()], bit };
}

const variablesOf = ({ states }: PlacedMachine): Set<string> =>
  new Set(states.flatMap((state) => assignmentsOf(state).map(({ variable }) => variable)));

function assignedAt(
  { machine, states }: PlacedMachine,
  entered: Assigned,
  bitsOf: (variables: readonly string[]) => bigint,
): Map<string, Assigned> {
  const byName = new Map<string, PlacedState>(states.map((state) => [state.name, state]));
  const at = new Map<string, Assigned>();
  const changed = new Set<string>();
  const arrive = (name: string, { onSomeWay, onEveryWay }: Assigned): void => {
    const before = at.get(name);
    const now = {
      onSomeWay: onSomeWay | (before?.onSomeWay ?? 0n),
      onEveryWay: before === undefined ? onEveryWay : onEveryWay & before.onEveryWay,
    };
    if (!byName.has(name) || (before?.onSomeWay === now.onSomeWay && before.onEveryWay === now.onEveryWay)) return;
    at.set(name, now);
    // Moved to the end, so that a state is looked at after those that changed before it.
    changed.delete(name);
    changed.add(name);
  };
  if (machine.startAt !== undefined) arrive(machine.startAt, entered);
  for (const name of changed) {
    changed.delete(name);
    const [state, here] = [byName.get(name), at.get(name)];
    if (state === undefined || here === undefined) continue;
    for (const way of state.transitions) {
      const assigned = bitsOf(assignedOn(state, way));
      arrive(way.to, { onSomeWay: here.onSomeWay | assigned, onEveryWay: here.onEveryWay | assigned });
    }
  }
  return at;
}
