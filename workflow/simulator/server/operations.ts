/** The operations of the API by their names. */
import { ApiError } from "./api-error.ts";
import { executionOperations } from "./execution-operations.ts";
import { machineOperations } from "./machine-operations.ts";
import { mapRunOperations } from "./map-run-operations.ts";
import type { Backend, Operations } from "./operation.ts";
import { taskOperations } from "./task-operations.ts";

const operations: Operations = { ...executionOperations, ...machineOperations, ...mapRunOperations, ...taskOperations };

/** Runs one request. @throws {ApiError} as the service answers */
export function run(name: string, input: unknown, backend: Backend): unknown {
  const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (found === undefined) {
    const known = Object.keys(operations).toSorted().join(", ");
    throw new ApiError("UnknownOperationException", `The simulator has no operation '${name}'; it has ${known}.`);
  }
  return found(input, backend);
}
