/** Puts names and ARNs where tokens such as `${jobs.orders.arn}` stand. */
import { lookup } from "./definition/lookup.ts";

/** A token; its group is the name. A Lambda's has its step's name, which may be any text. */
export const tokenPattern = /\$\{([A-Za-z_][\w.]*|lambda\.[^{}]+\.arn)\}/g;

/** The names of all tokens in the texts of a value. */
export function tokensIn(value: unknown): Set<string> {
  const names = new Set<string>();
  const add = (each: unknown): void => {
    if (typeof each === "string") for (const [, name = ""] of each.matchAll(tokenPattern)) names.add(name);
    else if (typeof each === "object" && each !== null) Object.values(each).forEach(add);
  };
  add(value);
  return names;
}

/**
 * The value with all tokens in its texts replaced.
 * @throws Error that names each token for which there is no substitution
 */
export function render<T>(value: T, substitutions: Readonly<Record<string, string>>): T {
  const missing = new Set<string>();
  const walk = (each: unknown): unknown => {
    if (typeof each === "string") {
      return each.replaceAll(tokenPattern, (token, path: string) => {
        const substitution = lookup(substitutions, path);
        if (substitution === undefined) missing.add(token);
        return substitution ?? token;
      });
    }
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each === "object" && each !== null)
      return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, walk(inner)]));
    return each;
  };
  const rendered = walk(value) as T;
  if (missing.size > 0) throw new Error(`nothing stands for ${[...missing].join(", ")}`);
  return rendered;
}
