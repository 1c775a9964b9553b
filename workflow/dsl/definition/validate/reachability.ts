/** Whether each state can be reached. */
import { isPlaceholder } from "../placeholder.ts";
import { error, inState, type Finding, type Rule } from "./finding.ts";
import type { PlacedMachine } from "./definition.ts";
import { graphOf, reached } from "./graph.ts";

/** Only the first states of what is cut off are told: the rest follows from them. */
function unreachable(each: PlacedMachine): Finding[] {
  const graph = graphOf(each);
  // Without a start that is there, and with a way that leads to what is not known yet, nothing can be said.
  if (graph.start === undefined || leadsToUnknown(each)) return [];
  const seen = reached(graph);
  const lost = [...each.states.keys()].filter((index) => !seen.has(index));
  const led = new Set(lost.flatMap((index) => (graph.next[index] ?? []).filter((to) => to !== index)));
  const first = lost.filter((index) => !led.has(index));
  return (first.length > 0 ? first : lost.slice(0, 1)).flatMap((index) => {
    const state = each.states[index];
    return state === undefined
      ? []
      : [error("unreachable", inState(state), "no way leads here from StartAt: name it in a Next, or remove it")];
  });
}

function leadsToUnknown({ states }: PlacedMachine): boolean {
  const names = new Set(states.map(({ name }) => name));
  return states.some(({ transitions }) => transitions.some(({ to }) => isPlaceholder(to) && !names.has(to)));
}

export const statesAreReached: Rule = ({ machines }) => machines.flatMap(unreachable);
