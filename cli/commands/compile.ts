/** `lakehouse compile`: the ASL of a machine, the same bytes on any machine. Resources stand in it as `${tokens}`. */
import { relative } from "node:path";
import { compile } from "../../workflow/dsl/index.ts";
import { ownWorkflow } from "../own_workflow.ts";

/** @param warn gets what is worth a look, a line each */
export async function compileMachine(
  name: string,
  warn = (line: string): void => void process.stderr.write(`${line}\n`),
): Promise<string> {
  const { definition, findings } = await compile(ownWorkflow(name));
  for (const { code, state, site, message } of findings)
    warn(`warning ${relative(process.cwd(), site.file)}:${site.line} ${state}: ${message} [${code}]`);
  return `${JSON.stringify(definition, null, 2)}\n`;
}
