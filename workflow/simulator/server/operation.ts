/** What every operation of the API is made of: a checked input, a backend, pages. */
import { z } from "zod";
import { isObject } from "../json.ts";
import type { TaskTokens } from "../callbacks.ts";
import type { Activities } from "./activities.ts";
import { invalid } from "./api-error.ts";
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
export const errorFields = { error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() };

/** An operation whose input is checked before it sees it. */
export function operation<T>(schema: z.ZodType<T>, work: (input: T, backend: Backend) => unknown): Operation {
  return (input, backend) => {
    const read = schema.safeParse(input);
    if (read.success) return work(read.data, backend);
    const [issue] = read.error.issues;
    const field = issue?.path.join(".") ?? "";
    const value = issue?.path.length === 1 && isObject(input) ? ` '${String(input[field])}'` : "";
    throw invalid(`Value${value} at '${field}' failed to satisfy constraint: ${issue?.message ?? "unknown"}`);
  };
}

export function paged<T>(name: string, found: Page<T>, render: (item: T) => unknown): unknown {
  return { [name]: found.items.map(render), ...(found.nextToken === undefined ? {} : { nextToken: found.nextToken }) };
}
