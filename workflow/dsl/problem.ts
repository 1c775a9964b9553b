/** What is wrong with a workflow, as data; its sentences are made in one place. */
import type { CallSite } from "./bundle/index.ts";
import type { Code } from "./definition/validate/index.ts";
import type { PermissionCode } from "./permissions/review.ts";

/** What only the program tells. */
export type ProgramCode =
  | "async-block"
  | "duplicate-name"
  | "empty-branch"
  | "jsonata"
  | "limit"
  | "not-json"
  | "out-of-scope"
  | "outer-flow"
  | "reference"
  | "succeed-in-branch"
  | "try-without-catch"
  | "token-name"
  | "unknown-keys"
  | "unknown-resource"
  | "unknown-token"
  | "variable"
  | "wrong-call";

export interface Problem {
  readonly code: ProgramCode | Code | PermissionCode;
  readonly state: string;
  readonly site: CallSite;
  readonly message: string;
}

/**
 * `idle-handler`: nothing that it is for can happen; `handler-gap`: what it is for can happen where it is not seen;
 * `variables-too-large`: those of an execution, in all; `unallowed-call`, `unseen-call`: what a Lambda's code calls is
 * not allowed, or can't be told; `unknown-token`: text that looks like a token and is none.
 */
export type FindingCode =
  Code | "idle-handler" | "handler-gap" | "unallowed-call" | "unknown-token" | "unseen-call" | "variables-too-large";

/** What compiles, but is worth a look. */
export interface Finding extends Omit<Problem, "code"> {
  readonly code: FindingCode;
}

/** Everything that is wrong with a workflow, at once. */
export class CompileError extends Error {
  override readonly name = "CompileError";
  readonly problems: readonly Problem[];

  /** @param cause what the program threw after its mistakes, if it did */
  constructor(workflow: string, problems: readonly Problem[], cause?: Error) {
    const told = problems.map(({ state, site, message }) => `  ${at(site)} ${state}: ${message}`);
    const thrown = cause === undefined ? [] : [`  and then the program threw ${cause.toString()}`];
    super([`workflow "${workflow}" can't be compiled:`, ...told, ...thrown].join("\n"), { cause });
    this.problems = problems;
  }
}

/** Where something stands, as messages say it. */
export const at = ({ file, line }: CallSite): string => `${file}:${line}`;

/** A finding as a line. */
export const textOfFinding = ({ code, state, site, message }: Finding): string =>
  `${at(site)} ${state}: ${message} [${code}]`;

/** A step or a workflow with its line, as messages name it. */
export const named = ({ name, site }: { readonly name: string; readonly site: CallSite }): string =>
  `"${name}" (${at(site)})`;
