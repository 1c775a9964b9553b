/** How many states of each kind a definition has, those of branches and iterations included. */
import { z } from "zod";

interface Machine {
  readonly States: Readonly<Record<string, State>>;
}
interface State {
  readonly Type: string;
  readonly Branches?: readonly Machine[] | undefined;
  readonly ItemProcessor?: Machine | undefined;
}

const machine: z.ZodType<Machine> = z.object({
  get States() {
    return z.record(z.string(), state);
  },
});
const state: z.ZodType<State> = z.object({
  Type: z.string(),
  get Branches() {
    return z.array(machine).optional();
  },
  get ItemProcessor() {
    return machine.optional();
  },
});

const typesIn = ({ States }: Machine): string[] =>
  Object.values(States).flatMap(({ Type, Branches = [], ItemProcessor }) => [
    Type,
    ...[...Branches, ...(ItemProcessor === undefined ? [] : [ItemProcessor])].flatMap(typesIn),
  ]);

/** `100 Choice, 300 Pass, 300 Task, …` */
export function kindsOf(definition: unknown): string {
  const counts = new Map<string, number>();
  for (const type of typesIn(machine.parse(definition))) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([type, count]) => `${count} ${type}`)
    .join(", ");
}

/** @throws Error if the definitions don't have the same number of states of each kind */
export function sameKinds(definitions: Readonly<Record<string, unknown>>): string {
  const kinds = Object.entries(definitions).map(([name, definition]) => ({ name, kinds: kindsOf(definition) }));
  if (new Set(kinds.map((each) => each.kinds)).size === 1) return kinds[0]?.kinds ?? "";
  throw new Error(`not the same states: ${kinds.map((each) => `${each.name} has ${each.kinds}`).join("; ")}`);
}
