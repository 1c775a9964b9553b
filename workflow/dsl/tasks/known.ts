/** What the program's types tell of a value, and of what is within it. */
import type ts from "typescript";
import { union, type TypeText } from "./type_text.ts";

export interface Known {
  /** The type of a value that is there; `unknown` where nothing tells it. */
  readonly text: () => string;
  readonly member: (name: string) => Known;
  readonly element: () => Known;
}

export const nothing: Known = { text: () => "unknown", member: () => nothing, element: () => nothing };

/** @param all the types that the value may have */
export const knownBy = (types: TypeText, all: readonly ts.Type[]): Known => ({
  text: () => (all.length === 0 ? "unknown" : union(all.map((type) => types.ofPresent(type)))),
  member: (name) =>
    knownBy(
      types,
      all.flatMap((type) => types.membersOf(type, name)),
    ),
  element: () =>
    knownBy(
      types,
      all.flatMap((type) => types.elementsOf(type)),
    ),
});
