/** What is to be shown of a machine's states and ways besides the machine: an execution's path, or what has changed. */
import type { Transition } from "../machine.ts";

export const looks = [
  "succeeded",
  "caught",
  "failed",
  "aborted",
  "running",
  /** An execution did not come here. */
  "untouched",
  "added",
  "changed",
] as const;
export type Look = (typeof looks)[number];

export interface Mark {
  readonly look: Look;
  /** Short lines under the state's name. */
  readonly notes: readonly string[];
  /** What is too long for a line, such as the cause of an error. */
  readonly more?: string;
}

export interface Marks {
  /** By place. */
  readonly states: ReadonlyMap<string, Mark>;
  /** By `wayKey`, `startKey` and `endKey`. */
  readonly ways: ReadonlyMap<string, Look>;
  /** How everything else looks; plain where it is undefined. */
  readonly rest: Look | undefined;
}

/** A state's place in a definition: the path of its machine, and its name. */
export const placeOf = (path: string, name: string): string => (path === "" ? name : `${path}/${name}`);

export const ruleKey = (place: string, kind: Transition["kind"], rule: number): string => `${kind} ${rule} ${place}`;
export const wayKey = (place: string, transition: Transition): string =>
  ruleKey(place, transition.kind, "rule" in transition ? transition.rule : 0);
/** The way to the first state of the machine at this path. */
export const startKey = (path: string): string => `start ${path}`;
/** The way from this state to its machine's end. */
export const endKey = (place: string): string => `end ${place}`;
