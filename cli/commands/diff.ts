/** `lakehouse diff`: what changes between two definitions, and what that means for running executions. */
import { diff, markdownOfReport, reportOn, textOfReport } from "../../workflow/dsl/definition/diff/index.ts";
import { namedMachine } from "../definition.ts";

export interface DiffOptions {
  readonly format: "text" | "markdown" | "json";
}

/** @throws {UserError} for files that can't be used */
export async function diffOf(old: string, target: string, { format }: DiffOptions): Promise<string> {
  const before = await namedMachine(old);
  const { name, machine } = await namedMachine(target);
  const report = reportOn(diff(before.machine, machine));
  switch (format) {
    case "text":
      return textOfReport(report);
    case "markdown":
      return markdownOfReport(report, name, machine);
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
  }
}
