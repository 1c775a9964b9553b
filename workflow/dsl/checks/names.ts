/** Whether the names of the states that each step makes are short enough: told once of the step. */
import type { Emitted } from "../emit/index.ts";
import type { Problem } from "../problem.ts";
import type { StepNode } from "../tree.ts";
import { problem } from "./rule.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html */
export const longestName = 80;

export function namesAreShort({ steps }: Emitted): Problem[] {
  const longest = new Map<StepNode, string>();
  for (const [name, step] of steps) {
    const known = longest.get(step) ?? step.name;
    longest.set(step, known.length > longestName || name.length <= known.length ? known : name);
  }
  return [...longest].flatMap(([step, name]) => {
    if (name.length <= longestName) return [];
    const what = name === step.name ? "the name" : `the name of its state "${name}"`;
    return [
      problem("long-name", step, `${what} has ${name.length} characters, and ${longestName} are allowed: shorten it`),
    ];
  });
}
