/** Who does a Task's work: a handler by the state's name, Step Functions itself, else the integrations by resource. */
import { SimulationError } from "./errors.ts";
import type { Json } from "./json.ts";
import type { TaskCall } from "./run.ts";
import type { StepFunctionsResource } from "./step-functions.ts";

/**
 * Stands in for one Task state: gets its arguments, returns its result (Step Functions' whole result: for
 * `arn:aws:states:::lambda:invoke` an object with `Payload`). Throw a TaskError to fail with a named error.
 * A `.waitForTaskToken` task ends with what its handler returns, too: return `call.callback()` to wait for the token.
 */
export type TaskHandler = { handle(args: Json, call: TaskCall): unknown }["handle"];

/** Serves Task resources. Throw TaskError for AWS's errors, SimulationError for an unknown resource. */
export type Integration = (call: TaskCall) => unknown;

/** Sends a Task to whom it is for; without anybody it says how to mock it. */
export function dispatcher(
  tasks: Readonly<Record<string, TaskHandler>>,
  stepFunctions: StepFunctionsResource,
  integrations: Integration | undefined,
): (call: TaskCall) => unknown {
  return (call) => {
    const handler = Object.hasOwn(tasks, call.state) ? tasks[call.state] : undefined;
    if (handler !== undefined) return handler(call.arguments, call);
    const own = stepFunctions(call);
    if (own !== undefined) return own;
    if (integrations !== undefined) return integrations(call);
    throw new SimulationError(
      `Nothing stands in for task '${call.state}' (${call.resource}): ` +
        "give 'tasks' a handler of that name, or 'integrations'.",
    );
  };
}
