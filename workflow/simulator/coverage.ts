/** How much of a definition a test suite has been through: its states, and the transitions between them. */
import type { Branch, State } from "./definition/asl.ts";
import { readDefinition } from "./definition/read.ts";
import { transitionsOf } from "./definition/transitions.ts";
import { branchesOf } from "./definition/walk.ts";
import type { Execution } from "./execution-state.ts";
import type { TraceEntry } from "./trace.ts";

export interface Figures {
  readonly covered: number;
  readonly total: number;
  /** What was not, in the order of the definition. */
  readonly uncovered: readonly string[];
}

export interface Coverage {
  /** States that were entered, by their path: `Work`, `Each/Work`, `Both[1]/Work`, of a nested machine `child: Work`. */
  readonly states: Figures;
  /** Transitions that were taken: `Work → Done (Next)`, `Choose → Big (Choices[0])`, `Work → Oops (Catch[0])`. */
  readonly branches: Figures;
}

/** What coverage looks at of a simulation's result. */
export interface Covered {
  readonly trace: readonly TraceEntry[];
  readonly children: readonly Pick<Execution, "trace" | "mapRunArn" | "identity">[];
}

/** One thing that a run can go through. */
interface Goal {
  readonly name: string;
  /** The state's machine and place, and for a transition its exit. */
  readonly key: string;
}

/**
 * Coverage of a definition by several simulations of it.
 * @param machines the nested machines as `simulate` got them: they count too
 * @throws {InvalidDefinition}
 */
export function coverage(
  definition: unknown,
  results: readonly Covered[],
  machines: Readonly<Record<string, unknown>> = {},
): Coverage {
  const nested = Object.entries(machines).map(([name, one]) => [machineNameOf(name), one] as const);
  const visits = [["", definition] as const, ...nested].flatMap(([machine, one]) =>
    placesOf(readDefinition(one), { machine, pointer: "", path: "" }),
  );
  const seen = new Set(results.flatMap(keysOf));
  return {
    states: figures(
      visits.map(({ place }) => ({ name: title(place), key: keyOf(place) })),
      seen,
    ),
    branches: figures(
      visits.flatMap(({ place, state }) =>
        transitionsOf(state).map(({ exit, to }) => ({
          name: `${title(place)} → ${to} (${exit})`,
          key: `${keyOf(place)} ${exit}`,
        })),
      ),
      seen,
    ),
  };
}

function figures(goals: readonly Goal[], seen: ReadonlySet<string>): Figures {
  const uncovered = goals.filter(({ key }) => !seen.has(key)).map(({ name }) => name);
  return { covered: goals.length - uncovered.length, total: goals.length, uncovered };
}

/** Where a state stands: `machine` is empty for the one under test. */
interface Place {
  readonly machine: string;
  readonly pointer: string;
  readonly path: string;
}

function placesOf(branch: Branch, around: Place): readonly { readonly state: State; readonly place: Place }[] {
  return Object.entries(branch.States).flatMap(([name, state]) => {
    const place = { ...around, pointer: `${around.pointer}/States/${name}`, path: `${around.path}${name}` };
    const inner = branchesOf(state).flatMap((part, index) =>
      placesOf(part.branch, {
        ...around,
        pointer: `${place.pointer}${part.pointer}`,
        path: `${place.path}${state.Type === "Parallel" ? `[${index}]` : ""}/`,
      }),
    );
    return [{ state, place }, ...inner];
  });
}

function title({ machine, path }: Place): string {
  return machine === "" ? path : `${machine}: ${path}`;
}

function keyOf({ machine, pointer }: Pick<Place, "machine" | "pointer">): string {
  return `${machine}#${pointer}`;
}

function machineNameOf(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf(":") + 1);
}

/** Everything that a result went through. Children of a Map Run go through a part of their parent's definition. */
function keysOf({ trace, children }: Covered): readonly string[] {
  const nested = new Set(children.filter(({ mapRunArn }) => mapRunArn === undefined).map(machineOf));
  const own = children.map((child) => ({
    machine: nested.has(machineOf(child)) ? machineOf(child) : "",
    trace: child.trace,
  }));
  return [{ machine: "", trace }, ...own].flatMap((execution) =>
    execution.trace.flatMap(({ pointer, exit }) => {
      const state = keyOf({ machine: execution.machine, pointer });
      return exit === undefined ? [state] : [state, `${state} ${exit}`];
    }),
  );
}

/** A Map Run's machine is `machine/label`. */
function machineOf({ identity }: Pick<Execution, "identity">): string {
  return identity.machineName.split("/")[0] ?? identity.machineName;
}
