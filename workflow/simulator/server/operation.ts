/** What every operation of the API is made of: a checked input, a backend, pages. */
import { z } from "zod";
import { isObject } from "../json.ts";
import { maxPayloadBytes } from "../limits.ts";
import type { TaskTokens } from "../callbacks.ts";
import type { Activities } from "./activities.ts";
import { ApiError, invalid } from "./api-error.ts";
import type { Executions } from "./executions.ts";
import type { Machines } from "./machines.ts";
import type { Page } from "./paging.ts";

/** What operations work on. */
export interface Backend {
  readonly machines: Machines;
  readonly executions: Executions;
  readonly activities: Activities;
  readonly tokens: TaskTokens;
}

export type Operation = (input: unknown, backend: Backend) => unknown;
export type Operations = Readonly<Record<string, Operation>>;

export const arn = z.string().min(1).max(256);
/** JSON text. Its limit is of bytes, and no part of it is told in an error. */
export const payload = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= maxPayloadBytes, atMost("length", maxPayloadBytes));
/** Of the operations that tell a definition: METADATA_ONLY leaves it out. */
export const includedData = z.enum(["ALL_DATA", "METADATA_ONLY"]).optional();
export const errorFields = { error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() };

/** An operation whose input is checked before it sees it: no field that a caller sends is passed over in silence. */
export function operation<S extends z.ZodRawShape>(
  fields: S,
  work: (input: z.output<z.ZodObject<S, z.core.$strict>>, backend: Backend) => unknown,
): Operation {
  const schema = z.strictObject(fields);
  return (input, backend) => {
    const read = schema.safeParse(input);
    if (read.success) return work(read.data, backend);
    const [issue] = read.error.issues;
    throw issue?.code === "unrecognized_keys" ? unknownFields(issue.keys, Object.keys(fields)) : refused(input, issue);
  };
}

/** The service passes over what is no field of the request; here it may be one that the simulator does not have. */
function unknownFields(fields: readonly string[], known: readonly string[]): ApiError {
  const has = known.length === 0 ? "none" : known.join(", ");
  return new ApiError(
    "ValidationException",
    `The simulator has no field ${fields.map((field) => `'${field}'`).join(", ")} in this operation; it has ${has}.`,
  );
}

/** What the API's reference marks as sensitive. */
const untold = new Set(["input", "output", "error", "cause", "definition"]);

function refused(input: unknown, issue: z.core.$ZodIssue | undefined): ApiError {
  const field = issue?.path.join(".") ?? "";
  const given = isObject(input) && issue?.path.length === 1;
  if (given && (input[field] ?? null) === null) {
    return invalid(`Value null at '${field}' failed to satisfy constraint: Member must not be null`);
  }
  const told = given && !untold.has(field) ? ` '${String(input[field])}'` : "";
  return invalid(`Value${told} at '${field}' failed to satisfy constraint: ${constraint(issue)}`);
}

function constraint(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "invalid_value") {
    return `Member must satisfy enum value set: [${issue.values.map(String).join(", ")}]`;
  }
  if (issue?.code !== "too_big" && issue?.code !== "too_small") return issue?.message ?? "unknown";
  const what = issue.origin === "string" ? "length" : "value";
  if (issue.code === "too_big") return atMost(what, issue.maximum);
  return `Member must have ${what} greater than or equal to ${issue.minimum}`;
}

function atMost(what: "length" | "value", limit: number | bigint): string {
  return `Member must have ${what} less than or equal to ${limit}`;
}

export function paged<T>(name: string, found: Page<T>, render: (item: T) => unknown): unknown {
  return { [name]: found.items.map(render), ...(found.nextToken === undefined ? {} : { nextToken: found.nextToken }) };
}
