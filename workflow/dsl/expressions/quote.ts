/** Texts and keys in JSONata, with what would mean something else in them escaped. */
import type { Step } from "../expression.ts";
import { withoutOthers } from "../tokens.ts";

/** JSON's strings are JSONata's; both know `\uXXXX`. */
export const quote = (text: string, tokens: ReadonlySet<string>): string =>
  withoutOthers(JSON.stringify(text), tokens).replaceAll(
    /[\u2028\u2029]/g,
    (separator) => `\\u${separator.charCodeAt(0).toString(16)}`,
  );

const reserved = new Set(["and", "or", "in", "function", "true", "false", "null"]);

/** JSONata has no escape inside backquotes, so a key that needs one is looked up by a call. */
export function stepFrom(text: string, at: Step, tokens: ReadonlySet<string>): string {
  if (typeof at === "number") return `${text}[${at}]`;
  if (/^[A-Za-z_]\w*$/.test(at) && !reserved.has(at)) return `${text}.${at}`;
  return /^(?!.*\$\{)[^`\\\p{C}]+$/u.test(at) ? `${text}.\`${at}\`` : `$lookup(${text}, ${quote(at, tokens)})`;
}
