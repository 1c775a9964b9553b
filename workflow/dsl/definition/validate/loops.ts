/** Whether loops end: each needs a way out, and something that bounds how often it goes round. */
import type { Cycle } from "./cycles.ts";
import type { PlacedMachine } from "./definition.ts";
import { error, inState, warning, type Code, type Finding, type Rule } from "./finding.ts";
import { components, graphOf, isCycle, reached } from "./graph.ts";

const longestList = 5;
const named = ({ states }: Cycle): string => {
  const names = states.slice(0, longestList).map(({ name }) => `"${name}"`);
  return `${names.join(", ")}${states.length > longestList ? `, … (${states.length} states)` : ""}`;
};

/** A loop is told of its first state. */
const told = (cycle: Cycle, make: typeof error, code: Code, message: string): Finding[] =>
  cycle.states.slice(0, 1).map((state) => make(code, inState(state), message));

/** Whether a way round is left that passes none of the bounds. */
function goesRoundUnbounded({ states, graph, bounds }: Cycle): boolean {
  const bounded = new Set(bounds.map(({ choice }) => choice));
  const rest = graph.next.map((after, index) => {
    const state = states[index];
    return state === undefined || bounded.has(state)
      ? []
      : after.filter((to) => {
          const target = states[to];
          return target !== undefined && !bounded.has(target);
        });
  });
  return components(rest).some((part) => isCycle(part, rest));
}

/** A loop that no way leads to is unreachable, and that is all that is told of it. */
function reachedCycles(machine: PlacedMachine, cycles: readonly Cycle[]): readonly Cycle[] {
  const graph = graphOf(machine);
  if (graph.start === undefined) return cycles;
  const seen = reached(graph);
  const lost = new Set(machine.states.filter((_, index) => !seen.has(index)));
  return cycles.filter(({ states }) => !states.some((state) => lost.has(state)));
}

export const loopsEnd: Rule = ({ machines, cycles }) => {
  const [program] = machines;
  const timed = program?.machine.fields.TimeoutSeconds !== undefined;
  return machines
    .flatMap((machine) => reachedCycles(machine, cycles.get(machine.machine) ?? []))
    .flatMap((cycle) => {
      if (cycle.exits.length === 0)
        return told(
          cycle,
          error,
          "endless-loop",
          `no way leads out of the loop over ${named(cycle)}: add a Choice that leaves it`,
        );
      if (cycle.exits.every((kind) => kind === "catch"))
        return told(
          cycle,
          error,
          "catch-only-loop",
          `only an error leads out of the loop over ${named(cycle)}: add a Choice that leaves it`,
        );
      return timed || !goesRoundUnbounded(cycle)
        ? []
        : told(
            cycle,
            warning,
            "unbounded-loop",
            `nothing bounds the loop over ${named(cycle)}: count its rounds in a variable that a Choice compares, or give the machine TimeoutSeconds`,
          );
    });
};
