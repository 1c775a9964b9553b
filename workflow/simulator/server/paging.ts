/** Pages of a list: maxResults and an opaque nextToken, as all List and Get operations have them. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { invalidToken } from "./api-error.ts";

export const pageFields = {
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).optional(),
};

export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

const cursor = z.object({ after: z.string(), of: z.string() });
const defaultSize = 100;

/** The arguments that decide what is listed, and in which order. */
function digest({ maxResults: _size, nextToken: _token, ...others }: PageRequest): string {
  const sorted = Object.entries(others).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("base64url");
}

function readToken(token: string, request: PageRequest): string {
  try {
    const { after, of } = cursor.parse(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
    if (of === digest(request)) return after;
  } catch {
    throw invalidToken();
  }
  throw invalidToken();
}

/**
 * One page of a list that may grow between two requests: the token names the last item seen, not a position, and is good
 * for the arguments that it was made with alone.
 * @param request the whole input of the operation
 * @param key what is unique and stays the same about an item
 */
export function page<T>(list: readonly T[], request: PageRequest, key: (item: T) => string): Page<T> {
  const { maxResults = 0, nextToken } = request;
  const after = nextToken === undefined ? undefined : readToken(nextToken, request);
  const last = after === undefined ? -1 : list.findIndex((item) => key(item) === after);
  if (after !== undefined && last === -1) throw invalidToken();
  const size = maxResults === 0 ? defaultSize : maxResults;
  const items = list.slice(last + 1, last + 1 + size);
  const end = items.at(-1);
  if (end === undefined || last + 1 + size >= list.length) return { items };
  const token: z.input<typeof cursor> = { after: key(end), of: digest(request) };
  return { items, nextToken: Buffer.from(JSON.stringify(token)).toString("base64url") };
}
