/** Whether the labels of distributed Maps are ones that Step Functions takes: each is a part of its Map Run's ARN. */
import { textOf } from "../machine.ts";
import { hasPlaceholder } from "../placeholder.ts";
import { error, inState, type Rule } from "./finding.ts";
import type { PlacedState } from "./definition.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const longest = 40;
/** The same page: no blanks, wildcards, brackets, control characters and some signs. */
const forbidden = /[\s\p{Cc}?*<>{}[\]:;,\\|^~$#%&`"]/u;

function problemOf(label: string, other: PlacedState | undefined): string | undefined {
  if (label === "") return "the label is empty: leave it out, or name the Map by it";
  if (other !== undefined)
    return `"${other.name}" has the label ${JSON.stringify(label)} already: labels are unique in the whole machine. Rename one.`;
  // What is put in at deployment is not known yet.
  if (hasPlaceholder(label)) return undefined;
  if (label.length > longest) return `the label has ${label.length} characters, and ${longest} are allowed: shorten it`;
  const [sign] = forbidden.exec(label) ?? [];
  return sign === undefined
    ? undefined
    : `the label ${JSON.stringify(label)} has ${JSON.stringify(sign)}, and may have no blanks, control characters and none of ? * < > { } [ ] : ; , \\ | ^ ~ $ # % & \` ": write letters, digits, - and _`;
}

export const labelsFit: Rule = ({ states }) => {
  const first = new Map<string, PlacedState>();
  return states.flatMap((state) => {
    const label = textOf(state.fields.Label);
    if (label === undefined || !state.machines.some(({ ownExecution }) => ownExecution)) return [];
    const message = problemOf(label, first.get(label));
    first.set(label, first.get(label) ?? state);
    return message === undefined ? [] : [error("label", inState(state, "Label"), message)];
  });
};
