/** An execution as the API knows it: while it runs, when it ended, and after a restart. */
import { z } from "zod";
import type { HistoryEvent } from "../history.ts";
import type { ExecutionStatus } from "../execution-state.ts";

export type RecordStatus = ExecutionStatus | "RUNNING";

/** Known from the start. */
export interface Started {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateMachineVersionArn: string | undefined;
  readonly stateMachineAliasArn: string | undefined;
  readonly name: string;
  /** JSON text, exactly as it was sent. */
  readonly input: string;
  readonly startDate: Date;
  readonly machineName: string;
  readonly definition: string;
  readonly roleArn: string;
  /** Of the definition and the role; undefined in stores that were written without it. */
  readonly revisionId: string | undefined;
  /** When the machine got them. */
  readonly updateDate: Date;
}

/** Known at the end. */
export interface Ended {
  readonly status: ExecutionStatus;
  readonly stopDate: Date;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly events: readonly HistoryEvent[];
  readonly redriveCount: number;
  readonly redriveDate: Date | undefined;
}

/** How often an execution was redriven, and whether it can be again. */
export interface Redrive {
  readonly redriveCount: number;
  readonly redriveDate: Date | undefined;
  readonly redriveStatus: string;
  readonly redriveStatusReason: string | undefined;
}

/** The detail of EventBridge's "Step Functions Execution Status Change". https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export interface StatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateMachineVersionArn: string | null;
  readonly stateMachineAliasArn: string | null;
  readonly name: string;
  readonly status: RecordStatus;
  /** Milliseconds since 1970, unlike the API's seconds. */
  readonly startDate: number;
  readonly stopDate: number | null;
  readonly input: string;
  readonly inputDetails: { readonly included: true };
  readonly output: string | null;
  readonly outputDetails: { readonly included: true } | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly redriveCount: number;
  /** Milliseconds since 1970. */
  readonly redriveDate: number | null;
  readonly redriveStatus: string;
  readonly redriveStatusReason: string | null;
}

export function statusChange(started: Started, ended: Ended | undefined, redrive: Redrive): StatusChange {
  return {
    executionArn: started.executionArn,
    stateMachineArn: started.stateMachineArn,
    stateMachineVersionArn: started.stateMachineVersionArn ?? null,
    stateMachineAliasArn: started.stateMachineAliasArn ?? null,
    name: started.name,
    status: ended?.status ?? "RUNNING",
    startDate: started.startDate.getTime(),
    stopDate: ended?.stopDate.getTime() ?? null,
    input: started.input,
    inputDetails: { included: true },
    output: ended?.output ?? null,
    outputDetails: ended?.output === undefined ? null : { included: true },
    error: ended?.error ?? null,
    cause: ended?.cause ?? null,
    redriveCount: redrive.redriveCount,
    redriveDate: redrive.redriveDate?.getTime() ?? null,
    redriveStatus: redrive.redriveStatus,
    redriveStatusReason: redrive.redriveStatusReason ?? null,
  };
}

const date = z.iso.datetime().transform((text) => new Date(text));

export const startedSchema = z
  .object({
    executionArn: z.string(),
    stateMachineArn: z.string(),
    stateMachineVersionArn: z.string().optional(),
    stateMachineAliasArn: z.string().optional(),
    name: z.string(),
    input: z.string(),
    startDate: date,
    machineName: z.string(),
    definition: z.string(),
    roleArn: z.string(),
    revisionId: z.string().optional(),
    updateDate: date.optional(),
  })
  .transform((read): Started => ({
    stateMachineVersionArn: undefined,
    stateMachineAliasArn: undefined,
    revisionId: undefined,
    ...read,
    updateDate: read.updateDate ?? read.startDate,
  }));

// Written by this program alone, so an event's details are kept as they are.
const event = z.custom<HistoryEvent>(
  (value) => z.looseObject({ id: z.int(), previousEventId: z.int(), type: z.string() }).safeParse(value).success,
);

export const endedSchema = z
  .object({
    status: z.enum(["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]),
    stopDate: date,
    output: z.string().optional(),
    error: z.string().optional(),
    cause: z.string().optional(),
    redriveCount: z.int().default(0),
    redriveDate: date.optional(),
    events: z.array(event.transform((read): HistoryEvent => ({ ...read, timestamp: new Date(read.timestamp) }))),
  })
  .transform((read): Ended => ({
    output: undefined,
    error: undefined,
    cause: undefined,
    redriveDate: undefined,
    ...read,
  }));
