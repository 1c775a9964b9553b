/** What has changed, as marks on the picture of the new machine. */
import { endKey, placeOf, startKey, wayKey, type Look, type Mark, type Marks } from "../graph/marks.ts";
import type { Change } from "./change.ts";

/** States that are new or changed, and the ways that are. What is gone is not in the picture. */
export function changeMarks(changes: readonly Change[]): Marks {
  const states = new Map<string, Mark>();
  const ways = new Map<string, Look>();
  for (const change of changes) {
    if (change.kind === "start") ways.set(startKey(change.machine), "changed");
    if (change.kind === "start" || change.kind === "removed" || change.state === undefined) continue;
    const place = placeOf(change.machine, change.state);
    const known = states.get(place);
    const note = noteOf(change);
    const notes = [...(known?.notes ?? []), ...(note === undefined || known?.notes.includes(note) ? [] : [note])];
    states.set(place, { look: change.kind === "added" ? "added" : (known?.look ?? "changed"), notes });
    for (const key of keysOf(change, place)) ways.set(key, change.kind === "rule-added" ? "added" : "changed");
  }
  return { states, ways, rest: undefined };
}

function noteOf(change: Change): string | undefined {
  switch (change.kind) {
    case "added":
      return "new";
    case "renamed":
      return `was ${change.was}`;
    case "moved":
      return "moved";
    default:
      return undefined;
  }
}

function keysOf(change: Change, place: string): string[] {
  switch (change.kind) {
    case "rewired":
      return typeof change.now !== "object"
        ? [endKey(place)]
        : [wayKey(place, { kind: change.field === "Next" ? "next" : "default", to: change.now.state })];
    case "rule-added":
    case "rule-rewired":
    case "rule-changed":
      return [`${change.list === "Choices" ? "choice" : "catch"} ${change.index} ${place}`];
    default:
      return [];
  }
}
