/** `lakehouse compile`: the ASL of a machine, the same bytes on any machine. Resources stand in it as `${tokens}`. */
import { relative } from "node:path";
import { compile, textOfFinding } from "../../workflow/dsl/index.ts";
import { ownWorkflow } from "../own_workflow.ts";

/** @param warn gets what is worth a look, a line each */
export async function compileMachine(
  name: string,
  warn = (line: string): void => void process.stderr.write(`${line}\n`),
): Promise<string> {
  const { definition, findings } = await compile(ownWorkflow(name));
  for (const { site, ...finding } of findings) {
    const file = relative(process.cwd(), site.file);
    warn(`warning ${textOfFinding({ ...finding, site: { ...site, file } })}`);
  }
  return `${JSON.stringify(definition, null, 2)}\n`;
}
