/** What can be told of any definition, whoever wrote it: its mistakes, its picture, its changes, an execution's end. */
export { HistoryError } from "./history/events.ts";
export { machineOf, type Machine } from "./machine.ts";
export * from "./diff/index.ts";
export * from "./explain/index.ts";
export * from "./graph/index.ts";
export * from "./validate/index.ts";
