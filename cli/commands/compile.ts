/** `lakehouse compile`: the ASL of a machine, the same bytes on any machine. Resources stand in it as `${tokens}`. */
import { compile } from "../../workflow/dsl/index.ts";
import { machines } from "../../workflow/index.ts";
import { UserError } from "../errors.ts";

export async function compileMachine(name: string): Promise<string> {
  const machine = machines.find((each) => each.name === name);
  if (machine === undefined) {
    throw new UserError(`there is no machine "${name}"; there is ${machines.map((each) => each.name).join(", ")}`);
  }
  const { definition } = await compile(machine);
  return `${JSON.stringify(definition, null, 2)}\n`;
}
