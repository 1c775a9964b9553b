/** The one walk over expressions: what they are made of, and what that refers to and says. */
import type { Binding, Expression } from "../expression.ts";

function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "path":
      return [];
    case "operation":
      return expression.operands;
    case "element":
      return [expression.of, expression.at];
    case "condition":
      return [expression.if, expression.then, expression.otherwise];
    case "required":
      return [expression.of];
    case "let":
      return [expression.value, expression.body];
    case "call":
      return expression.arguments;
    case "lambda":
      return [expression.body];
    case "array":
      return expression.items;
    case "sequence":
      return [expression.of];
    case "object":
      return Object.values(expression.members);
    case "raw":
      return expression.values;
  }
}

/** The expression and all within it, in the order in which they were written. */
export function partsOf(expression: Expression): Expression[] {
  const found: Expression[] = [];
  const left = [expression];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    found.push(next);
    for (const child of children(next).toReversed()) left.push(child);
  }
  return found;
}

/** What a let or a lambda in the expression gives a name to. */
const ownNames = (part: Expression): readonly Binding[] => {
  if (part.kind === "let") return [part.name];
  return part.kind === "lambda" ? part.parameters : [];
};

/** What the expression refers to outside itself. */
export function bindingsIn(expression: Expression): Binding[] {
  const parts = partsOf(expression);
  const own = new Set(parts.flatMap(ownNames));
  return parts.flatMap((part) => (part.kind === "path" && !own.has(part.binding) ? [part.binding] : []));
}

/** The texts that stand in the expression, but for those of JSONata written by hand. */
export const textsIn = (expression: Expression): string[] =>
  partsOf(expression).flatMap((part) =>
    part.kind === "literal" && typeof part.value === "string" ? [part.value] : [],
  );

/** The functions of JSONata that the expression uses, without the dollar. */
export const functionsIn = (expression: Expression): string[] =>
  partsOf(expression).flatMap((part): readonly string[] => {
    if (part.kind === "raw") return part.uses;
    if (part.kind === "required") return ["exists", "error"];
    return part.kind === "call" ? [part.function] : [];
  });
