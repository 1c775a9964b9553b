/** The shape of JSONPath mode's Choice rules: a comparison, or And, Or and Not over more of them. */
import { z } from "zod";
import { isObject, type Json } from "../json.ts";
import { operators, type Comparison, type Kind } from "../jsonpath/comparison.ts";
import { pathError } from "../jsonpath/path.ts";
import { parseTimestamp } from "../timestamp.ts";

/** A path of any kind. */
export const path: z.ZodType<string> = z.string().superRefine((source, context) => {
  const problem = pathError(source);
  if (problem !== undefined) context.addIssue(`must be a JSONPath: ${problem}`);
});

const operandOf: Readonly<Record<Kind, z.ZodType<Json>>> = {
  text: z.string(),
  number: z.number(),
  boolean: z.boolean(),
  timestamp: z.string().refine((text) => parseTimestamp(text) !== undefined, "must be an ISO 8601 timestamp"),
};
const combined = z.union([
  z.strictObject({ And: z.array(z.unknown()).min(1) }),
  z.strictObject({ Or: z.array(z.unknown()).min(1) }),
  z.strictObject({ Not: z.unknown() }),
]);

/** Reads a comparison at any depth; what is wrong with it goes to the context with its place. */
export function comparison(
  raw: unknown,
  context: z.RefinementCtx,
  place: readonly (string | number)[] = [],
): Comparison {
  const wrong = (message: string, ...more: (string | number)[]): Comparison => {
    context.addIssue({ code: "custom", path: [...place, ...more], message });
    return { Not: { And: [] } };
  };
  const members = (key: string, list: readonly unknown[]): Comparison[] =>
    list.map((each, index) => comparison(each, context, [...place, key, index]));
  const composite = combined.safeParse(raw).data;
  if (composite !== undefined) {
    if ("And" in composite) return { And: members("And", composite.And) };
    if ("Or" in composite) return { Or: members("Or", composite.Or) };
    return { Not: comparison(composite.Not, context, [...place, "Not"]) };
  }
  const { Variable: variable, Comment: _, ...rest } = isObject(raw) ? raw : {};
  const [key, ...others] = Object.keys(rest);
  if (variable === undefined || key === undefined || others.length > 0) {
    return wrong("needs Variable and one comparison, or one of And, Or and Not");
  }
  const source = path.safeParse(variable);
  if (!source.success) return wrong("must be a JSONPath", "Variable");
  const operator = Object.hasOwn(operators, key) ? operators[key] : undefined;
  if (operator === undefined) return wrong("is no comparison operator", key);
  const byPath = key !== operator.name;
  const operand = (byPath ? path : operandOf[operator.kind]).safeParse(rest[key]);
  if (!operand.success) return wrong(operand.error.issues[0]?.message ?? "has the wrong type", key);
  const value = operand.data;
  return {
    Variable: source.data,
    Operator: operator,
    Operand: byPath && typeof value === "string" ? { path: value } : { value },
  };
}
