/** A row of the feature table: a field of ASL, how it is written in the DSL, and a program that shows that it is so. */
import type { Workflow } from "../../../../workflow/dsl/index.ts";
import type { SimulationOptions, SimulationResult } from "../../../../workflow/simulator/index.ts";

export interface Row {
  /**
   * Where the field stands: a state's type, or `Machine`, or `State` for any type, and the way from there, `[]` for each
   * element of an array: `Task.Retry[].MaxAttempts`.
   */
  readonly field: string;
  /** What values of the field the row is about, where there are several rows for it. */
  readonly of?: string;
  /** How it is written, as Markdown; for a field that is never written, why, and what to write instead. */
  readonly here: string;
  readonly program: Workflow;
  /** What stands there in the program's definition, over all of its states in their order; none if it is never written. */
  readonly values: readonly unknown[];
  /** The field's effect, or that of what is written instead. */
  readonly cases: readonly Case[];
}

export interface Case {
  readonly given?: SimulationOptions;
  readonly ends: Partial<Pick<SimulationResult, "status" | "output" | "error" | "cause" | "states">> & {
    /** Seconds of the execution. */
    readonly takes?: number;
  };
}
