/** Nested executions of a server: of its own machines, as everybody else's. */
import { TaskError } from "../errors.ts";
import type { Json } from "../json.ts";
import type { Launched, Launcher } from "../step-functions.ts";
import { ApiError } from "./api-error.ts";
import type { Executions } from "./executions.ts";
import type { Machines } from "./machines.ts";

/** @param uuid names executions without a name */
export function serverLauncher(machines: Machines, executions: () => Executions, uuid: () => string): Launcher {
  return {
    // Every machine that could be meant is on this server: an unknown one is the caller's mistake.
    has: () => true,
    start: async ({ stateMachineArn, name, input }) => {
      try {
        const target = machines.target(stateMachineArn);
        const started = await executions().start(target, name ?? uuid(), JSON.stringify(input));
        const { executionArn } = started;
        return {
          executionArn,
          stateMachineArn: started.stateMachineArn,
          name: started.name,
          startTime: started.startDate.getTime(),
          end: endOf(executions(), executionArn),
          stop: () => void executions().stop(executionArn, undefined, undefined),
        };
      } catch (error) {
        if (error instanceof ApiError) throw new TaskError(`StepFunctions.${error.type}Exception`, error.message);
        throw error;
      }
    },
  };
}

async function endOf(executions: Executions, executionArn: string): Launched["end"] {
  const { status, output, error, cause, stopDate } = await executions.ended(executionArn);
  const value = output === undefined ? undefined : (JSON.parse(output) as Json);
  return { status, output: value, error, cause, stopTime: stopDate.getTime() };
}
