/** Failures of states, worded as the service words them. */
import { StateFailure } from "./errors.ts";
import { byteSize, type Json } from "./json.ts";
import { maxPayloadBytes } from "./limits.ts";
import type { Visit } from "./visit.ts";

/** A failure whose cause starts as all of the service's own do. */
export function failure(visit: Visit, error: string, reason: string): StateFailure {
  const place = `An error occurred while executing the state '${visit.name}' (entered at the event id #${visit.stay.enteredId}).`;
  return new StateFailure(error, `${place} ${reason}`);
}

/** An evaluation failure: recorded in the history, then thrown. One of no field has no location. */
export function evaluationFailure(visit: Visit, location: string | undefined, reason: string): StateFailure {
  const failed = failure(visit, "States.QueryEvaluationError", reason);
  visit.run.execution.history.record(visit.frame.trail, "EvaluationFailed", {
    evaluationFailedEventDetails: {
      error: "States.QueryEvaluationError",
      cause: failed.reason ?? reason,
      ...(location === undefined ? {} : { location }),
      state: visit.name,
    },
  });
  return failed;
}

/** Refuses what is bigger than a payload may be. `what` names the state or the task's service. */
export function checkSize(value: Json, what: string): void {
  if (byteSize(value) <= maxPayloadBytes) return;
  throw new StateFailure(
    "States.DataLimitExceeded",
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
