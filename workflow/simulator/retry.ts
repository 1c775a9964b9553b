/** The arithmetic of Retry, free of time and effects. */
import type { Retrier } from "./definition/asl.ts";
import { matches, type StateFailure } from "./errors.ts";

/** Retries that each retrier has spent since the state was entered. */
export type RetryCounts = readonly number[];

export interface NextRetry {
  readonly delaySeconds: number;
  readonly counts: RetryCounts;
}

/** The delay before retry number `retry` (0 is the first), without jitter. */
export function backoff(retrier: Retrier, retry: number): number {
  const delay = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** retry;
  return Math.min(delay, retrier.MaxDelaySeconds ?? Infinity);
}

/**
 * What the Retry field says about a failure: the first retrier that names it decides, even when it is exhausted.
 * @returns undefined if the failure is final
 */
export function nextRetry(
  retriers: readonly Retrier[],
  counts: RetryCounts,
  failure: StateFailure,
  random: () => number,
): NextRetry | undefined {
  const index = retriers.findIndex((retrier) => matches(retrier.ErrorEquals, failure));
  const retrier = retriers[index];
  if (retrier === undefined) return undefined;
  const spent = counts[index] ?? 0;
  if (spent >= (retrier.MaxAttempts ?? 3)) return undefined;
  const delay = backoff(retrier, spent);
  return {
    delaySeconds: retrier.JitterStrategy === "FULL" ? random() * delay : delay,
    counts: retriers.map((_, position) => (counts[position] ?? 0) + (position === index ? 1 : 0)),
  };
}
