/** A Map Run as it can be looked at while it runs and afterwards. */
import type { Execution } from "./execution-state.ts";
import type { Json } from "./json.ts";

/** What one child execution gets. */
export interface Batch {
  readonly input: Json;
  /** Items in it: they all fail with their child execution. */
  readonly items: number;
}

export interface MapRun {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** The Map state's name. */
  readonly state: string;
  /** What the ARNs of the Map Run and its child executions have for the state. */
  readonly label: string;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  /** Milliseconds since 1970, as all times here. */
  readonly startTime: number;
  stopTime: number | undefined;
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  /** Undefined until the items are read. */
  batches: readonly Batch[] | undefined;
  /** Child executions by the index of their batch. */
  readonly executions: Map<number, Execution>;
  /** By a ResultWriter. */
  resultsWritten: boolean;
  redriveCount: number;
  redriveTime: number | undefined;
}

type Kind = "pending" | "running" | "succeeded" | "failed" | "timedOut" | "aborted";
const kindOf: Readonly<Record<Execution["status"], Kind>> = {
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "timedOut",
  ABORTED: "aborted",
};

type Counts = Readonly<Record<Kind | "total" | "resultsWritten", number>>;

/** DescribeMapRun's `itemCounts` and `executionCounts`. */
export function countsOf(mapRun: MapRun): { itemCounts: Counts; executionCounts: Counts } {
  const count = (weight: (batch: Batch) => number): Counts => {
    const sums = new Map<Kind, number>();
    let total = 0;
    for (const [index, batch] of (mapRun.batches ?? []).entries()) {
      const execution = mapRun.executions.get(index);
      const kind = execution === undefined ? "pending" : kindOf[execution.status];
      sums.set(kind, (sums.get(kind) ?? 0) + weight(batch));
      total += weight(batch);
    }
    const of = (kind: Kind): number => sums.get(kind) ?? 0;
    return {
      pending: of("pending"),
      running: of("running"),
      succeeded: of("succeeded"),
      failed: of("failed"),
      timedOut: of("timedOut"),
      aborted: of("aborted"),
      total,
      resultsWritten: mapRun.resultsWritten ? total : 0,
    };
  };
  return { itemCounts: count((batch) => batch.items), executionCounts: count(() => 1) };
}
