/** The variable that a state's value is kept in. A state's name may be any text; a variable's may not. */
import { functions } from "./definition/validate/functions.ts";

/** https://states-language.net/#variable-name-syntax: identifiers of Unicode, whose `ID_Start` has no underscore. */
const start = /^\p{ID_Start}/u;
const others = /[^\p{ID_Continue}]/gu;

/** Characters that a variable's name has at most: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export const longestVariable = 80;

/** `$states` is Step Functions' own, and a variable of a function's name would hide the function. */
const isTaken = (name: string): boolean => name === "states" || functions.has(name);

/** The name with the dollar. Names that differ only in characters that variables don't have give the same one. */
export function variableName(state: string): string {
  const name = state.replaceAll(others, "_");
  return start.test(name) && !isTaken(name) ? `$${name}` : `$State_${name}`;
}
