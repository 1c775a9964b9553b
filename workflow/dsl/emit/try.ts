/** A `try`: catchers for the states of its body. */
import type { Json } from "../asl_value.ts";
import type { TryNode } from "../tree.ts";
import { handlersOf, isGuarded } from "../guard.ts";
import { block } from "./block.ts";
import { guarded } from "./parallel.ts";
import { variable, type Place } from "./place.ts";

/** A Fail's name and cause are null where it has none; an empty text is one that can stand in other texts. */
const textOf = (member: string): string =>
  `"${member}": $states.errorOutput.${member} ? $states.errorOutput.${member} : ""`;
const errorOutput = `{% {${textOf("Error")}, ${textOf("Cause")}} %}`;

export function attempt(step: TryNode, place: Place): string {
  const handlers = handlersOf(step);
  const catchers = handlers.map(({ errors, error, block: handler }, index): Json => {
    const name = index === 0 ? "caught" : `caught ${index + 1}`;
    const start = block(handler, `${step.name}: ${name}`, step, step.result, place);
    return {
      ErrorEquals: [...errors],
      Assign: { [variable(error)]: errorOutput },
      Output: {},
      Next: start,
    };
  });
  const catchesAll = handlers.some(({ errors }) => errors.includes("States.ALL"));
  // Its own catchers come before those of the `try` around it; after one for all errors, none is looked at.
  const around = catchesAll ? catchers : [...catchers, ...place.states.catchers];
  const inner = { ...place, states: { ...place.states, catchers: around } };
  return isGuarded(step) ? guarded(step, inner) : block(step.body, `${step.name}: done`, step, step.result, inner);
}
