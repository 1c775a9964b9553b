/**
 * Runs Amazon States Language in this process: JSONata mode, real semantics, virtual time.
 * `simulate` is for tests and the command line; `server.ts` puts the same interpreter behind Step Functions' API.
 */
import { realClock, virtualClock } from "./clock.ts";
import { readDefinition } from "./definition/read.ts";
import { dispatcher, type Integration, type TaskHandler } from "./dispatch.ts";
import { Interruption } from "./errors.ts";
import { startExecution } from "./execution.ts";
import type { HistoryEvent } from "./history.ts";
import { toJson, type Json } from "./json.ts";
import { randomUuid, seededRandom } from "./random.ts";
import type { TraceEntry } from "./trace.ts";
import type { Execution, ExecutionStatus } from "./execution-state.ts";
import type { ObjectStore } from "./objects.ts";

export type { Integration, TaskHandler } from "./dispatch.ts";
export { InvalidDefinition, readDefinition } from "./definition/read.ts";
export { SimulationError, TaskError } from "./errors.ts";
export type { EventType, HistoryEvent } from "./history.ts";
export type { Json, JsonObject } from "./json.ts";
export type { Execution, ExecutionStatus } from "./execution-state.ts";
export { memoryObjects, type MemoryObjects, type ObjectStore, type ObjectSummary } from "./objects.ts";
export type { ExecutionContext, TaskCall } from "./run.ts";
export type { Exit, TraceEntry } from "./trace.ts";

export interface SimulationOptions {
  /** The execution's input, default `{}`. */
  readonly input?: unknown;
  /** Handlers by the Task state's name; they come before `integrations`. */
  readonly tasks?: Readonly<Record<string, TaskHandler>>;
  readonly integrations?: Integration;
  /** Where distributed Maps read their items from, and write their results to: {@link memoryObjects} for tests. */
  readonly objects?: ObjectStore;
  /** "virtual" (default) jumps over waits and backoffs; "real" takes them. */
  readonly clock?: "virtual" | "real";
  /** Where virtual time starts, default 2025-01-01T00:00:00Z. */
  readonly startTime?: Date;
  /** Numbers in [0, 1) for jitter, `$random` and `$uuid`; default: the same sequence in every simulation. */
  readonly random?: () => number;
  /** The machine's name, default "simulated". */
  readonly name?: string;
  /** The execution's name, default "execution". */
  readonly executionName?: string;
  /** Stops the execution: its status is then ABORTED. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: HistoryEvent) => void;
}

export interface SimulationResult {
  readonly status: ExecutionStatus;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Names of the states entered, in order; those of child executions are in `children`. */
  readonly states: readonly string[];
  readonly events: readonly HistoryEvent[];
  /** Every stay in every state, in the order of the entries; those of child executions are in `children`. */
  readonly trace: readonly TraceEntry[];
  /** Child executions of distributed Maps, in the order of their starts. */
  readonly children: readonly Execution[];
}

/**
 * Runs a definition to its end.
 * @throws {InvalidDefinition} if it can't be run at all
 * @throws {SimulationError} for what the program under test could not have caught on AWS: a missing mock, a handler's bug
 */
export async function simulate(definition: unknown, options: SimulationOptions = {}): Promise<SimulationResult> {
  const machine = readDefinition(definition);
  const random = options.random ?? seededRandom(1);
  const clock =
    options.clock === "real"
      ? realClock
      : virtualClock((options.startTime ?? new Date("2025-01-01T00:00:00Z")).getTime());
  const machineName = options.name ?? "simulated";
  const executionName = options.executionName ?? "execution";
  const region = "us-east-1";
  const prefix = `arn:aws:states:${region}:123456789012`;
  const identity = {
    machineName,
    machineArn: `${prefix}:stateMachine:${machineName}`,
    executionName,
    executionArn: `${prefix}:execution:${machineName}:${executionName}`,
    roleArn: `arn:aws:iam::123456789012:role/${machineName}`,
    region,
  };
  const services = {
    clock,
    random,
    uuid: () => randomUuid(random),
    dispatch: dispatcher(options.tasks ?? {}, options.integrations),
    objects: options.objects,
  };
  const stop = new AbortController();
  const forward = (): void => {
    const reason: unknown = options.signal?.reason;
    stop.abort(reason instanceof Interruption ? reason : new Interruption("stopped"));
  };
  if (options.signal?.aborted === true) forward();
  options.signal?.addEventListener("abort", forward, { once: true });
  try {
    const input = toJson(options.input === undefined ? {} : options.input);
    const { execution, end } = startExecution(machine, identity, input, services, stop.signal, {
      onEvent: options.onEvent,
    });
    const ended = await end;
    return {
      ...ended,
      states: statesOf(execution.history.events),
      events: execution.history.events,
      trace: execution.trace,
      children: execution.children,
    };
  } finally {
    options.signal?.removeEventListener("abort", forward);
  }
}

/** Names of the states entered, in order. */
export function statesOf(events: readonly HistoryEvent[]): readonly string[] {
  return events.flatMap((event) => event.stateEnteredEventDetails?.name ?? []);
}
