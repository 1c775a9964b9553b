/** What became of an execution, as data; its words are made in `sentences.ts`. */
import type { CallSite } from "../../bundle/types.ts";

export interface Explanation {
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "RUNNING";
  /** The history is a page of the whole: what is told may be before other events or after. */
  readonly page?: true;
  /** From its first event to its last. */
  readonly milliseconds: number;
  /** Of the execution as a whole. */
  readonly error?: string;
  readonly message?: string;
  /** In the order of the states' beginnings, those that were caught or done again included: the first may explain the last. */
  readonly failures: readonly Failure[];
  /** Where it was when it timed out or was stopped, or is now. */
  readonly running: readonly Place[];
}

export interface Place {
  readonly state: string;
  /** The line of the program that made the state. */
  readonly site?: CallSite;
  /** The Parallels and Maps that it is in, from the outermost. */
  readonly within: readonly Surrounding[];
}

/** `branch` and `iteration` count from 0; undefined of a Parallel with one branch and of a Map's own child execution. */
export interface Surrounding {
  readonly state: string;
  readonly branch?: number;
  readonly iteration?: number;
}

export interface Failure extends Place {
  readonly type: string;
  /** Undefined where the history does not tell: a Fail within a Parallel or a Map, with an expression for its error. */
  readonly error?: string;
  /** What the cause says for people, on one line. */
  readonly message?: string;
  /** How often its work was begun; 0 in states that do no work. */
  readonly attempts: number;
  /** The field whose expression failed, such as `Arguments`. */
  readonly location?: string;
  /** The line of the Lambda's own code that threw, if its trace has one. */
  readonly thrown?: CallSite;
  readonly outcome: Outcome;
  readonly look: readonly Look[];
}

export type Outcome =
  /** A catcher of the state, or of one around it; `rule` is its place in `Catch`, from 0. */
  | {
      readonly kind: "caught";
      readonly by: string;
      readonly rule?: number;
      readonly errors?: readonly string[];
      readonly next?: string;
    }
  /** The Parallel or the Map around it began anew, or went on without it. */
  | { readonly kind: "survived"; readonly by: string }
  /** It was done again, and did not fail the last time; `times` is how often it had failed. */
  | {
      readonly kind: "retried";
      readonly by: "Retry" | "redrive";
      readonly times: number;
      readonly succeeded: boolean;
    }
  | { readonly kind: "ended the execution" };

/** Where more is to be found. */
export type Look =
  | { readonly kind: "lambda"; readonly function: string }
  | { readonly kind: "glue"; readonly job: string; readonly run: string }
  | { readonly kind: "athena"; readonly query: string }
  | { readonly kind: "execution"; readonly arn: string }
  | { readonly kind: "map-run"; readonly arn: string };
