/** What follows from another problem of the same step: one mistake is told once. */
import type { Problem } from "../problem.ts";

type Code = Problem["code"];

/** The codes of what follows from each. */
const consequences: Readonly<Partial<Record<Code, readonly Code[]>>> = {
  "async-block": ["empty-branch", "not-json"],
  "callback-without-token": ["callback-without-token"],
  "empty-branch": ["empty-machine"],
  jsonata: ["callback-without-token"],
  limit: ["no-context"],
  "not-json": ["callback-without-token"],
  "out-of-scope": ["out-of-scope", "unknown-variable"],
  reference: ["empty-branch"],
  unreachable: ["unreachable"],
  variable: ["shadowed-variable"],
};

/** The same for all steps of the machine, whose ways are then others than they seem. */
const everywhere: Readonly<Partial<Record<Code, readonly Code[]>>> = { "succeed-in-branch": ["unreachable"] };

/** What the program's own rules tell of whole steps, and so of none of its states again. */
const toldOfSteps: readonly Code[] = [
  "any-error",
  "covered-error",
  "duplicate-name",
  "long-name",
  "uncatchable-error",
  "unknown-error",
  "variable-name",
];

/** The problems without those that say the same again, or that follow from another. */
export function causes(problems: readonly Problem[]): Problem[] {
  const distinct = [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
  return distinct.filter(
    ({ code, state }) =>
      !distinct.some(
        (other) => other.code !== code && other.state === state && consequences[other.code]?.includes(code),
      ),
  );
}

/** Whether what a definition's check tells of a step follows from what the program's rules told already. */
export const isConsequence = (told: readonly Problem[], { code, state }: Pick<Problem, "code" | "state">): boolean =>
  toldOfSteps.includes(code) ||
  told.some((other) =>
    [...(everywhere[other.code] ?? []), ...(other.state === state ? (consequences[other.code] ?? []) : [])].includes(
      code,
    ),
  );
