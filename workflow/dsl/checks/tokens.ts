/** Whether everything that looks like a resource's token is one: else nothing could ever be put in its place. */
import type { Expression } from "../expression.ts";
import { expressionOf, isReference } from "../reference.ts";
import { tokensIn } from "../render.ts";
import { allSteps, valuesOf } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

/** What a machine can say of itself, besides its resources. */
const ownTokens: readonly string[] = [
  "machine.arn",
  "machine.executionsArn",
  "aws.partition",
  "aws.region",
  "aws.account",
];

function textsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? [expression.value] : [];
    case "path":
      return [];
    case "operation":
      return expression.operands.flatMap(textsOf);
    case "step":
      return textsOf(expression.of);
    case "default":
      return [expression.value, expression.otherwise].flatMap(textsOf);
    case "call":
      return expression.arguments.flatMap(textsOf);
    case "array":
      return expression.items.flatMap(textsOf);
    case "object":
      return Object.values(expression.members).flatMap(textsOf);
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (isReference(value)) return textsOf(expressionOf(value));
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

export const knownTokens: Rule = ({ program, tokens, lambdas }) => {
  const known = new Set([...tokens, ...ownTokens, ...lambdas.map(({ name }) => `lambda.${name}.arn`)]);
  return allSteps(program).flatMap((step) =>
    [...tokensIn(valuesOf(step).flatMap(textsIn))]
      .filter((token) => !known.has(token))
      .map((token) =>
        problem(
          "unknown-token",
          step,
          `the text "\${${token}}" is read as a resource's token, and no resource gives it. Declare it in the workflow's resources, or write it without the dollar.`,
        ),
      ),
  );
};
