/** How many bytes a value has as JSON, from what is known of it before it is there. */
import { expressionIn } from "../machine.ts";

/** What is known of a value. */
export type Shape =
  | { readonly kind: "literal"; readonly value: unknown }
  /** At most so many characters (UTF-16 code units). */
  | { readonly kind: "text"; readonly characters: number }
  | { readonly kind: "number" }
  /** At most so many items. */
  | { readonly kind: "list"; readonly item: Shape; readonly items: number }
  | { readonly kind: "object"; readonly members: Readonly<Record<string, Shape>> }
  | { readonly kind: "one of"; readonly shapes: readonly Shape[] }
  | { readonly kind: "unknown" };

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** A control character is written with six. */
const characterBytes = 6;
/** -1.7976931348623157e+308 */
const numberBytes = 24;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
/** Brackets and commas. */
const around = (members: number): number => 2 + Math.max(0, members - 1);

/** The most bytes that the value can have; Infinity where nothing bounds it. */
export function mostBytes(shape: Shape): number {
  switch (shape.kind) {
    case "literal":
      return bytes(shape.value);
    case "text":
      return 2 + characterBytes * shape.characters;
    case "number":
      return numberBytes;
    case "list":
      return shape.items === 0 ? around(0) : around(shape.items) + shape.items * mostBytes(shape.item);
    case "object": {
      const members = Object.entries(shape.members);
      return around(members.length) + sum(members.map(([key, each]) => bytes(key) + 1 + mostBytes(each)));
    }
    case "one of":
      return Math.max(0, ...shape.shapes.map(mostBytes));
    case "unknown":
      return Infinity;
  }
}

/** The least bytes that a field of a definition can have once it is evaluated: an expression gives one or more. */
export function leastBytes(value: unknown): number {
  if (expressionIn(value) !== undefined) return 1;
  if (Array.isArray(value)) return around(value.length) + sum(value.map(leastBytes));
  if (typeof value !== "object" || value === null) return bytes(value);
  const members = Object.entries(value);
  return around(members.length) + sum(members.map(([key, each]) => bytes(key) + 1 + leastBytes(each)));
}
