/** The embedded run time: a library that starts the whole lakehouse on this machine. It prints nothing and ends no process. */
export { QueryError, type QueryResult } from "./athena.ts";
export type { State } from "./activity.ts";
export type { Clients, Endpoints } from "./clients.ts";
export { HomeInUseError } from "./emulator.ts";
export type { Execution } from "./executions.ts";
export type { Message } from "./inbox.ts";
export { startLakehouse, type Lakehouse, type LakehouseOptions } from "./lakehouse.ts";
export type { StackOutputs } from "./outputs.ts";
export type { OnProgress, Progress } from "./progress.ts";
export { runningLakehouse, type Running } from "./running.ts";
export { queryRunning } from "./remote_query.ts";
