/** The least bytes that a value has as JSON, by what of it is written in the definition. */
import { expressionIn } from "../machine.ts";

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
/** Brackets and commas. */
const around = (members: number): number => 2 + Math.max(0, members - 1);

/** The least bytes that a field of a definition can have once it is evaluated: an expression gives one or more. */
export function leastBytes(value: unknown): number {
  if (expressionIn(value) !== undefined) return 1;
  if (Array.isArray(value)) return around(value.length) + sum(value.map(leastBytes));
  if (typeof value !== "object" || value === null) return bytes(value);
  const members = Object.entries(value);
  return around(members.length) + sum(members.map(([key, each]) => bytes(key) + 1 + leastBytes(each)));
}
