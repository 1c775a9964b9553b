import { expect } from "chai";
import fc from "fast-check";
import { diff, type Change } from "../../../../../workflow/dsl/definition/diff/index.ts";
import { machineOf } from "../../../../../workflow/dsl/definition/machine.ts";
import { definitions, within, type Definition, type StateFields } from "../machines.ts";

const changes = (old: unknown, now: unknown): Change[] => diff(machineOf(old), machineOf(now));

/** The same value with the keys of every object in another order. */
const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : typeof value === "object" && value !== null
      ? JSON.parse(
          `{${Object.entries(value)
            .reverse()
            .map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(reversed(each))}`)
            .join(",")}}`,
        )
      : value;

interface Mutation {
  readonly what: string;
  readonly definition: Definition;
  /** A change of this kind, of this state if it is about one. */
  readonly kind: Change["kind"];
  readonly state?: string;
}

/** One mutation at one place; `edit` gives what it did, or undefined where it can't be done. */
type Edit = (
  machine: Definition,
  name: string,
  state: StateFields,
) => Omit<Mutation, "what" | "definition"> | undefined;

const fresh = "a name that is not there";
const swapFirst = (list: unknown[] | undefined): boolean => {
  if (list === undefined || list.length < 2) return false;
  list.unshift(...list.splice(1, 1));
  return true;
};

const edits: Readonly<Record<string, Edit>> = {
  "adds a state": (machine) => {
    machine.States[fresh] = { Type: "Task", Resource: fresh, End: true };
    return { kind: "added", state: fresh };
  },
  "removes a state": (machine, name, state) => {
    // A state that has others within takes them along, and a name that looks the same elsewhere can't be.
    if (state.Branches !== undefined || state.ItemProcessor !== undefined) return undefined;
    machine.States = JSON.parse(
      JSON.stringify(machine.States, (key, value: unknown) => (key === name && value === state ? undefined : value)),
    ) as Definition["States"];
    return { kind: "removed", state: name };
  },
  "renames a state": (machine, name, state) => {
    const others = Object.entries(machine.States).filter(([each]) => each !== name);
    machine.States = Object.fromEntries([...others, [fresh, state]]);
    if (machine.StartAt === name) machine.StartAt = fresh;
    for (const each of Object.values(machine.States)) {
      for (const way of [each, ...(each.Choices ?? []), ...(each.Catch ?? [])]) if (way.Next === name) way.Next = fresh;
      if (each.Default === name) each.Default = fresh;
    }
    return { kind: "renamed", state: fresh };
  },
  "lets a state lead elsewhere": (_machine, name, state) => {
    if (state.Next === undefined) return undefined;
    state.Next = fresh;
    return { kind: "rewired", state: name };
  },
  "lets a state end": (_machine, name, state) => {
    if (state.Next === undefined) return undefined;
    delete state.Next;
    state.End = true;
    return { kind: "rewired", state: name };
  },
  "takes a Default away": (_machine, name, state) => {
    if (state.Default === undefined) return undefined;
    delete state.Default;
    return { kind: "rewired", state: name };
  },
  "swaps rules": (_machine, name, state) =>
    swapFirst(state.Choices) ? { kind: "rules-reordered", state: name } : undefined,
  "swaps catchers": (_machine, name, state) =>
    swapFirst(state.Catch) ? { kind: "rules-reordered", state: name } : undefined,
  "adds a catcher": (_machine, name, state) => {
    if (state.Type !== "Task") return undefined;
    state.Catch = [{ ErrorEquals: [fresh], Next: name }, ...(state.Catch ?? [])];
    return { kind: "rule-added", state: name };
  },
  "takes a rule away": (_machine, name, state) =>
    state.Choices?.pop() === undefined ? undefined : { kind: "rule-removed", state: name },
  "changes a condition": (_machine, name, state) => {
    const rule = state.Choices?.at(-1);
    if (rule === undefined) return undefined;
    rule.Condition = `{% ${fresh} %}`;
    return { kind: "rule-changed", state: name };
  },
  "lets a rule lead elsewhere": (_machine, name, state) => {
    const rule = (state.Choices ?? state.Catch)?.at(-1);
    if (rule === undefined) return undefined;
    rule.Next = fresh;
    return { kind: "rule-rewired", state: name };
  },
  "swaps branches": (_machine, name, state) =>
    swapFirst(state.Branches) ? { kind: "branches", state: name } : undefined,
  "changes a field": (_machine, name, state) => {
    state.Comment = fresh;
    return { kind: "field", state: name };
  },
  "changes a value deep inside": (_machine, name, state) => {
    state.Arguments = { deep: [state.Arguments ?? null, fresh] };
    return { kind: "field", state: name };
  },
  "lets a machine start elsewhere": (machine) => {
    machine.StartAt = fresh;
    return { kind: "start" };
  },
  "changes a machine's field": (machine) => {
    machine.TimeoutSeconds = 77;
    return { kind: "field" };
  },
};

/** Every edit can be made somewhere in it. */
const everything: Definition = {
  StartAt: "Decide",
  States: {
    Decide: {
      Type: "Choice",
      Choices: [
        { Condition: "{% $x %}", Next: "Work" },
        { Condition: "{% $y %}", Next: "Both" },
      ],
      Default: "Work",
    },
    Work: {
      Type: "Task",
      Resource: "r",
      Catch: [
        { ErrorEquals: ["A"], Next: "Both" },
        { ErrorEquals: ["B"], Next: "Decide" },
      ],
      Next: "Both",
    },
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "L", States: { L: { Type: "Succeed" } } },
        { StartAt: "R", States: { R: { Type: "Succeed" } } },
      ],
      End: true,
    },
  },
};
const places = [0, 1, 2, 3, 4];

/** What all the edits make of one state of the definition, each alone. */
function mutations(definition: Definition, place: number): Mutation[] {
  const statesOf = (each: Definition): [Definition, string, StateFields][] =>
    within(each).flatMap((machine) =>
      Object.entries(machine.States).map(([name, state]): [Definition, string, StateFields] => [machine, name, state]),
    );
  return Object.entries(edits).flatMap(([what, edit]) => {
    const mutant = structuredClone(definition);
    const all = statesOf(mutant);
    const chosen = all[place % all.length];
    const made = chosen === undefined ? undefined : edit(...chosen);
    return made === undefined ? [] : [{ what, definition: mutant, ...made }];
  });
}

describe("laws of comparing definitions", () => {
  it("a definition does not differ from itself, whatever the order of its keys", () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        expect(changes(definition, structuredClone(definition))).to.deep.equal([]);
        expect(changes(definition, reversed(definition))).to.deep.equal([]);
      }),
    );
  });

  it("every single change is found, at its state and as what it is", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(definitions, fc.nat(), (definition, place) => {
        for (const { what, definition: mutant, kind, state } of mutations(definition, place)) {
          seen.add(what);
          const found = changes(definition, mutant);
          const hit = found.some(
            (change) => change.kind === kind && ("state" in change ? change.state : undefined) === state,
          );
          expect(hit, `${what}: ${JSON.stringify(found)}`).to.be.true;
        }
      }),
      { examples: places.map((place): [Definition, number] => [everything, place]) },
    );
    expect([...seen].sort()).to.deep.equal(Object.keys(edits).sort());
  });

  it("forth and back, as many states come as went", () => {
    fc.assert(
      fc.property(definitions, definitions, (one, other) => {
        const count = (list: readonly Change[], kind: Change["kind"]): number =>
          list.filter((each) => each.kind === kind).length;
        const [forth, back] = [changes(one, other), changes(other, one)];
        expect(count(forth, "added")).to.equal(count(back, "removed"));
        expect(count(forth, "renamed")).to.equal(count(back, "renamed"));
      }),
    );
  });
});
