/** What the run time tells while it works: data, so that whoever listens chooses the words and the place. */

export type Part = "emulator" | "athena" | "program" | "spark";

/** A job run's states, by Glue's names. */
export type JobRunState = "WAITING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "STOPPED" | "TIMEOUT";

export type Progress =
  /** A part of the run time comes up; `started` follows, with the seconds it took. */
  | { readonly kind: "starting"; readonly part: Part }
  | { readonly kind: "started"; readonly part: Part; readonly seconds: number }
  /** An execution changed its status; `seconds` since its start. */
  | { readonly kind: "execution"; readonly name: string; readonly status: string; readonly seconds: number }
  /** A Task state of an execution began. */
  | { readonly kind: "state"; readonly execution: string; readonly name: string }
  /** A Glue job's run was queued, began or ended; `seconds` since it was queued, or began. */
  | {
      readonly kind: "job";
      readonly job: string;
      readonly run: string;
      readonly state: JobRunState;
      readonly seconds: number;
      /** Why it failed. */
      readonly message?: string;
    }
  | { readonly kind: "crawler"; readonly crawler: string; readonly state: "RUNNING" | "READY"; readonly tables: number }
  /** A message was sent to a topic: somebody's attention is wanted. */
  | { readonly kind: "alert"; readonly subject: string; readonly message: string }
  /** Something that did not stop the work but that a person should know. */
  | { readonly kind: "warning"; readonly message: string };

export type OnProgress = (event: Progress) => void;
