/** The ways between the states of one machine, as numbers, and the cycles that they make. */
import type { PlacedMachine } from "./definition.ts";

export interface Graph {
  /** From each state, by its place in the machine, to the states that follow it. */
  readonly next: readonly (readonly number[])[];
  readonly start: number | undefined;
}

export function graphOf({ machine, states }: PlacedMachine): Graph {
  const places = new Map(states.map(({ name }, index) => [name, index]));
  return {
    next: states.map(({ transitions }) => transitions.flatMap(({ to }) => places.get(to) ?? [])),
    start: machine.startAt === undefined ? undefined : places.get(machine.startAt),
  };
}

/** The states that some way from the start leads to. */
export function reached({ next, start }: Graph): Set<number> {
  const seen = new Set<number>(start === undefined ? [] : [start]);
  // A set that grows while it is walked hands out what is added.
  for (const each of seen) for (const after of next[each] ?? []) seen.add(after);
  return seen;
}

/**
 * The parts whose states all lead to each other (Tarjan), each before the parts that lead to it. A part of one state is no
 * cycle unless the state leads to itself. Without recursion: a machine may be a chain of thousands.
 */
export function components(next: readonly (readonly number[])[]): number[][] {
  const [order, low] = [new Map<number, number>(), new Map<number, number>()];
  const [open, isOpen, found] = [[] as number[], new Set<number>(), [] as number[][]];
  const lower = (node: number, to: number): void => {
    low.set(node, Math.min(low.get(node) ?? to, to));
  };
  const enter = (node: number): { node: number; edge: number } => {
    low.set(node, order.size);
    order.set(node, order.size);
    open.push(node);
    isOpen.add(node);
    return { node, edge: 0 };
  };
  const close = (node: number): void => {
    if (low.get(node) !== order.get(node)) return;
    const part = open.splice(open.lastIndexOf(node));
    for (const each of part) isOpen.delete(each);
    found.push(part);
  };
  for (const root of next.keys()) {
    const path = order.has(root) ? [] : [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const after = next[top.node]?.[top.edge];
      top.edge += 1;
      if (after === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above !== undefined) lower(above.node, low.get(top.node) ?? 0);
        close(top.node);
      } else if (!order.has(after)) path.push(enter(after));
      else if (isOpen.has(after)) lower(top.node, order.get(after) ?? 0);
    }
  }
  return found;
}

export const isCycle = (part: readonly number[], next: readonly (readonly number[])[]): boolean =>
  part.length > 1 || part.some((each) => next[each]?.includes(each) === true);
