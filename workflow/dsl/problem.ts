/** What is wrong with a workflow, as data; its sentences are made in one place. */
import type { CallSite } from "./bundle/index.ts";

export interface Problem {
  readonly code: "duplicate-name" | "long-name" | "out-of-scope" | "empty-branch" | "too-large";
  readonly state: string;
  readonly site: CallSite;
  readonly message: string;
}

/** Everything that is wrong with a workflow, at once. */
export class CompileError extends Error {
  override readonly name = "CompileError";
  readonly problems: readonly Problem[];

  constructor(workflow: string, problems: readonly Problem[]) {
    super(
      [
        `workflow "${workflow}" can't be compiled:`,
        ...problems.map(({ state, site, message }) => `  ${site.file}:${site.line} ${state}: ${message}`),
      ].join("\n"),
    );
    this.problems = problems;
  }
}
