/** Why a Lambda can't be bundled: problems are data, collected over all steps and thrown together. */
import type ts from "typescript";

export type ProblemCode =
  | "another-function"
  | "cold-start-read"
  | "commonjs"
  | "cyclic-import"
  | "deployment-only"
  | "dynamic-import"
  | "enclosing-variable"
  | "esbuild"
  | "generator"
  | "handler-form"
  | "lost-change"
  | "missing-call"
  | "missing-export"
  | "missing-source"
  | "not-constant"
  | "repeated-name"
  | "schema-form"
  | "this"
  | "top-level-await"
  | "unavailable";

/** What an analysis of one file finds, before it is known for which step that matters. */
export interface Finding {
  readonly code: ProblemCode;
  readonly node: ts.Node;
  readonly message: string;
}

export interface BundleProblem {
  readonly code: ProblemCode;
  /** The step's name in the machine, or the exported handler's. */
  readonly step: string;
  /** What is wrong and what to do about it, without the place. */
  readonly message: string;
  /** Relative to the nearest package.json, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const sentence = ({ step, message, file, line, column }: BundleProblem): string =>
  `${file}:${line}:${column} Lambda "${step}": ${message}`;

/** All that stands between the Lambdas of a program and their bundles. */
export class BundleError extends Error {
  override readonly name = "BundleError";
  readonly problems: readonly BundleProblem[];

  constructor(problems: readonly BundleProblem[]) {
    const [only, ...more] = problems.map(sentence);
    super(
      only !== undefined && more.length === 0
        ? only
        : `${problems.length} problems keep Lambdas from being bundled:\n${problems.map((each) => `  ${sentence(each)}`).join("\n")}`,
    );
    this.problems = problems;
  }
}
