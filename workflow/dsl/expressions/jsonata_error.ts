/** What is wrong with JSONata that was written by hand, as data; its sentences are made here. */
import type { CallSite } from "../bundle/index.ts";
import { at } from "../problem.ts";

export interface JsonataProblem {
  readonly code:
    | "syntax"
    | "lost-value"
    | "value-as-step"
    | "unknown-variable"
    | "unknown-name"
    | "no-context"
    | "newer-operator"
    | "eval"
    | "hidden"
    | "states";
  /** Characters from the beginning of the expression as the error shows it. */
  readonly position: number;
  /** What the problem is about: a variable, a name, the parser's message. */
  readonly subject: string;
}

const sentences: Readonly<Record<JsonataProblem["code"], (subject: string) => string>> = {
  syntax: (message) => message,
  "lost-value": (value) =>
    `${value} is in a string, a comment, a regular expression or a name: put it where a value can stand, and join strings with &`,
  "value-as-step": (value) =>
    `${value} after a dot is itself, not the member of that name: look members up with $lookup(object, ${value})`,
  "unknown-variable": (name) => `${name} is not known here: interpolate a reference, or bind it with :=`,
  "unknown-name": (name) =>
    `${name} is a member of nothing: interpolate the reference that it belongs to, and begin functions with $`,
  "no-context": (name) => `${name} has no value here: it is known only in a path or a predicate`,
  "newer-operator": (operator) =>
    `Step Functions has JSONata 2.0.6, which doesn't know ${operator}: use withDefault, or a condition with ? and :`,
  eval: () => "Step Functions has no $eval: use $parse for JSON",
  hidden: (name) =>
    `${name} is bound here, and would hide the ${name} that what is interpolated uses: bind another name`,
  states: (use) => `${use} is not known here: of $states there is only $states.context; use references for all else`,
};

/** Everything that is wrong with an expression; its values stand in it as `$value1`, `$value2`, … */
export class JsonataError extends Error {
  override readonly name = "JsonataError";
  readonly site: CallSite;
  readonly problems: readonly JsonataProblem[];
  /** All of it in a line, without the place. */
  readonly sentence: string;

  constructor(source: string, site: CallSite, problems: readonly JsonataProblem[]) {
    const what = `the JSONata \`${source}\` can't be used:`;
    const why = problems.map(({ code, position, subject }) => `character ${position}: ${sentences[code](subject)}`);
    super([`${at(site)} ${what}`, ...why.map((each) => `  ${each}`)].join("\n"));
    this.site = site;
    this.problems = problems;
    this.sentence = `${what} ${why.join("; ")}`;
  }
}
