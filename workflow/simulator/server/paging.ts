/** Pages of a list: maxResults and an opaque nextToken, as all List and Get operations have them. */
import { z } from "zod";
import { invalid, invalidToken } from "./api-error.ts";

export const pageFields = {
  maxResults: z.int().min(0).optional(),
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

const cursor = z.object({ after: z.string() });
const defaultSize = 100;
const maxSize = 1000;

function readToken(token: string): string {
  try {
    return cursor.parse(JSON.parse(Buffer.from(token, "base64url").toString("utf8"))).after;
  } catch {
    throw invalidToken();
  }
}

/**
 * One page of a list that may grow between two requests: the token names the last item seen, not a position.
 * @param key what is unique and stays the same about an item
 */
export function page<T>(list: readonly T[], request: PageRequest, key: (item: T) => string): Page<T> {
  const { maxResults = 0, nextToken } = request;
  if (maxResults > maxSize) {
    throw invalid(
      `Value '${maxResults}' at 'maxResults' failed to satisfy constraint: ` +
        `Member must have value less than or equal to ${maxSize}`,
    );
  }
  const after = nextToken === undefined ? undefined : readToken(nextToken);
  const last = after === undefined ? -1 : list.findIndex((item) => key(item) === after);
  if (after !== undefined && last === -1) throw invalidToken();
  const size = maxResults === 0 ? defaultSize : maxResults;
  const items = list.slice(last + 1, last + 1 + size);
  const end = items.at(-1);
  if (end === undefined || last + 1 + size >= list.length) return { items };
  return { items, nextToken: Buffer.from(JSON.stringify({ after: key(end) })).toString("base64url") };
}
