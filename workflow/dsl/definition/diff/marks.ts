/** What has changed, as marks on the picture of the new machine. */
import { endKey, placeOf, ruleKey, startKey, wayKey, type Look, type Mark, type Marks } from "../graph/marks.ts";
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
  if (change.kind === "added") return "new";
  if (change.kind === "moved") return "moved";
  return change.kind === "renamed" ? `was ${change.was}` : undefined;
}

/** The ways that are new or lead elsewhere. */
function keysOf(change: Change, place: string): string[] {
  if (change.kind === "rewired") {
    return typeof change.now !== "object"
      ? [endKey(place)]
      : [wayKey(place, { kind: change.field === "Next" ? "next" : "default", to: change.now.state })];
  }
  if (change.kind !== "rule-added" && change.kind !== "rule-rewired" && change.kind !== "rule-changed") return [];
  switch (change.list) {
    case "Choices":
      return [ruleKey(place, "choice", change.index)];
    case "Catch":
      return [ruleKey(place, "catch", change.index)];
    case "Retry":
      return [];
  }
}
