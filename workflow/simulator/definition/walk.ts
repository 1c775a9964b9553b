/** Every state of a definition, at any depth, with the place where it stands. */
import type { Branch, State } from "./asl.ts";

export interface PlacedState {
  readonly name: string;
  readonly state: State;
  /** As a JSON Pointer, for example `/States/Each/ItemProcessor/States/Work`. */
  readonly pointer: string;
}

/** The branches inside a state, with their places below it. */
export function branchesOf(state: State): readonly { readonly branch: Branch; readonly pointer: string }[] {
  if (state.Type === "Map") return [{ branch: state.ItemProcessor, pointer: "/ItemProcessor" }];
  if (state.Type !== "Parallel") return [];
  return state.Branches.map((branch, index) => ({ branch, pointer: `/Branches/${index}` }));
}

/** In the order of the definition, each before what is inside it. */
export function statesOfBranch(branch: Branch, pointer = ""): readonly PlacedState[] {
  return Object.entries(branch.States).flatMap(([name, state]) => {
    const own = `${pointer}/States/${name}`;
    const inner = branchesOf(state).flatMap((part) => statesOfBranch(part.branch, `${own}${part.pointer}`));
    return [{ name, state, pointer: own }, ...inner];
  });
}
