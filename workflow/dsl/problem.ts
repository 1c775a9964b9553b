/** What is wrong with a workflow, as data; its sentences are made in one place. */
import type { CallSite } from "./bundle/index.ts";
import type { PermissionCode } from "./permissions/review.ts";

export interface Problem {
  readonly code:
    | "any-error"
    | "async-block"
    | "duplicate-name"
    | "empty-branch"
    | "limit"
    | "long-name"
    | "outer-flow"
    | PermissionCode
    | "out-of-scope"
    | "succeed-in-branch"
    | "sync-in-express"
    | "too-large"
    | "try-without-catch"
    | "unknown-error"
    | "unknown-token"
    | "unreachable"
    | "variable";
  readonly state: string;
  readonly site: CallSite;
  readonly message: string;
}

export type FindingCode = "nearly-too-large" | "sync-without-timeout";

/** What compiles, but is worth a look. */
export interface Finding extends Omit<Problem, "code"> {
  readonly code: FindingCode;
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
