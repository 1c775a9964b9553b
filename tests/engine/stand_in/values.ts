/** Property values as the engine sends them over the wire: assets by hash, unknowns as one magic text. */
import { isDeepStrictEqual } from "node:util";

export type Values = Readonly<Record<string, unknown>>;

/** Stands for every value that a preview can't know yet: https://github.com/pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks an object as an asset, an archive or a secret. */
const signature = "4dabf18193072939515e22adb298388d";

const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Assets and archives are the same when their content is, wherever the files lie. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (!isRecord(value)) return value;
  if (signature in value && typeof value.hash === "string") return { hash: value.hash };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]));
}

/** Whether any part of the value isn't known yet; a text that was put together with an unknown is one whole. */
export const hasUnknown = (value: unknown): boolean => JSON.stringify(value ?? null).includes(unknown);

export const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(comparable(a), comparable(b));

/** The names of the properties that differ. */
export const differing = (olds: Values, news: Values): string[] =>
  [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((key) => !same(olds[key], news[key]));

/** @throws Error if the value isn't the object that a message's struct is. */
export function values(struct: unknown): Values {
  if (isRecord(struct)) return struct;
  throw new Error(`The engine sent ${JSON.stringify(struct)} where an object of properties belongs.`);
}
