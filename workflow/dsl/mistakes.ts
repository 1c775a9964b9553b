/**
 * Mistakes that show while a program runs. They are noted for the workflow that is being written, which goes on with a
 * stand-in, so that all of them are told at once.
 */
import { callSite } from "./bundle/index.ts";
import type { Problem } from "./problem.ts";

const codes = ["jsonata", "not-json", "reference", "unknown-keys", "unknown-resource", "wrong-call"] as const;

/** Whether the program went on after it with something else than it asked for. */
export const isMistake = ({ code }: Problem): boolean => codes.some((each) => each === code);

/** Who hears of the mistakes that a program makes while it runs. */
export interface Listener {
  readonly problems: Problem[];
  /** The name of the step whose block is being written, or of the workflow. */
  readonly state: () => string;
}

let listener: Listener | undefined;

/** Runs a program whose mistakes go to the listener. A program may write another workflow while it runs. */
export function hearing<T>(by: Listener, run: () => T): T {
  const before = listener;
  listener = by;
  try {
    return run();
  } finally {
    listener = before;
  }
}

/**
 * Notes a mistake at the line of the program that the DSL was called from.
 * @throws the error if no workflow is being written: then nobody would ever tell of it
 */
export function mistake(code: (typeof codes)[number], error: Error, message = error.message): Problem {
  if (listener === undefined) throw error;
  const problem = { code, state: listener.state(), site: callSite(), message };
  listener.problems.push(problem);
  return problem;
}
