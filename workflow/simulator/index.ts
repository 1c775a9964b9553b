/**
 * Runs Amazon States Language in this process: JSONata and JSONPath, real semantics, virtual time.
 * `simulate` is for tests and the command line; `server.ts` puts the same interpreter behind Step Functions' API.
 */
export { CallbackError, taskCallbacks, type TaskCallbacks, type TaskTokens } from "./callbacks.ts";
export { coverage, type Coverage, type Covered, type Figures } from "./coverage.ts";
export type { Machine } from "./definition/asl.ts";
export { InvalidDefinition, type Diagnostic } from "./definition/diagnostic.ts";
export { readDefinition } from "./definition/read.ts";
export type { Integration, TaskHandler } from "./dispatch.ts";
export { SimulationError, TaskError } from "./errors.ts";
export type { Execution, ExecutionStatus } from "./execution-state.ts";
export type { EventType, HistoryEvent } from "./history.ts";
export type { Json, JsonObject } from "./json.ts";
export { memoryObjects, type MemoryObjects, type ObjectStore, type ObjectSummary } from "./objects.ts";
export type { ExecutionContext, TaskCall } from "./run.ts";
export { simulate, statesOf, type SimulationOptions, type SimulationResult, type Surroundings } from "./simulate.ts";
export type { Exit, TraceEntry } from "./trace.ts";
