/** Texts. Lengths and widths count characters, not UTF-16 code units. */
import type { Ref, Value } from "../ref.ts";
import { expressionOf, isReference, reference } from "../reference.ts";
import type { Expression } from "../expression.ts";
import { call, list, once, operation } from "./build.ts";

const changed =
  (name: string) =>
  (text: Value<string>): Ref<string> =>
    reference(call(name, expressionOf(text)));
const parted =
  (name: string) =>
  (text: Value<string>, separator: Value<string>): Ref<string> =>
    reference(call(name, expressionOf(text), expressionOf(separator)));

/**
 * A string built while the machine runs: `text\`s3://${bucket}/${key}\``. Numbers are written with at most 15
 * significant digits.
 */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly Value<string | number | boolean>[]
): Ref<string> {
  const parts = strings.flatMap((part, index): unknown[] => (index < values.length ? [part, values[index]] : [part]));
  const joined = parts.reduce<unknown[]>((done, part) => {
    const last = done.at(-1);
    const isText = typeof part === "string" && typeof last === "string";
    return isText ? [...done.slice(0, -1), last + part] : [...done, part];
  }, []);
  // `&` makes text of whatever it joins, so a number in front needs the empty text before it.
  const operands = joined.filter((part, index) => part !== "" || index === 0).map(expressionOf);
  return reference(operation("&", ...operands));
}

export const upper = changed("uppercase");
export const lower = changed("lowercase");
/** Without white space at either end; within, each run of it becomes one blank. */
export const trim = changed("trim");

/** What stands before the first separator; all of the text if it has none. */
export const substringBefore = parted("substringBefore");
/** What stands after the first separator; all of the text if it has none. */
export const substringAfter = parted("substringAfter");

/** JSONata's $split by the empty text takes surrogate pairs apart. */
const charactersOf = (text: Expression): Expression => ({
  kind: "raw",
  parts: ["$match(", ", /[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[\\s\\S]/).match"],
  values: [text],
  names: [],
  uses: ["match"],
});

/** The parts between the separators; by the empty text, the characters. */
export function split(text: Value<string>, separator: Value<string>): Ref<string[]> {
  const parts = (whole: Expression, by: Expression): Expression => list(call("split", whole, by));
  const [whole, by] = [expressionOf(text), expressionOf(separator)];
  if (separator === "") return reference(list(charactersOf(whole)));
  if (typeof separator === "string") return reference(parts(whole, by));
  return reference(
    once(whole, (given) =>
      once(by, (known) => ({
        kind: "condition",
        if: operation("=", known, expressionOf("")),
        then: list(charactersOf(given)),
        otherwise: parts(given, known),
      })),
    ),
  );
}

const texts = (array: Value<readonly string[]>): Expression =>
  isReference(array) ? expressionOf(array) : { kind: "array", items: array.map(expressionOf) };

export const join = (array: Value<readonly string[]>, separator: Value<string>): Ref<string> =>
  reference(call("join", texts(array), expressionOf(separator)));

/** All occurrences of a text, which must not be empty; nothing in the replacement has a meaning of its own. */
export const replace = (text: Value<string>, part: Value<string>, replacement: Value<string>): Ref<string> =>
  reference(call("replace", expressionOf(text), expressionOf(part), expressionOf(replacement)));

/** Whether the part is somewhere in the text. */
export const containsText = (text: Value<string>, part: Value<string>): Ref<boolean> =>
  reference(call("contains", expressionOf(text), expressionOf(part)));

const characters = (text: Expression): Expression => call("length", text);

export const startsWith = (text: Value<string>, start: Value<string>): Ref<boolean> =>
  reference(
    once(expressionOf(start), (known) =>
      operation("=", call("substring", expressionOf(text), expressionOf(0), characters(known)), known),
    ),
  );

export const endsWith = (text: Value<string>, end: Value<string>): Ref<boolean> =>
  reference(
    once(expressionOf(text), (whole) =>
      once(expressionOf(end), (known) =>
        operation("=", call("substring", whole, operation("-", characters(whole), characters(known))), known),
      ),
    ),
  );

const padded = (text: Value<string>, width: Expression, filler: Value<string>): Ref<string> =>
  reference(call("pad", expressionOf(text), width, expressionOf(filler)));

/** At least so wide, filled up at the front. */
export const padStart = (text: Value<string>, width: Value<number>, filler: Value<string> = " "): Ref<string> =>
  padded(text, operation("-", expressionOf(0), expressionOf(width)), filler);

/** At least so wide, filled up at the end. */
export const padEnd = (text: Value<string>, width: Value<number>, filler: Value<string> = " "): Ref<string> =>
  padded(text, expressionOf(width), filler);
