/** What a branch has done so far. A redrive goes on from it: what succeeded is not done again. */
import type { Json } from "./json.ts";
import type { MapRun } from "./map-runs.ts";
import { newScope, type Scope } from "./scope.ts";
import type { TraceEntry } from "./trace.ts";

/** The state that a branch is in. */
export interface Stay {
  readonly name: string;
  readonly input: Json;
  readonly enteredId: number;
  readonly enteredTime: number;
  readonly entry: TraceEntry;
  /** Its branches or iterations, by their index. */
  parts: Map<number, Progress>;
  /** Of a distributed Map. */
  mapRun: MapRun | undefined;
}

export interface Progress {
  readonly scope: Scope;
  stay: Stay | undefined;
  /** Once the branch is over. */
  result: { readonly output: Json } | undefined;
}

/** The progress of a branch that is about to start. */
export function newProgress(outer?: Scope): Progress {
  return { scope: newScope(outer), stay: undefined, result: undefined };
}

/** The progress of a branch or an iteration of this state, from before a redrive or new. */
export function partOf(stay: Stay, index: number, outer: Scope): Progress {
  const part = stay.parts.get(index) ?? newProgress(outer);
  stay.parts.set(index, part);
  return part;
}

/** Before another attempt: everything inside the state begins anew. */
export function forgetParts(stay: Stay): void {
  stay.parts = new Map();
  stay.mapRun = undefined;
}
