/** Blocks as states: in the States object of their step, or in one of their own. */
import type { Json } from "../asl_value.ts";
import type { Binding } from "../expression.ts";
import { isReferenceTo } from "../reference.ts";
import type { Block, StepNode } from "../tree.ts";
import { anyValueOf, emptyStates, inOrder, onward, output, put, type Place } from "./place.ts";

/** The first state of the steps, or what comes after them if there is none. */
export function sequence(steps: readonly StepNode[], { next, ...place }: Place): string | undefined {
  return steps.reduceRight<string | undefined>(
    (after, step) => place.machine.write(step, { ...place, next: after }),
    next,
  );
}

/**
 * A block that gives its value to a step's result. Where the value is what the block's last step yields, that step
 * assigns the result itself; else a Pass does, and only if somebody uses it.
 */
export function block(
  { steps, scope, value, ends }: Block,
  name: string,
  step: StepNode,
  result: Binding,
  outer: Place,
): string {
  const place = { ...outer, scope };
  const last = steps.at(-1);
  const before = steps.slice(0, -1);
  const start = (): string | undefined => {
    if (ends || !place.machine.used.has(result)) return sequence(steps, place);
    if (last !== undefined && "result" in last && isReferenceTo(value, last.result)) {
      return sequence([...before, { ...last, result }], place);
    }
    return sequence([...steps, { kind: "pass", name, site: step.site, value: value ?? null, result }], place);
  };
  // A Choice has to name a state, even where there is nothing to do before the end.
  return start() ?? put(step, name, { Type: "Pass", ...output(place), ...onward(place) }, place);
}

/** A block as a States object of its own, which gives its value as the output of its last state, if somebody uses that. */
export function branch(
  { steps, scope, value, ends }: Block,
  name: string,
  step: StepNode & { readonly result: Binding },
  outer: Place,
  isUsed = outer.machine.used.has(step.result),
): { readonly StartAt: string; readonly States: Record<string, Json> } {
  const states = emptyStates(outer.states.handedDown);
  const place: Place = { ...outer, scope, states, next: undefined };
  const end =
    ends || !(isUsed || steps.length === 0)
      ? undefined
      : put(step, name, { Type: "Pass", Output: anyValueOf(value ?? null, step, place), End: true }, place);
  return { StartAt: sequence(steps, { ...place, next: end }) ?? name, States: inOrder(states) };
}
