/** `lakehouse explain`: why an execution ended as it did, with the lines of TypeScript that its failures come from. */
import { explain, textOfExplanation } from "../../workflow/dsl/definition/explain/index.ts";
import { namedMachine } from "../definition.ts";
import { UserError } from "../errors.ts";
import { withHistory } from "../history.ts";

export interface ExplainOptions {
  readonly json?: true;
}

/** @throws {UserError} for files that can't be used */
export async function explainExecution(target: string, file: string, { json }: ExplainOptions): Promise<string> {
  if (target === "-" && file === "-") throw new UserError("the machine and the history can't both be standard input");
  const { name, machine, sites } = await namedMachine(target);
  const explanation = await withHistory(file, (history) => explain(machine, history, sites));
  return json ? `${JSON.stringify(explanation, null, 2)}\n` : textOfExplanation(explanation, name);
}
