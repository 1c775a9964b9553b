/** Compiles a workflow and runs it in the simulator, if both public validators accept it; or tells why it is refused. */
import { complaints } from "./validators.ts";
import { compile, CompileError, define, type Workflow } from "../../../workflow/dsl/index.ts";
import { simulate, type SimulationOptions, type SimulationResult } from "../../../workflow/simulator/index.ts";

export async function run(workflow: Workflow, options: SimulationOptions = {}): Promise<SimulationResult> {
  const { definition } = await define(workflow);
  const found = await complaints(definition);
  if (found.length > 0)
    throw new Error(`the validators reject the machine:\n${found.join("\n")}\n${JSON.stringify(definition, null, 2)}`);
  return simulate(definition, options);
}

/** What compiling says, a line a problem, with places as FILE:LINE. */
export async function refusal(refused: Workflow): Promise<string[]> {
  const error: unknown = await compile(refused).then(
    () => undefined,
    (each: unknown) => each,
  );
  if (!(error instanceof CompileError)) throw new Error(`expected a CompileError, got ${String(error)}`);
  return error.problems.map(
    ({ code, state, message }) => `${code} ${state}: ${message.replaceAll(/[^ (]+\.ts:\d+/g, "FILE:LINE")}`,
  );
}
