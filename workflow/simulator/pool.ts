/** Branches that run side by side, a limited number at a time; the first failure stops the others. */
import { Interruption } from "./errors.ts";
import type { Trail } from "./history.ts";
import type { Frame, Run } from "./run.ts";

/** One of the side-by-side runners; it takes up the next piece of work when it is done with one. */
export interface Lane {
  readonly trail: Trail;
  readonly signal: AbortSignal;
}

/**
 * Does `count` pieces of work with at most `limit` under way.
 * The frame's trail goes on after the piece that ended last, or after the one that failed.
 * @returns the results in the order of the pieces, whichever ended first
 */
export async function pool<T>(
  run: Run,
  frame: Frame,
  { count, limit }: { readonly count: number; readonly limit: number },
  work: (index: number, lane: Lane) => Promise<T>,
): Promise<T[]> {
  const { clock } = run.services;
  const siblings = new AbortController();
  const signal = AbortSignal.any([frame.signal, siblings.signal]);
  const start = frame.trail.last;
  const results = new Map<number, T>();
  const failures: unknown[] = [];
  let next = 0;
  let last = start;
  const stopped = (): boolean => signal.aborted;

  async function runLane(): Promise<void> {
    const lane: Lane = { trail: { last: start }, signal };
    for (let index = next; index < count && !stopped(); index = next) {
      next += 1;
      try {
        results.set(index, await work(index, lane));
        last = lane.trail.last;
      } catch (error) {
        if (!stopped()) last = lane.trail.last;
        failures.push(error);
        siblings.abort(new Interruption("sibling failed"));
      }
    }
  }

  await clock.join(Promise.all(Array.from({ length: Math.min(count, limit) }, () => clock.branch(runLane))));
  frame.trail.last = last;
  if (failures.length > 0) throw failures[0];
  return Array.from(results.entries())
    .toSorted(([a], [b]) => a - b)
    .map(([, result]) => result);
}
