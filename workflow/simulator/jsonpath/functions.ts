/**
 * The intrinsic functions, from values to values.
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { seededRandom } from "../random.ts";

/** Where chance comes from. */
export interface Chance {
  readonly random: () => number;
  readonly uuid: () => string;
}

/** Why a function gave no value. */
export class IntrinsicError extends Error {
  override readonly name = "IntrinsicError";
}

type Apply = (args: readonly Json[], chance: Chance) => Json;

const any = z.custom<Json>();
const array = z.array(any);
const maxCharacters = 10_000;
const text = z.string();
const shortText = z.string().max(maxCharacters);
const object = z.custom<JsonObject>(isObject, "must be an object");
// The service rounds as Java does, half up: -1.5 becomes -1.
const integer = z.number().transform((value) => Math.round(value) + 0);
const maxRangeItems = 1_000;
const hashes = { MD5: "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" } as const;

function define<A extends readonly unknown[]>(
  parameters: z.ZodType<A>,
  apply: (args: A, chance: Chance) => Json,
): Apply {
  return (args, chance) => {
    const read = parameters.safeParse(args);
    if (read.success) return apply(read.data, chance);
    const [issue] = read.error.issues;
    const place = typeof issue?.path[0] === "number" ? `argument ${issue.path[0] + 1}: ` : "";
    throw new IntrinsicError(`${place}${issue?.message ?? "wrong arguments"}`);
  };
}

const functions: Readonly<Record<string, Apply>> = {
  Format: define(z.tuple([text], any), ([template, ...args]) => format(template, args)),
  StringToJson: define(z.tuple([text]), ([value]) => stringToJson(value)),
  JsonToString: define(z.tuple([any]), ([value]) => JSON.stringify(value)),
  Array: (args) => [...args],
  ArrayPartition: define(z.tuple([array, integer.pipe(z.int().min(1))]), ([items, size]) =>
    Array.from({ length: Math.ceil(items.length / size) }, (_, part) => items.slice(part * size, (part + 1) * size)),
  ),
  ArrayContains: define(z.tuple([array, any]), ([items, wanted]) => items.some((item) => equal(item, wanted))),
  ArrayRange: define(z.tuple([integer, integer, integer]), ([first, last, delta]) => range(first, last, delta)),
  ArrayGetItem: define(z.tuple([array, integer]), ([items, index]) => {
    const item = index < 0 ? undefined : items[index];
    if (item === undefined) throw new IntrinsicError(`there is no item ${index} in an array of ${items.length}`);
    return item;
  }),
  ArrayLength: define(z.tuple([array]), ([items]) => items.length),
  ArrayUnique: define(z.tuple([array]), ([items]) =>
    items.filter((item, index) => items.findIndex((other) => equal(item, other)) === index),
  ),
  Base64Encode: define(z.tuple([shortText]), ([value]) => Buffer.from(value, "utf8").toString("base64")),
  Base64Decode: define(z.tuple([shortText]), ([value]) => Buffer.from(value, "base64").toString("utf8")),
  Hash: define(z.tuple([shortText, z.enum(["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"])]), ([data, algorithm]) =>
    createHash(hashes[algorithm]).update(data, "utf8").digest("hex"),
  ),
  // Only the shallow merge exists: a key of the second object replaces the first's whole.
  JsonMerge: define(z.tuple([object, object, z.literal(false)]), ([first, second]) => ({ ...first, ...second })),
  MathRandom: define(z.tuple([integer, integer, integer.optional()]), ([from, to, seed], chance) => {
    if (to <= from) throw new IntrinsicError("the end must be greater than the start");
    const drawn = seed === undefined ? chance.random() : seededRandom(seed)();
    return from + Math.floor(drawn * (to - from));
  }),
  MathAdd: define(z.tuple([integer, integer]), ([first, second]) => first + second),
  StringSplit: define(z.tuple([text, text]), ([value, delimiters]) => split(value, delimiters)),
  UUID: define(z.tuple([]), (_, chance) => chance.uuid()),
};

/** The function of a name like `States.Format`, or undefined. */
export function intrinsic(name: string): Apply | undefined {
  const short = name.replace(/^States\./, "");
  return Object.hasOwn(functions, short) ? functions[short] : undefined;
}

// -0 and 0 are one number in JSON.
function equal(first: Json, second: Json): boolean {
  return isDeepStrictEqual(first === 0 ? 0 : first, second === 0 ? 0 : second);
}

/** The template keeps its escapes: `\{` is a brace and no place for an argument. */
function format(template: string, args: readonly Json[]): string {
  let used = 0;
  const filled = template.replace(/\\(.)|\{\}/gs, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    used += 1;
    const argument = args[used - 1];
    return argument === undefined ? "" : word(argument);
  });
  if (used !== args.length)
    throw new IntrinsicError(`the template has ${used} {}, and there are ${args.length} values`);
  return filled;
}

/** As Java prints a value: the service formats objects as {a=1, b=[]}. */
function word(value: Json): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(word).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}=${word(member)}`)
    .join(", ")}}`;
}

/** Blank text is null to the service. */
function stringToJson(value: string): Json {
  if (value.trim() === "") return null;
  try {
    return JSON.parse(value) as Json;
  } catch (error) {
    throw new IntrinsicError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function range(first: number, last: number, delta: number): Json {
  if (delta === 0) throw new IntrinsicError("the step can't be zero");
  const length = Math.max(0, Math.floor((last - first) / delta) + 1);
  if (length > maxRangeItems) throw new IntrinsicError(`the range has more than ${maxRangeItems} items`);
  return Array.from({ length }, (_, index) => first + index * delta);
}

/** Every character of the delimiters splits, and nothing empty is left, as Java's StringTokenizer does. */
function split(value: string, delimiters: string): Json {
  const parts: string[] = [""];
  for (const character of value) {
    if (delimiters.includes(character)) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${character}`);
  }
  return parts.filter((part) => part !== "");
}
