/** JSON values: everything that enters, leaves or is stored by an execution is one of these. */
import { z } from "zod";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Any JSON value, as it is: zod's own `z.json()` and `z.record()` lose a member named `__proto__`. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>(isJson);
export const jsonObjectSchema: z.ZodType<JsonObject> = z.custom<JsonObject>(
  (value) => isObject(value) && isJson(value),
);

/** An object of such members under such keys, a member named `__proto__` among them. `error` is for what is no object. */
export const recordSchema = <T>(
  key: z.ZodType<string>,
  member: z.ZodType<T>,
  error = "has to be an object",
): z.ZodType<Readonly<Record<string, T>>> =>
  z
    .preprocess((value) => (isObject(value) ? new Map(Object.entries(value)) : value), z.map(key, member, { error }))
    .transform((members) => Object.fromEntries(members));

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "object" && Object.values(value).every(isJson);
}

/** Step Functions' own words for a value's type, as they stand in its error causes. */
export function typeName(value: Json): "null" | "boolean" | "number" | "string" | "array" | "object" {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return "number";
  if (typeof value === "string") return "string";
  return Array.isArray(value) ? "array" : "object";
}

/** Size in bytes of the value as UTF-8 JSON text: what the service's limits count. */
export function byteSize(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value), "utf8");
}

/** Thrown by {@link toJson} for a value that JSON can't hold. */
export class NotJson extends Error {
  override readonly name = "NotJson";
}

/**
 * A plain, unshared JSON copy of any value: own enumerable members, without undefined ones.
 * @throws {NotJson} for undefined at the top, functions, symbols, bigints and numbers that aren't finite
 */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new NotJson(`${value} is not a JSON number`);
    return value;
  }
  if (typeof value !== "object") throw new NotJson(`a value of type ${typeof value} is not JSON`);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((member: unknown) => (member === undefined ? null : toJson(member)));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, toJson(member)]),
  );
}
