/** `lakehouse compile`: the ASL of a machine, the same bytes on any machine. Resources stand in it as `${tokens}`. */
import { compile } from "../../workflow/dsl/index.ts";
import { ownWorkflow } from "../own_workflow.ts";

export async function compileMachine(name: string): Promise<string> {
  const { definition } = await compile(ownWorkflow(name));
  return `${JSON.stringify(definition, null, 2)}\n`;
}
