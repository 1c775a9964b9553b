/** `lakehouse graph`: a picture of a machine, with the path of an execution on it if its history is given. */
import { executionMarks, mermaid, svg } from "../../workflow/dsl/definition/graph/index.ts";
import { namedMachine } from "../definition.ts";
import { withHistory } from "../history.ts";

export interface GraphOptions {
  readonly format: "mermaid" | "svg";
  /** A file with what `aws stepfunctions get-execution-history` prints. */
  readonly execution?: string;
}

/** @throws {UserError} for files that can't be used */
export async function graphOf(target: string, { format, execution }: GraphOptions): Promise<string> {
  const { name, machine } = await namedMachine(target);
  const marks =
    execution === undefined ? undefined : await withHistory(execution, (history) => executionMarks(machine, history));
  switch (format) {
    case "mermaid":
      return mermaid(machine, marks);
    case "svg":
      return svg(machine, `The state machine ${name}`, marks);
  }
}
