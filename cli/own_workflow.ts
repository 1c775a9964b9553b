/** The workflow that a person names, out of those of this project. */
import type { Workflow } from "../workflow/dsl/index.ts";
import { machines } from "../workflow/index.ts";
import { UserError } from "./errors.ts";

/** @throws {UserError} if there is none of that name */
export function ownWorkflow(name: string): Workflow {
  const machine = machines.find((each) => each.name === name);
  if (machine !== undefined) return machine;
  throw new UserError(`there is no machine "${name}"; there is ${machines.map((each) => each.name).join(", ")}`);
}
