/** Task: calls its resource and says what became of it. */
import { attempts } from "../attempts.ts";
import { Interruption, SimulationError, StateFailure, TaskError } from "../errors.ts";
import { checkSize } from "../failures.ts";
import { NotJson, toJson, type Json } from "../json.ts";
import { maxSeconds } from "../limits.ts";
import { following, leave, query, queryNumber, type Outcome, type Visit } from "../visit.ts";
import { callResource, type Limits } from "./task-call.ts";
import { isActivity, taskEvents, type TaskEvents } from "./task-events.ts";

type TaskVisit = Visit<"Task">;
const bounds = { from: 1, to: maxSeconds, integer: true };

export function task(visit: TaskVisit): Promise<Outcome> {
  const { state, run } = visit;
  return attempts(visit, async (again) => {
    const waitsForToken = state.Resource.endsWith(".waitForTaskToken");
    const taskToken = waitsForToken || isActivity(state.Resource) ? run.services.uuid() : undefined;
    // An activity's token goes to its worker only.
    const attempt = waitsForToken ? { ...again, taskToken } : again;
    // Without Arguments a Task sends its input; `Arguments: {}` sends {}.
    const args = state.Arguments === undefined ? visit.input : await query(attempt, state.Arguments, "Arguments");
    const timeout = await secondsOf(attempt, "TimeoutSeconds");
    const heartbeat = await secondsOf(attempt, "HeartbeatSeconds");
    checkSize(args, visit.name);
    const events = taskEvents(attempt);
    events.scheduled(args, timeout, heartbeat);
    const result = await reported(events, () => perform(attempt, events, args, { timeout, heartbeat }, taskToken));
    return leave(attempt, state, { fallback: result, next: following(state), known: { result } });
  });
}

async function secondsOf(visit: TaskVisit, field: "TimeoutSeconds" | "HeartbeatSeconds"): Promise<number | undefined> {
  const template = visit.state[field];
  return template === undefined ? undefined : queryNumber(visit, template, field, bounds);
}

/** Every named failure of the call itself is an event of its own. */
async function reported(events: TaskEvents, call: () => Promise<Json>): Promise<Json> {
  try {
    const result = await call();
    events.succeeded(result);
    return result;
  } catch (error) {
    if (error instanceof StateFailure) events.failed(error);
    throw error;
  }
}

async function perform(
  visit: TaskVisit,
  events: TaskEvents,
  args: Json,
  limits: Limits,
  taskToken: string | undefined,
): Promise<Json> {
  try {
    const result = json(visit, await callResource(visit, events, args, limits, taskToken));
    checkSize(result, events.resourceType);
    return result;
  } catch (error) {
    throw named(visit, error);
  }
}

function json(visit: TaskVisit, result: unknown): Json {
  try {
    return result === undefined ? null : toJson(result);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw new SimulationError(`Task '${visit.name}': its result isn't JSON: ${error.message}.`, { cause: error });
  }
}

const lambda = /:(?:states:::lambda:invoke(?:\.waitForTaskToken)?$|lambda:[^:]*:[^:]*:function:)/;

/** An Error that a Lambda function throws has its class as name; anywhere else an unnamed error is a bug of the handler. */
function named(visit: TaskVisit, error: unknown): unknown {
  if (error instanceof TaskError) return new StateFailure(error.error, error.reason);
  if (error instanceof StateFailure || error instanceof Interruption || error instanceof SimulationError) return error;
  const { Resource: resource } = visit.state;
  if (error instanceof Error && lambda.test(resource)) {
    const trace = (error.stack ?? "").split("\n");
    return new StateFailure(error.name, JSON.stringify({ errorType: error.name, errorMessage: error.message, trace }));
  }
  return new SimulationError(
    `Task '${visit.name}' (${resource}): its handler threw ${String(error)}. ` +
      "Throw a TaskError(name, cause) to fail the task with an error that Retry and Catch can match.",
    { cause: error },
  );
}
