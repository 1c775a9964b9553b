/** Why a value can be as large as it can: its largest part, in words. */
import { amount } from "../../amount.ts";
import { countOf } from "./parts.ts";
import { knownBytes, type Shape } from "./shape.ts";

/** The largest of the parts, by what is known of them. */
const largest = <P>(parts: readonly P[], bytes: (part: P) => number): P | undefined =>
  parts.reduce<P | undefined>(
    (most, each) => (most === undefined || bytes(each) > bytes(most) ? each : most),
    undefined,
  );

function itself(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return shape.characters === undefined
        ? `a text of up to ${amount(shape.bytes)} bytes`
        : `a text of up to ${amount(shape.characters)} characters, each of which can have 6 bytes as JSON`;
    case "list": {
      const runs = shape.runs.filter(({ items }) => items !== Infinity);
      const item = largest(
        runs.map((each) => each.item),
        knownBytes,
      );
      return `${amount(countOf(runs))} items of up to ${amount(item === undefined ? 0 : knownBytes(item))} bytes`;
    }
    case "object":
      return `${amount(shape.members.size)} members`;
    case "one of":
    case "atom":
    case "told":
    case "unknown":
      return `up to ${amount(knownBytes(shape))} bytes`;
  }
}

/** The part of objects within objects that is the largest, with the members that lead to it, if it has so many bytes. */
function largestPart(shape: Shape, least: number): { readonly path: readonly string[]; readonly part: Shape } {
  if (shape.kind === "one of") {
    const one = largest(shape.shapes, knownBytes);
    return one === undefined ? { path: [], part: shape } : largestPart(one, least);
  }
  if (shape.kind !== "object") return { path: [], part: shape };
  const member = largest([...shape.members], ([, each]) => knownBytes(each));
  if (member === undefined || knownBytes(member[1]) < least) return { path: [], part: shape };
  const { path, part } = largestPart(member[1], least);
  return { path: [member[0], ...path], part };
}

/** A part that is less than that of the whole says little. */
const share = 1 / 8;

/** Such as `its largest part is Payload.files: 10,000 items of up to 120 bytes`. */
export function reasonFor(shape: Shape): string {
  const { path, part } = largestPart(shape, share * knownBytes(shape));
  return path.length === 0 ? itself(part) : `its largest part is ${path.join(".")}: ${itself(part)}`;
}
