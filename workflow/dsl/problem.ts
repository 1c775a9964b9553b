/** What is wrong with a workflow, as data; its sentences are made in one place. */
import type { CallSite } from "./bundle/index.ts";
import type { Code } from "./definition/validate/index.ts";
import type { PermissionCode } from "./permissions/review.ts";

/** What only the program tells. */
type ProgramCode =
  | "async-block"
  | "duplicate-name"
  | "empty-branch"
  | "limit"
  | "out-of-scope"
  | "outer-flow"
  | "succeed-in-branch"
  | "sync-in-express"
  | "try-without-catch"
  | "unknown-token"
  | "variable";

export interface Problem {
  readonly code: ProgramCode | Code | PermissionCode;
  readonly state: string;
  readonly site: CallSite;
  readonly message: string;
}

/**
 * `idle-handler`: nothing that it is for can happen; `handler-gap`: what it is for can happen where it is not seen;
 * `variables-too-large`: those of an execution, in all; `unallowed-call`, `unseen-call`: what a Lambda's code calls is
 * not allowed, or can't be told.
 */
export type FindingCode =
  Code | "idle-handler" | "handler-gap" | "unallowed-call" | "unseen-call" | "variables-too-large";

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
