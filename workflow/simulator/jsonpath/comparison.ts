/**
 * Choice rules of JSONPath mode: 39 comparisons, and And, Or and Not over them.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
import type { Json } from "../json.ts";
import { parseTimestamp } from "../timestamp.ts";

/** A rule's condition; an operand with `path` is looked up. */
export type Comparison =
  | { readonly And: readonly Comparison[] }
  | { readonly Or: readonly Comparison[] }
  | { readonly Not: Comparison }
  | { readonly Variable: string; readonly Operator: Operator; readonly Operand: Operand };
export type Operand = { readonly path: string } | { readonly value: Json };

/** What a comparison's operand has to be. */
export type Kind = "text" | "number" | "boolean" | "timestamp";

export interface Operator {
  readonly kind: Kind;
  /** Whether `…Path` compares with a value from the data. */
  readonly hasPath: boolean;
  readonly name: string;
  readonly test: (value: Json, operand: Json) => boolean;
}

const orders = {
  Equals: (difference: number) => difference === 0,
  LessThan: (difference: number) => difference < 0,
  GreaterThan: (difference: number) => difference > 0,
  LessThanEquals: (difference: number) => difference <= 0,
  GreaterThanEquals: (difference: number) => difference >= 0,
} as const;

/** The sign of first - second, or undefined if one of them isn't of the kind: such a comparison is false. */
type Compare = (first: Json, second: Json) => number | undefined;

const text: Compare = (first, second) => {
  if (typeof first !== "string" || typeof second !== "string") return undefined;
  if (first === second) return 0;
  return first < second ? -1 : 1;
};
const number: Compare = (first, second) =>
  typeof first === "number" && typeof second === "number" ? first - second : undefined;
const timestamp: Compare = (first, second) => number(moment(first), moment(second));

function moment(value: Json): Json {
  return typeof value === "string" ? (parseTimestamp(value) ?? null) : null;
}

function ordered(prefix: string, kind: Kind, compare: Compare): Operator[] {
  return Object.entries(orders).map(([suffix, fits]) => ({
    name: `${prefix}${suffix}`,
    kind,
    hasPath: true,
    test: (value, operand) => {
      const difference = compare(value, operand);
      return difference !== undefined && fits(difference);
    },
  }));
}

function is(what: string, fits: (value: Json) => boolean): Operator {
  return { name: `Is${what}`, kind: "boolean", hasPath: false, test: (value, wanted) => fits(value) === wanted };
}

const all: readonly Operator[] = [
  ...ordered("String", "text", text),
  ...ordered("Numeric", "number", number),
  ...ordered("Timestamp", "timestamp", timestamp),
  {
    name: "BooleanEquals",
    kind: "boolean",
    hasPath: true,
    test: (value, operand) => typeof value === "boolean" && value === operand,
  },
  {
    name: "StringMatches",
    kind: "text",
    hasPath: false,
    test: (value, pattern) => typeof value === "string" && typeof pattern === "string" && matches(value, pattern),
  },
  // What is missing never gets here but for IsPresent.
  is("Present", () => true),
  is("Null", (value) => value === null),
  is("String", (value) => typeof value === "string"),
  is("Numeric", (value) => typeof value === "number"),
  is("Boolean", (value) => typeof value === "boolean"),
  is("Timestamp", (value) => moment(value) !== null),
];

/** Operators by the key that stands for them in a rule; `StringEqualsPath` is StringEquals with a path. */
export const operators: Readonly<Record<string, Operator>> = Object.fromEntries(
  all.flatMap((operator) => [
    [operator.name, operator],
    ...(operator.hasPath ? [[`${operator.name}Path`, operator] as const] : []),
  ]),
);

/** The service's word for a path of a condition that finds nothing. */
export class InvalidConditionPath extends Error {
  override readonly name = "InvalidConditionPath";
  constructor(path: string) {
    super(`Invalid path '${path}': The choice state's condition path references an invalid value.`);
  }
}

/**
 * Whether a condition holds.
 * @throws {InvalidConditionPath} for a path that finds nothing, except under IsPresent
 */
export function holds(comparison: Comparison, find: (path: string) => Json | undefined): boolean {
  if ("And" in comparison) return comparison.And.every((each) => holds(each, find));
  if ("Or" in comparison) return comparison.Or.some((each) => holds(each, find));
  if ("Not" in comparison) return !holds(comparison.Not, find);
  const { Variable: variable, Operator: operator, Operand: operand } = comparison;
  const value = find(variable);
  if (value === undefined) {
    if (operator.name === "IsPresent") return "value" in operand && operand.value === false;
    throw new InvalidConditionPath(variable);
  }
  const compared = "value" in operand ? operand.value : find(operand.path);
  if (compared === undefined) throw new InvalidConditionPath("path" in operand ? operand.path : variable);
  return operator.test(value, compared);
}

/** `*` stands for any text; `\*` and `\\` for themselves. */
function matches(value: string, pattern: string): boolean {
  const source = pattern.replace(/\\([*\\])|\*|[.*+?^${}()|[\]\\]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return found === "*" ? "[^]*" : `\\${found}`;
  });
  return new RegExp(`^${source}$`).test(value);
}
