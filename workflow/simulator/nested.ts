/** The machines that a simulation has beside its own, and their executions. */
import type { Machine } from "./definition/asl.ts";
import { readDefinition } from "./definition/read.ts";
import { Interruption, TaskError } from "./errors.ts";
import { startExecution } from "./execution.ts";
import type { Execution } from "./execution-state.ts";
import type { Json } from "./json.ts";
import type { Identity, Services } from "./run.ts";
import type { Launched, Launcher } from "./step-functions.ts";

export interface NestedMachines {
  /** @param services what the executions run with */
  readonly launcher: (services: () => Services) => Launcher;
  /** In the order of their starts. */
  readonly executions: readonly Execution[];
  /** Resolves when all of them have ended, also those that nobody waits for. */
  readonly ended: () => Promise<void>;
}

/**
 * @param definitions by name or ARN
 * @param parent the execution in whose account and region they are
 * @throws {InvalidDefinition}
 */
export function nestedMachines(definitions: Readonly<Record<string, unknown>>, parent: Identity): NestedMachines {
  const prefix = parent.machineArn.slice(0, -parent.machineName.length);
  const arnOf = (name: string): string => (name.startsWith("arn:") ? name : `${prefix}${name}`);
  const machines = new Map<string, Machine>(
    Object.entries(definitions).map(([name, definition]) => [arnOf(name), readDefinition(definition)]),
  );
  const executions: Execution[] = [];
  const ends: Promise<unknown>[] = [];

  function start(
    services: Services,
    request: { readonly stateMachineArn: string; readonly name: string | undefined; readonly input: Json },
  ): Launched {
    const machineArn = arnOf(request.stateMachineArn);
    const machine = machines.get(machineArn);
    if (machine === undefined) throw new RangeError(`There is no machine ${machineArn}.`);
    const executionName = request.name ?? services.uuid();
    const machineName = machineArn.slice(machineArn.indexOf(":stateMachine:") + ":stateMachine:".length);
    const executionArn = `${machineArn.replace(":stateMachine:", ":execution:")}:${executionName}`;
    if (executions.some(({ identity }) => identity.executionArn === executionArn)) {
      const cause = `Execution Already Exists: '${executionArn}'`;
      throw new TaskError("StepFunctions.ExecutionAlreadyExistsException", cause);
    }
    const stop = new AbortController();
    const identity = { ...parent, machineArn, machineName, executionArn, executionName };
    const running = startExecution(machine, identity, request.input, services, stop.signal);
    executions.push(running.execution);
    ends.push(running.end);
    // Whoever waits for it hears of a fault; at the latest `ended` does.
    running.end.catch(() => undefined);
    return {
      executionArn,
      stateMachineArn: machineArn,
      name: executionName,
      startTime: running.execution.startTime,
      end: running.end.then((end) => ({ ...end, stopTime: services.clock.now() })),
      stop: () => {
        stop.abort(new Interruption("stopped"));
      },
    };
  }

  return {
    executions,
    ended: async () => {
      await Promise.all(ends);
    },
    launcher: (services) => ({
      has: (stateMachineArn) => machines.has(arnOf(stateMachineArn)),
      start: (request) => start(services(), request),
    }),
  };
}
