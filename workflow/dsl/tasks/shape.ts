/**
 * The type of a Task's Arguments, read from their value: what the machine computes is `unknown`, but for texts that it
 * puts together.
 */
import { plain } from "../expressions/plain.ts";
import { expressionOf, isReference } from "../reference.ts";
import { arrayText, objectText, propertyName, union } from "./type_text.ts";

export function shapeOf(value: unknown): string {
  if (isReference(value)) {
    const expression = expressionOf(value);
    return expression.kind === "operation" && expression.operator === "&" ? "string" : "unknown";
  }
  const json = plain(value);
  switch (json.kind) {
    case "literal":
      return json.value === null ? "null" : typeof json.value;
    case "array":
      return arrayText(union(json.items.map(shapeOf)));
    case "object":
      return objectText(json.members.map(([key, each]) => `${propertyName(key)}: ${shapeOf(each)}`));
  }
}
