/** What a value is as JSON, and why it is none: a workflow holds nothing but JSON values and references. */

export type Plain =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "array"; readonly items: readonly unknown[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [key: string, value: unknown])[] }
  | Refused;

/** What is no JSON: what it is, and what to write instead where that is clear. */
interface Refused {
  readonly kind: "refused";
  readonly what: string;
  readonly instead?: string | undefined;
}

/** Where a value stands: the way to it, such as `orders[0].when`, and all that it is part of. */
export interface Spot {
  readonly path: string;
  readonly around: readonly unknown[];
}

export const outermost: Spot = { path: "", around: [] };

/** Where a member or an element of the holder stands. */
export function inside({ path, around }: Spot, holder: unknown, key: string | number): Spot {
  const isName = typeof key === "string" && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key);
  const step = isName ? `${path === "" ? "" : "."}${key}` : `[${JSON.stringify(key)}]`;
  return { path: path + step, around: [...around, holder] };
}

/** Why a value is refused, as a sentence. */
export function refusal({ what, instead }: Refused, { path }: Spot): string {
  const subject = path === "" ? `${what} can't` : `${path} is ${what}, which can't`;
  const sentence = `${subject} stand in a workflow: only JSON values and references can`;
  return instead === undefined ? sentence : `${sentence}. ${instead}`;
}

const refused = (what: string, instead?: string): Refused => ({ kind: "refused", what, instead });

/** Half of a surrogate pair is no character, and is lost on its way through UTF-8. */
const halved = (text: string): Refused =>
  refused(`the text ${JSON.stringify(text)} with half a character (a lone surrogate)`);

const insteadOf: ReadonlyMap<string, string> = new Map([
  ["Date", "Use .toISOString()."],
  ["Map", "Use Object.fromEntries(…)."],
  ["Set", "Use [...set]."],
  ["Promise", "A workflow is written at once and awaits nothing."],
]);

/** Objects of classes are refused: what they hold beside their fields would be lost. */
function object(value: object): Plain {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    const { name } = value.constructor;
    return refused(`a ${name}`, insteadOf.get(name));
  }
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  const broken = members.find(([key]) => !key.isWellFormed());
  return broken === undefined ? { kind: "object", members } : halved(broken[0]);
}

/** Undefined members of objects count as not there; -0 is 0, as in JSON. */
export function plain(value: unknown, { around }: Spot = outermost): Plain {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? { kind: "literal", value } : halved(value);
    case "number":
      return Number.isFinite(value) ? { kind: "literal", value } : refused(`the number ${value}`);
    case "boolean":
      return { kind: "literal", value };
    case "object":
      if (value === null) return { kind: "literal", value };
      if (around.includes(value)) return refused("a value that holds itself");
      return Array.isArray(value) ? { kind: "array", items: value } : object(value);
    case "undefined":
      return refused("undefined", "Leave it out, or write null.");
    case "bigint":
      return refused("a bigint", "Use Number(…), or String(…) for more than 15 digits.");
    case "symbol":
    case "function":
      return refused(`a ${typeof value}`);
  }
}
