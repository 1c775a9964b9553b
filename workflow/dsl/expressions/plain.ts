/** What a value is as JSON, and why it is none: a workflow holds nothing but JSON values and references. */

export type Plain =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "array"; readonly items: readonly unknown[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [key: string, value: unknown])[] };

const refused = (what: string): TypeError =>
  new TypeError(`${what} can't stand in a workflow: only JSON values and references can`);

/** Half of a surrogate pair is no character, and is lost on its way through UTF-8. */
function wellFormed(text: string): string {
  if (text.isWellFormed()) return text;
  throw refused(`the text ${JSON.stringify(text)} with half a character (a lone surrogate)`);
}

/** Objects of classes are refused: what they hold beside their fields would be lost. */
function members(value: object): readonly (readonly [string, unknown])[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw refused(`a ${value.constructor.name}`);
  return Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[wellFormed(key), each]]));
}

/**
 * Undefined members of objects count as not there; -0 is 0, as in JSON.
 * @throws TypeError that names what is no JSON
 */
export function plain(value: unknown): Plain {
  switch (typeof value) {
    case "string":
      return { kind: "literal", value: wellFormed(value) };
    case "number":
      if (!Number.isFinite(value)) throw refused(`the number ${value}`);
      return { kind: "literal", value };
    case "boolean":
      return { kind: "literal", value };
    case "object":
      if (value === null) return { kind: "literal", value };
      return Array.isArray(value) ? { kind: "array", items: value } : { kind: "object", members: members(value) };
    case "undefined":
      throw refused("undefined");
    case "bigint":
    case "symbol":
    case "function":
      throw refused(`a ${typeof value}`);
  }
}
