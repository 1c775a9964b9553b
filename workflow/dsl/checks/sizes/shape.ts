/**
 * What is known of a value before it is there, and how many bytes it can have as JSON. A bound holds for every value of
 * the shape; where nothing bounds a part, the shape has no bound, and what is known of it is the sum of its other parts.
 */

/** So many items at most, each of the shape; Infinity where nothing bounds them. */
export interface Run {
  readonly items: number;
  readonly item: Shape;
}

export type Shape =
  /** Bytes between its quotes; characters (UTF-16 code units) where those are what is bounded. */
  | { readonly kind: "text"; readonly bytes: number; readonly characters?: number }
  /** A number, a boolean or null. */
  | { readonly kind: "atom"; readonly bytes: number }
  | { readonly kind: "list"; readonly runs: readonly Run[] }
  /** `rest` is what members of other names are, if there can be any. */
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, Shape>; readonly rest?: Shape | undefined }
  | { readonly kind: "one of"; readonly shapes: readonly Shape[] }
  /** Too large, and told of already: it counts as unknown, so that it is not told of wherever it goes. */
  | { readonly kind: "told"; readonly of: Shape }
  | { readonly kind: "unknown" };

export const unknown: Shape = { kind: "unknown" };
/** What is never there. */
export const nothing: Shape = { kind: "one of", shapes: [] };
/** -0.0000012345678901234567: a smaller or a larger number is written with an exponent. */
export const number: Shape = { kind: "atom", bytes: 25 };
export const boolean: Shape = { kind: "atom", bytes: 5 };

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** A control character is written with six bytes, any other with fewer. */
const characterBytes = 6;

/** A text of at most so many characters. */
export const textOf = (characters: number): Shape =>
  Number.isFinite(characters) ? { kind: "text", bytes: characterBytes * characters, characters } : unknown;

/** A text of at most so many characters that JSON writes as they are, a byte each. */
export const plainText = (characters: number): Shape => ({ kind: "text", bytes: characters });

/** Exactly this text, number, boolean or null. */
export const literal = (value: string | number | boolean | null): Shape =>
  typeof value === "string" ? { kind: "text", bytes: jsonBytes(value) - 2 } : { kind: "atom", bytes: jsonBytes(value) };

export const object = (members: readonly (readonly [string, Shape])[], rest?: Shape): Shape => ({
  kind: "object",
  members: new Map(members),
  rest,
});

export const list = (...runs: readonly Run[]): Shape => ({ kind: "list", runs });

const alternativesOf = (shape: Shape): readonly Shape[] => (shape.kind === "one of" ? shape.shapes : [shape]);

/** One of the shapes; of those that have no parts, the largest stands for all. */
export function oneOf(shapes: readonly Shape[]): Shape {
  const all = [...new Set(shapes.flatMap(alternativesOf))];
  const largest = (kind: "text" | "atom"): Shape[] =>
    all
      .flatMap((each) => (each.kind === kind ? [each] : []))
      .toSorted((one, other) => mostBytes(other) - mostBytes(one))
      .slice(0, 1);
  const rest = all.filter(({ kind }) => kind !== "text" && kind !== "atom");
  const [first = nothing, ...others] = [...largest("text"), ...largest("atom"), ...rest];
  return others.length === 0 ? first : { kind: "one of", shapes: [first, ...others] };
}

/** Brackets, and the commas between so many. */
const around = (members: number): number => 2 + Math.max(0, members - 1);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Sizes by what an unknown part counts. Shapes share their parts, so each is measured once. */
function measure(unbounded: number): (shape: Shape) => number {
  const known = new WeakMap<Shape, number>();
  const ofRun = ({ items, item }: Run): number => {
    if (items === 0) return 0;
    return items === Infinity ? unbounded : items * measured(item);
  };
  const sizeOf = (shape: Shape): number => {
    switch (shape.kind) {
      case "text":
        return 2 + shape.bytes;
      case "atom":
        return shape.bytes;
      case "list":
        return (
          around(sum(shape.runs.map(({ items }) => (items === Infinity ? 0 : items)))) + sum(shape.runs.map(ofRun))
        );
      case "object": {
        const members = [...shape.members].map(([key, each]) => jsonBytes(key) + 1 + measured(each));
        return around(members.length) + sum(members) + (shape.rest === undefined ? 0 : unbounded);
      }
      case "one of":
        return shape.shapes.reduce((most, each) => Math.max(most, measured(each)), 0);
      case "told":
      case "unknown":
        return unbounded;
    }
  };
  const measured = (shape: Shape): number => {
    const size = known.get(shape) ?? sizeOf(shape);
    known.set(shape, size);
    return size;
  };
  return measured;
}

/** The most bytes that the value can have; Infinity where nothing bounds it. */
export const mostBytes = measure(Infinity);

/** The bytes that the value can have by what is known of it: what has no bound counts nothing. */
export const knownBytes = measure(0);

/** The shape where what has more bytes than that was told of: its smaller parts count on. */
export function told(shape: Shape, bytes: number): Shape {
  if (knownBytes(shape) <= bytes) return shape;
  switch (shape.kind) {
    case "list":
      return { kind: "told", of: list(...shape.runs.map(({ items, item }) => ({ items, item: told(item, bytes) }))) };
    case "object":
      return {
        kind: "told",
        of: object(
          [...shape.members].map(([key, each]) => [key, told(each, bytes)]),
          shape.rest && told(shape.rest, bytes),
        ),
      };
    case "one of":
      return oneOf(shape.shapes.map((each) => told(each, bytes)));
    case "text":
    case "atom":
    case "told":
    case "unknown":
      return { kind: "told", of: shape };
  }
}
