/** Values of a definition as people read them: expressions without their wrapping, conditions of both query languages. */
import { expressionIn, fieldsOf, listOf, textOf, type Fields } from "./machine.ts";

/** The text, cut with an ellipsis where it has more than `length` characters. */
export const shortened = (text: string, length: number): string => {
  const characters = Array.from(text);
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
};

/** Milliseconds in the two largest units that matter. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** An expression without `{% %}` and without brackets that say nothing; any other value as JSON. */
export function readable(value: unknown): string {
  const expression = expressionIn(value);
  return expression === undefined ? JSON.stringify(value) : unbracketed(expression);
}

/** When a Choice's rule holds. */
export function readableRule(rule: unknown): string {
  const fields = fieldsOf(rule);
  return "Condition" in fields ? readable(fields.Condition) : comparison(fields);
}

/** JSONPath's rules: one comparison, or rules under `And`, `Or` and `Not`. */
function comparison(fields: Fields): string {
  if ("Not" in fields) return `not (${comparison(fieldsOf(fields.Not))})`;
  for (const [operator, word] of [
    ["And", " and "],
    ["Or", " or "],
  ] as const) {
    if (operator in fields)
      return listOf(fields[operator])
        .map((each) => `(${comparison(fieldsOf(each))})`)
        .join(word);
  }
  const { Variable: variable, Next: _next, Comment: _comment, Assign: _assign, Output: _output, ...tests } = fields;
  const test = Object.entries(tests).map(([operator, value]) => `${operator} ${JSON.stringify(value)}`);
  return [textOf(variable) ?? "?", ...test].join(" ");
}

/** What a bracket at `open` encloses ends at the returned index; texts in quotes are passed over. */
function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const character = text.charAt(at);
    if ("\"'`".includes(character)) at = endOfQuote(text, at);
    else if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

function endOfQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === "\\") at += 1;
    else if (text.charAt(at) === text.charAt(start)) return at;
  }
  return text.length;
}

/** A sequence of statements needs its brackets. */
const isSequence = (text: string): boolean => /[;]|:=/.test(text);

/** `(a)` → `a` around the whole, and `((a))` → `(a)` inside of it. */
function unbracketed(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith("(") && closing(trimmed, 0) === trimmed.length - 1 && !isSequence(trimmed))
    return unbracketed(trimmed.slice(1, -1));
  let result = "";
  for (let at = 0; at < trimmed.length; at += 1) {
    const character = trimmed.charAt(at);
    if ("\"'`".includes(character)) {
      const end = endOfQuote(trimmed, at);
      result += trimmed.slice(at, end + 1);
      at = end;
    } else if (character === "(") {
      const end = closing(trimmed, at);
      if (end === undefined) return result + trimmed.slice(at);
      const inside = trimmed.slice(at + 1, end);
      result += `(${isSequence(inside) ? inside : unbracketed(inside)})`;
      at = end;
    } else result += character;
  }
  return result;
}
