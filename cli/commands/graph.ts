/** `lakehouse graph`: a picture of a machine, with the path of an execution on it if its history is given. */
import { executionMarks, HistoryError, mermaid, svg, type Marks } from "../../workflow/dsl/definition/graph/index.ts";
import type { Machine } from "../../workflow/dsl/definition/machine.ts";
import { namedMachine } from "../definition.ts";
import { UserError } from "../errors.ts";
import { readJsonFile } from "../json_file.ts";

export interface GraphOptions {
  readonly format: "mermaid" | "svg";
  /** A file with what `aws stepfunctions get-execution-history` prints. */
  readonly execution?: string;
}

/** @throws {UserError} for files that can't be used */
export async function graphOf(target: string, { format, execution }: GraphOptions): Promise<string> {
  const { name, machine } = await namedMachine(target);
  const marks = execution === undefined ? undefined : await marksOf(machine, execution);
  switch (format) {
    case "mermaid":
      return mermaid(machine, marks);
    case "svg":
      return svg(machine, `The state machine ${name}`, marks);
  }
}

async function marksOf(machine: Machine, file: string): Promise<Marks> {
  const history = await readJsonFile(file);
  try {
    return executionMarks(machine, history);
  } catch (error) {
    throw error instanceof HistoryError ? new UserError(`${file}: ${error.message}`) : error;
  }
}
