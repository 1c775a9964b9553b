/** Runs one definition to its end, with everything that it starts: for tests and the command line. */
import { TaskTokens } from "./callbacks.ts";
import { realClock, virtualClock } from "./clock.ts";
import type { Machine } from "./definition/asl.ts";
import { readDefinition } from "./definition/read.ts";
import { dispatcher, type Integration, type TaskHandler } from "./dispatch.ts";
import { Interruption, SimulationError } from "./errors.ts";
import { redriveExecution, startExecution } from "./execution.ts";
import type { Execution, ExecutionStatus } from "./execution-state.ts";
import type { HistoryEvent } from "./history.ts";
import { byteSize, toJson, type Json } from "./json.ts";
import { maxPayloadBytes } from "./limits.ts";
import { nestedMachines, type NestedMachines } from "./nested.ts";
import type { ObjectStore } from "./objects.ts";
import { randomUuid, seededRandom } from "./random.ts";
import type { RunningExecution, Services } from "./run.ts";
import { stepFunctionsResource } from "./step-functions.ts";
import type { TraceEntry } from "./trace.ts";

/** Who does the work outside of Step Functions. */
export interface Surroundings {
  /** Handlers by the Task state's name; they come before `integrations`, and stand in in nested executions, too. */
  readonly tasks?: Readonly<Record<string, TaskHandler>>;
  readonly integrations?: Integration;
  /** Where distributed Maps read their items from, and write their results to: {@link memoryObjects} for tests. */
  readonly objects?: ObjectStore;
  /** Stops the execution: its status is then ABORTED. */
  readonly signal?: AbortSignal;
}

export interface SimulationOptions extends Surroundings {
  /** The execution's input, default `{}`. */
  readonly input?: unknown;
  /** Definitions by name or ARN for `states:startExecution` tasks. */
  readonly machines?: Readonly<Record<string, unknown>>;
  /** Made by `taskCallbacks()`: finishes tasks by their tokens from outside of their handlers. */
  readonly callbacks?: TaskTokens;
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
  /** Child executions of distributed Maps and nested executions, at any depth. */
  readonly children: readonly Execution[];
  /**
   * RedriveExecution: goes on from where the execution failed; what succeeded isn't done again.
   * @param changes who does the work this time; what isn't given stays as it was
   * @throws {SimulationError} if the execution succeeded
   */
  readonly redrive: (changes?: Surroundings) => Promise<SimulationResult>;
}

/**
 * Runs a definition to its end.
 * @throws {InvalidDefinition} if it, or one of `machines`, can't be run at all
 * @throws {SimulationError} for what the program under test could not have caught on AWS: an input that is too large, a
 * missing mock, a handler's bug
 */
export async function simulate(definition: unknown, options: SimulationOptions = {}): Promise<SimulationResult> {
  const machine = readDefinition(definition);
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
  const nested = nestedMachines({ [machineName]: definition, ...options.machines }, identity);
  const shared = servicesOf(options);
  const input = readInput(options.input);
  return execute(machine, options, nested, shared, (services, signal) =>
    startExecution(machine, identity, input, services, signal, { onEvent: options.onEvent }),
  );
}

/** StartExecution refuses what is larger, so no execution begins. */
function readInput(given: unknown = {}): Json {
  const input = toJson(given);
  const size = byteSize(input);
  if (size <= maxPayloadBytes) return input;
  throw new SimulationError(
    `The execution's input has ${size} bytes, and StartExecution takes at most ${maxPayloadBytes}: ` +
      "put the data into S3, and pass its key.",
  );
}

type Shared = Omit<Services, "dispatch" | "objects">;

function servicesOf(options: SimulationOptions): Shared {
  const random = options.random ?? seededRandom(1);
  const start = options.startTime ?? new Date("2025-01-01T00:00:00Z");
  return {
    clock: options.clock === "real" ? realClock : virtualClock(start.getTime()),
    random,
    uuid: () => randomUuid(random),
    tokens: options.callbacks ?? new TaskTokens(),
  };
}

async function execute(
  machine: Machine,
  surroundings: Surroundings,
  nested: NestedMachines,
  shared: Shared,
  begin: (services: Services, signal: AbortSignal) => RunningExecution,
): Promise<SimulationResult> {
  const launcher = nested.launcher(() => services);
  const services: Services = {
    ...shared,
    objects: surroundings.objects,
    dispatch: dispatcher(
      surroundings.tasks ?? {},
      stepFunctionsResource(shared.clock, launcher, shared.tokens),
      surroundings.integrations,
    ),
  };
  const stop = new AbortController();
  const forward = (): void => {
    const reason: unknown = surroundings.signal?.reason;
    stop.abort(reason instanceof Interruption ? reason : new Interruption("stopped"));
  };
  if (surroundings.signal?.aborted === true) forward();
  surroundings.signal?.addEventListener("abort", forward, { once: true });
  try {
    const { execution, end } = begin(services, stop.signal);
    const ended = await end;
    await nested.ended();
    const redrive = (changes: Surroundings = {}): Promise<SimulationResult> => {
      if (execution.status !== "SUCCEEDED") {
        return execute(machine, { ...surroundings, ...changes }, nested, shared, (again, signal) =>
          redriveExecution(machine, execution, again, signal),
        );
      }
      return Promise.reject(new SimulationError("The execution SUCCEEDED: there is nothing to redrive."));
    };
    return { ...ended, ...snapshot(execution, nested.executions), redrive };
  } finally {
    surroundings.signal?.removeEventListener("abort", forward);
  }
}

/** A redrive goes on with the same execution: what a result shows must not change with it. */
function snapshot(
  execution: Execution,
  nested: readonly Execution[],
): Pick<SimulationResult, "states" | "events" | "trace" | "children"> {
  const events = [...execution.history.events];
  return {
    states: statesOf(events),
    events,
    trace: execution.trace.map((entry) => ({ ...entry })),
    children: [...descendants(execution), ...nested.flatMap((child) => [child, ...descendants(child)])].map(
      (child) => ({
        ...child,
        trace: child.trace.map((entry) => ({ ...entry })),
      }),
    ),
  };
}

function descendants(execution: Execution): readonly Execution[] {
  return execution.children.flatMap((child) => [child, ...descendants(child)]);
}

/** Names of the states entered, in order. */
export function statesOf(events: readonly HistoryEvent[]): readonly string[] {
  return events.flatMap((event) => event.stateEnteredEventDetails?.name ?? []);
}
