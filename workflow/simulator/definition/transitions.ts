/** Where states lead: to states beside them, all of which can be reached, or to an end. */
import type { Branch, State } from "./asl.ts";
import { diagnostic, type Diagnostic } from "./diagnostic.ts";
import { branchesOf } from "./walk.ts";
import type { Exit } from "../trace.ts";

/** A way from a state to the next one. */
export interface Transition {
  readonly exit: Exclude<Exit, "End">;
  readonly to: string;
}

/** In the order of the definition. */
export function transitionsOf(state: State): readonly Transition[] {
  const following = "Next" in state ? state.Next : undefined;
  const next: Transition[] = following === undefined ? [] : [{ exit: "Next", to: following }];
  const catchers = "Catch" in state ? (state.Catch ?? []) : [];
  const caught = catchers.map(({ Next }, index): Transition => ({ exit: `Catch[${index}]`, to: Next }));
  if (state.Type !== "Choice") return [...next, ...caught];
  const rules = state.Choices.map(({ Next }, index): Transition => ({ exit: `Choices[${index}]`, to: Next }));
  return [...rules, ...(state.Default === undefined ? [] : [{ exit: "Default" as const, to: state.Default }])];
}

/**
 * Lost and missing transitions, and states that nothing leads to, at any depth. As on the service, those are not
 * looked for in a workflow that has no end.
 */
export function transitionDiagnostics(branch: Branch, pointer = ""): readonly Diagnostic[] {
  const missing = (name: string): boolean => !Object.hasOwn(branch.States, name);
  const endless = pointer === "" && Object.values(branch.States).every(goesOn);
  const reached = reachable(branch);
  const start = missing(branch.StartAt)
    ? [lost(`${pointer}/StartAt`, `there is no state '${branch.StartAt}' beside it`)]
    : [];
  return [
    ...start,
    ...Object.entries(branch.States).flatMap(([name, state]) => {
      const place = `${pointer}/States/${name}`;
      const nowhere = transitionsOf(state)
        .filter(({ to }) => missing(to))
        .map(({ to }) => lost(place, `leads to '${to}', which is no state beside it`));
      const unreached = endless || start.length > 0 || reached.has(name) ? [] : [lost(place, "no state leads to it")];
      const inner = branchesOf(state).flatMap((part) => transitionDiagnostics(part.branch, `${place}${part.pointer}`));
      return [...nowhere, ...unreached, ...ends(state, place), ...inner];
    }),
    ...(endless ? [diagnostic("/", "the workflow has no terminal state", "MISSING_END_STATE")] : []),
  ];
}

function lost(place: string, message: string): Diagnostic {
  return diagnostic(place, message, "MISSING_TRANSITION_TARGET");
}

/** A state after which there is always another one. */
function goesOn(state: State): boolean {
  return transitionsOf(state).length > 0 && !("End" in state);
}

function ends(state: State, place: string): readonly Diagnostic[] {
  if (state.Type === "Choice" || state.Type === "Succeed" || state.Type === "Fail") return [];
  const exits = Number(state.Next !== undefined) + Number(state.End === true);
  return exits === 1 ? [] : [diagnostic(place, "needs either Next or End")];
}

function reachable(branch: Branch): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [branch.StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = Object.hasOwn(branch.States, name) ? branch.States[name] : undefined;
    if (state === undefined || found.has(name)) continue;
    found.add(name);
    open.push(...transitionsOf(state).map(({ to }) => to));
  }
  return found;
}
