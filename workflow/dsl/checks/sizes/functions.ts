/** What JSONata's functions give, as far as their arguments bound it; of the others nothing is known. */
import type { Expression } from "../../expression.ts";
import { countOf, itemOf, itemsOf, memberOf, partitioned } from "./parts.ts";
import { boolean, list, mostBytes, number, plainText, unknown, type Run, type Shape } from "./shape.ts";

/** A function's arguments: as they are written, and what they give. */
export interface Call {
  readonly expressions: readonly Expression[];
  readonly shapes: readonly Shape[];
  /** What a function that is an argument gives for values of these shapes. */
  readonly apply: (given: Expression | undefined, ...values: readonly Shape[]) => Shape;
}

const first = ({ shapes: [shape = unknown] }: Call): Shape => shape;
const always = (shape: Shape) => (): Shape => shape;

/** The bytes that a value adds to a text that it becomes a part of; Infinity where nothing bounds them. */
export const bytesInText = (shape: Shape): number => {
  switch (shape.kind) {
    case "text":
    case "atom":
      return shape.bytes;
    case "one of":
      return Math.max(0, ...shape.shapes.map(bytesInText));
    // As JSON in a text, each quote and each backslash gets one before it.
    case "list":
    case "object":
      return 2 * mostBytes(shape);
    case "told":
    case "unknown":
      return Infinity;
  }
};

/** A text of so many bytes between its quotes. */
export const textOfBytes = (bytes: number): Shape => (Number.isFinite(bytes) ? { kind: "text", bytes } : unknown);

const partOfText = (call: Call): Shape => textOfBytes(bytesInText(first(call)));

const numberIn = (expression: Expression | undefined): number | undefined =>
  expression?.kind === "literal" && typeof expression.value === "number" ? expression.value : undefined;

function mapped({ expressions: [, body], shapes: [array = unknown], apply }: Call): Shape {
  return list(...itemsOf(array).map(({ items, item }): Run => ({ items, item: apply(body, item, number) })));
}

function joinedTexts({ shapes: [array = unknown, separator = unknown] }: Call): Shape {
  const runs = itemsOf(array);
  const bytes = runs.reduce((total, { items, item }) => total + (items === 0 ? 0 : items * bytesInText(item)), 0);
  const gaps = Math.max(0, countOf(runs) - 1);
  return textOfBytes(bytes + (gaps === 0 ? 0 : gaps * bytesInText(separator)));
}

/** Step Functions gives 1,000 numbers at most. */
function range({ expressions: [from, to, by] }: Call): Shape {
  const [start, end, step] = [numberIn(from), numberIn(to), numberIn(by)];
  const exact =
    start === undefined || end === undefined || step === undefined || step === 0
      ? 1000
      : Math.max(0, Math.floor((end - start) / step) + 1);
  return list({ items: Math.min(exact, 1000), item: number });
}

function parts({ expressions: [, size], shapes: [array = unknown] }: Call): Shape {
  const known = numberIn(size);
  return known === undefined || known < 1 ? unknown : partitioned(itemsOf(array), Math.floor(known));
}

function member({ expressions: [, name], shapes: [of = unknown] }: Call): Shape {
  return memberOf(of, name?.kind === "literal" && typeof name.value === "string" ? name.value : undefined);
}

/** What a text of JSONata's own, such as a time, has at most. */
const ownText = {
  /** 2025-01-31T06:00:00.000Z, with a sign and two more digits in far years. */
  time: plainText(27),
  uuid: plainText(36),
  /** SHA-512, in hexadecimal digits. */
  hash: plainText(128),
};

const functions: Readonly<Record<string, (call: Call) => Shape>> = {
  ...Object.fromEntries(
    "abs ceil count floor length max min millis number power random round sqrt sum toMillis"
      .split(" ")
      .map((name) => [name, always(number)]),
  ),
  ...Object.fromEntries("boolean contains exists not".split(" ").map((name) => [name, always(boolean)])),
  ...Object.fromEntries("distinct filter reverse shuffle sift sort".split(" ").map((name) => [name, first])),
  ...Object.fromEntries(
    "substring substringAfter substringBefore trim string".split(" ").map((name) => [name, partOfText]),
  ),
  fromMillis: ({ expressions }) => (expressions.length === 1 ? ownText.time : unknown),
  hash: always(ownText.hash),
  join: joinedTexts,
  lookup: member,
  map: mapped,
  now: always(ownText.time),
  partition: parts,
  range,
  type: always(plainText("undefined".length)),
  uuid: always(ownText.uuid),
};

export const resultOf = (name: string, call: Call): Shape => functions[name]?.(call) ?? unknown;

/** What any item of the value can be. */
export const anyItemOf = (shape: Shape): Shape => itemOf(itemsOf(shape));
