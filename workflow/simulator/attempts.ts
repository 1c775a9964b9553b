/** Retry and Catch around the work of a Task, a Parallel or a Map. */
import type { StateType } from "./definition/asl.ts";
import { matches, StateFailure } from "./errors.ts";
import { forgetParts } from "./progress.ts";
import { nextRetry, type RetryCounts } from "./retry.ts";
import { leave, type Outcome, type Visit } from "./visit.ts";

type FailableType = Extract<StateType, "Task" | "Parallel" | "Map">;

/**
 * Does the work until it succeeds, is caught, or fails for good.
 * @param gaveUp is told of the final failure before the catchers look at it
 */
export async function attempts<K extends FailableType>(
  visit: Visit<K>,
  work: (visit: Visit<K>) => Promise<Outcome>,
  gaveUp: () => void = () => undefined,
): Promise<Outcome> {
  const { clock, random } = visit.run.services;
  let counts: RetryCounts = [];
  for (let retryCount = 0; ; retryCount += 1) {
    const attempt = { ...visit, retryCount };
    if (retryCount > 0) {
      visit.stay.entry.attempts += 1;
      forgetParts(visit.stay);
    }
    try {
      return await work(attempt);
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      const again = nextRetry(visit.state.Retry ?? [], counts, error, random);
      if (again === undefined) {
        gaveUp();
        return await caught(attempt, error);
      }
      counts = again.counts;
      await clock.sleepUntil(clock.now() + again.delaySeconds * 1000, visit.frame.signal);
    }
  }
}

/** A catcher's Assign and Output stand in place of the state's own; what fails in them is not caught again. */
async function caught<K extends FailableType>(visit: Visit<K>, failure: StateFailure): Promise<Outcome> {
  const catchers = visit.state.Catch ?? [];
  const index = catchers.findIndex((catcher) => matches(catcher.ErrorEquals, failure));
  const catcher = catchers[index];
  if (catcher === undefined) throw failure;
  return leave(visit, catcher, {
    fallback: { ...failure.output },
    next: catcher.Next,
    known: { errorOutput: failure.output },
    prefix: `Catch[${index}]/`,
    exit: `Catch[${index}]`,
  });
}
