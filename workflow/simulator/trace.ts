/** A stay in a state: what it began with, what it left, which way it went, and when. */
import type { StateType } from "./definition/asl.ts";
import type { Json, JsonObject } from "./json.ts";

/** The way out of a state: `Next`, `End`, `Choices[2]`, `Default` or `Catch[0]`. */
export type Exit = "Next" | "End" | "Default" | `Choices[${number}]` | `Catch[${number}]`;

export interface TraceEntry {
  readonly state: string;
  readonly type: StateType;
  /** The state's path with the index of each branch and iteration on the way, for example `Both[1]/Each[3]/Work`. */
  readonly path: string;
  /** Where the state stands in the definition, as a JSON Pointer. */
  readonly pointer: string;
  readonly input: Json;
  readonly entered: Date;
  /** Undefined while the state runs, and of a state that failed or was stopped. */
  exited: Date | undefined;
  output: Json | undefined;
  /** How often its work was begun, retries and redrives included. */
  attempts: number;
  exit: Exit | undefined;
  /** The state that follows. */
  next: string | undefined;
  /** All variables that its branch sees after it. */
  variables: JsonObject | undefined;
  /** The failure that ended the state. */
  error: string | undefined;
  cause: string | undefined;
}
