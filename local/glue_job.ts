/** Glue jobs and their runs, in Glue's own shape. */
import type { JobRunState } from "./progress.ts";

/** A job as the Pulumi program declares it. */
export interface JobSpec {
  readonly name: string;
  /** `s3://…` */
  readonly scriptLocation: string;
  readonly defaultArguments: Readonly<Record<string, string>>;
  /** Minutes; a run that takes longer is stopped. */
  readonly timeout: number;
  readonly maxRetries: number;
}

/** A run; https://docs.aws.amazon.com/glue/latest/webapi/API_JobRun.html, with times as `.sync` returns them: milliseconds. */
export interface JobRun {
  readonly Id: string;
  readonly JobName: string;
  readonly JobRunState: JobRunState;
  readonly Arguments: Readonly<Record<string, string>>;
  readonly StartedOn: number;
  readonly LastModifiedOn: number;
  readonly CompletedOn?: number;
  /** Seconds that it ran. */
  readonly ExecutionTime: number;
  readonly ErrorMessage?: string;
  readonly Attempt: number;
  readonly Timeout: number;
  readonly GlueVersion: string;
  readonly PredecessorRuns: readonly never[];
}
