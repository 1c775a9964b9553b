/**
 * The type of a Task's Arguments: their values say which members there are, the program's types what the references in
 * them refer to. Texts that the machine puts together are texts, whatever is known.
 */
import { plain } from "../expressions/plain.ts";
import { expressionOf, isReference } from "../reference.ts";
import type { Known } from "./known.ts";
import { arrayText, objectText, propertyName, union } from "./type_text.ts";

export function shapeOf(value: unknown, known: Known): string {
  if (isReference(value)) {
    const expression = expressionOf(value);
    return expression.kind === "operation" && expression.operator === "&" ? "string" : known.text();
  }
  const json = plain(value);
  switch (json.kind) {
    case "literal":
      return json.value === null ? "null" : typeof json.value;
    case "array":
      return arrayText(union(json.items.map((each) => shapeOf(each, known.element()))));
    case "refused":
      return "unknown";
    case "object":
      return objectText(json.members.map(([key, each]) => `${propertyName(key)}: ${shapeOf(each, known.member(key))}`));
  }
}
