/** The loops of a machine: their states, their ways out, and the Choices that bound how often they go round. */
import { expressionIn, listOf, fieldsOf, textOf } from "../machine.ts";
import { assignmentsOf } from "./assigned.ts";
import type { PlacedMachine, PlacedState } from "./definition.ts";
import type { Read } from "./expressions.ts";
import { components, graphOf, isCycle, type Graph } from "./graph.ts";

export interface Cycle {
  /** In the order of the definition. */
  readonly states: readonly PlacedState[];
  /** Among the loop's states alone. */
  readonly graph: Graph;
  /** The kind of each way out. */
  readonly exits: readonly ("end" | "way" | "catch")[];
  readonly bounds: readonly Bound[];
}

/** A Choice that leaves the loop by a count or by the clock. */
export interface Bound {
  readonly choice: PlacedState;
  /** The number that the count is compared with, where it is a literal. */
  readonly rounds: number | undefined;
}

export function cyclesOf(placed: PlacedMachine, read: Read): Cycle[] {
  const { next } = graphOf(placed);
  return components(next)
    .filter((part) => isCycle(part, next))
    .map((part) => {
      const inside = part.toSorted((one, other) => one - other);
      const states = inside.flatMap((index) => placed.states[index] ?? []);
      const places = new Map(inside.map((index, place) => [index, place]));
      const graph: Graph = {
        next: inside.map((index) => (next[index] ?? []).flatMap((to) => places.get(to) ?? [])),
        start: undefined,
      };
      return { states, graph, exits: exitsOf(states), bounds: boundsOf(states, read) };
    })
    .reverse();
}

function exitsOf(states: readonly PlacedState[]): Cycle["exits"] {
  const inside = new Set(states.map(({ name }) => name));
  return states.flatMap(({ fields, transitions }) => [
    ...(fields.End === true ? ["end" as const] : []),
    ...transitions
      .filter(({ to }) => !inside.has(to))
      .map(({ kind }) => (kind === "catch" ? ("catch" as const) : ("way" as const))),
  ]);
}

/** What an expression reads, by words that tell a variable from a member of the input. */
function namesIn(value: unknown, read: Read): string[] {
  const source = expressionIn(value);
  if (source === undefined) return [];
  const { variables, states } = read(source);
  return [...[...variables].map((name) => `$${name}`), ...states.map((members) => `$states.${members.join(".")}`)];
}

/** Variables that are assigned from themselves, and members of the input that an output is made from. */
function counted(states: readonly PlacedState[], read: Read): Set<string> {
  const variables = states.flatMap((state) =>
    assignmentsOf(state).flatMap(({ variable, value }) =>
      namesIn(value, read).filter((name) => name === `$${variable}`),
    ),
  );
  const members = states.flatMap(({ fields }) =>
    Object.values(fieldsOf(fields.Output)).flatMap((value) =>
      namesIn(value, read).filter((name) => name.startsWith("$states.input.")),
    ),
  );
  return new Set([...variables, ...members]);
}

const clock = /\$(now|millis)\b|EnteredTime/;

/** In JSONPath, whose conditions are not read, a loop that adds up is taken to be bounded by each Choice that leaves it. */
const adds = (state: PlacedState): boolean =>
  state.language === "JSONPath" && JSON.stringify(state.fields).includes("States.MathAdd");

function boundsOf(states: readonly PlacedState[], read: Read): Bound[] {
  const inside = new Set(states.map(({ name }) => name));
  const leaves = states.filter(
    ({ type, transitions }) => type === "Choice" && transitions.some(({ to }) => !inside.has(to)),
  );
  const counters = counted(states, read);
  const jsonPath = states.some(adds);
  return leaves.flatMap((choice): Bound[] => {
    const conditions = listOf(choice.fields.Choices).map((rule) => fieldsOf(rule).Condition);
    const counting = conditions.filter((each) => namesIn(each, read).some((name) => counters.has(name)));
    const timed = conditions.some((each) => clock.test(textOf(each) ?? ""));
    if (counting.length === 0 && !timed && !(jsonPath && choice.language === "JSONPath")) return [];
    return [{ choice, rounds: largest(counting) }];
  });
}

/** The literal that a count is compared with: `$count < 30`. */
function largest(conditions: readonly unknown[]): number | undefined {
  const numbers = conditions.flatMap((each) => {
    const compared = /(?:[<>]=?|=)\s*(\d+)|(\d+)\s*(?:[<>]=?|=)/.exec(textOf(each) ?? "");
    return compared === null ? [] : [Number(compared[1] ?? compared[2])];
  });
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}
