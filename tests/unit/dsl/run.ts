/** Compiles a workflow and runs it in the simulator; both public validators have to accept it first. */
import { complaints } from "./validators.ts";
import { define } from "../../../workflow/dsl/compile.ts";
import type { Workflow } from "../../../workflow/dsl/workflow.ts";
import { simulate, type SimulationOptions, type SimulationResult } from "../../../workflow/simulator/index.ts";

export async function run(workflow: Workflow, options: SimulationOptions = {}): Promise<SimulationResult> {
  const { definition } = await define(workflow);
  const found = await complaints(definition);
  if (found.length > 0)
    throw new Error(`the validators reject the machine:\n${found.join("\n")}\n${JSON.stringify(definition, null, 2)}`);
  return simulate(definition, options);
}
