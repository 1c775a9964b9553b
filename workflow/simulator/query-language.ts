/** How a state's fields are evaluated: what JSONata and JSONPath each do in their own way. */
import type { Comparison } from "./jsonpath/comparison.ts";
import type { ErrorOutput, StateFailure } from "./errors.ts";
import type { Expression, Leaving } from "./definition/asl.ts";
import type { Json } from "./json.ts";
import type { Exit } from "./trace.ts";
import type { Outcome, Visit } from "./visit.ts";

export interface QueryLanguage {
  /** What the state's own fields see as its input. */
  enter(visit: Visit): Json;
  /** The value of a field: everything dynamic in it, at any depth, becomes its value. */
  query(visit: Visit, template: Json, location: string, known: Known): Promise<Json>;
  /** The value of a field that must be a number within bounds. */
  queryNumber(visit: Visit, template: Json, location: string, bounds: Bounds): Promise<number>;
  /** Whether a Choice's rule matches. */
  test(visit: Visit, condition: boolean | Expression | Comparison, location: string): Promise<boolean>;
  /** The failure of a field whose value has the wrong type. */
  wrongType(visit: Visit, template: Json, location: string, expected: FieldType, value: Json): StateFailure;
  /** The variables that a state assigns and the output that it hands on; neither sees the other. */
  leave(visit: Visit, fields: Leaving, exit: Leave): Promise<Outcome>;
}

export type FieldType = "array" | "boolean" | "integer" | "number" | "string" | "timestamp";

/** Both inclusive. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly integer: boolean;
}

/** `$states.result` after success, `$states.errorOutput` in a catcher: absent everywhere else. */
export interface Known {
  readonly result?: Json;
  readonly errorOutput?: ErrorOutput;
}

/** How a state is left. */
export interface Leave {
  /** The output of a state whose fields don't change it: its result, its error or its input. */
  readonly fallback: Json;
  readonly next: string | undefined;
  readonly known?: Known;
  /** Where the fields stand, for causes: "Catch[0]/". */
  readonly prefix?: string;
  /** Default: Next, or End without a next state. */
  readonly exit?: Exit;
}
