/** The context object: `$states.context` in JSONata, `$$` in JSONPath. */
import type { JsonObject } from "./json.ts";
import type { Visit } from "./visit.ts";

export function context(visit: Visit): JsonObject {
  const { run, frame } = visit;
  return {
    Execution: { ...run.context },
    StateMachine: { Id: run.execution.identity.machineArn, Name: run.execution.identity.machineName },
    State: {
      Name: visit.name,
      EnteredTime: new Date(visit.stay.enteredTime).toISOString(),
      ...(visit.retryCount === undefined ? {} : { RetryCount: visit.retryCount }),
    },
    ...(frame.item === undefined ? {} : { Map: { Item: { ...frame.item } } }),
    ...(visit.taskToken === undefined ? {} : { Task: { Token: visit.taskToken } }),
  };
}
