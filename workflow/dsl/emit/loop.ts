/**
 * A loop in a Parallel of one branch: its counter has a scope of its own, and when it gives up, its Fail is an error of
 * the Parallel, which a surrounding `try` can catch; a Fail beside the other states would end the execution.
 */
import type { Json } from "../asl_value.ts";
import type { LoopNode } from "../tree.ts";
import { sequence } from "./block.ts";
import {
  anyValueOf,
  assign,
  conditionOf,
  emptyStates,
  inOrder,
  leave,
  put,
  valueOf,
  variable,
  type Place,
  type State,
} from "./place.ts";

export function loop(step: LoopNode, outer: Place): string {
  const states = emptyStates(outer.states.handedDown);
  const place: Place = { ...outer, states, scope: step.block.scope, next: undefined };
  const named = (part: string): string => `${step.name}: ${part}`;
  const add = (name: string, state: State): string => put(step, name, state, place);
  const [begin, next, done, wait, gaveUp] = [
    named("begin"),
    named("next"),
    named("done?"),
    named("wait"),
    named("gave up"),
  ] as const;
  const count = variable(step.count);
  const counted = { [count]: `{% $${count} + 1 %}` };
  const { state, every } = step;
  // A loop with a state counts where it takes the state over, one without where it waits.
  const first = state === undefined ? 1 : 0;
  const isLeft = `{% $${count} < ${step.atMost} %}`;

  const value = (): Json =>
    state === undefined ? anyValueOf(step.block.value ?? null, step, place) : `{% ${state.binding.text} %}`;
  const output = place.machine.used.has(step.result) ? value() : {};
  const end = add(named("end"), { Type: "Pass", Output: output, End: true });
  const after = state === undefined ? done : next;
  const ask = sequence(step.block.steps, { ...place, next: after }) ?? after;
  const again = every === undefined ? ask : wait;
  add(gaveUp, {
    Type: "Fail",
    Error: step.exhausted,
    Cause: `${step.atMost} rounds${every === undefined ? "" : `, one every ${every} s`}, and "${step.name}" is not done`,
  });
  if (every !== undefined)
    add(wait, { Type: "Wait", Seconds: every, ...(state === undefined ? { Assign: counted } : {}), Next: ask });
  add(done, {
    Type: "Choice",
    Choices: [
      { Condition: conditionOf(step.until, step, place), Next: end },
      { Condition: isLeft, Next: again },
    ],
    Default: gaveUp,
  });
  if (state !== undefined) {
    const taken = { [variable(state.binding)]: valueOf(step.block.value ?? null, step, place), ...counted };
    add(next, { Type: "Pass", Assign: taken, Output: {}, Next: done });
  }
  const from = state === undefined ? {} : { [variable(state.binding)]: valueOf(state.from, step, outer) };
  add(begin, { Type: "Pass", Assign: { ...from, [count]: first }, Output: {}, Next: ask });
  return put(
    step,
    step.name,
    {
      Type: "Parallel",
      Branches: [{ StartAt: begin, States: inOrder(states) }],
      ...assign(step.result, "$states.result[0]", outer),
      ...leave([], outer),
    },
    outer,
  );
}
