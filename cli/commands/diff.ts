/** `lakehouse diff`: what changes between two definitions, and what that means for running executions. */
import { diff, markdownOfReport, rendered, reportOn, textOfReport } from "../../workflow/dsl/definition/diff/index.ts";
import { namedMachine } from "../definition.ts";

export interface DiffOptions {
  readonly format: "text" | "markdown" | "json";
  /** Also tell what tokens stand for; JSON does so always. */
  readonly verbose?: true;
}

/** @throws {UserError} for files that can't be used */
export async function diffOf(old: string, target: string, { format, verbose }: DiffOptions): Promise<string> {
  const before = await namedMachine(old);
  const { name, machine } = await namedMachine(target);
  const { tokens, ...compared } = rendered(before.machine, machine);
  const report = reportOn(diff(compared.old, compared.now), verbose || format === "json" ? tokens : {});
  switch (format) {
    case "text":
      return textOfReport(report);
    case "markdown":
      return markdownOfReport(report, name, machine);
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
  }
}
