/** Values of a definition compared by what they mean: the order of keys and the space around an expression say nothing. */
import { lookup } from "../lookup.ts";
import { expressionIn, isObject } from "../machine.ts";

export interface Difference {
  /** Such as `Arguments.Payload.items[0]`. */
  readonly path: string;
  readonly was: unknown;
  readonly now: unknown;
}

/** The same text for values that mean the same. */
export const canonical = (value: unknown): string =>
  value === undefined ? "undefined" : JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
  const expression = expressionIn(value);
  if (expression !== undefined) return `{% ${expression} %}`;
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  // Pairs, since an object would put keys that look like numbers first and lose `__proto__`.
  return {
    members: Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  };
}

/** Where the two values differ, as deep as both have the same form. */
export function differences(was: unknown, now: unknown, path = ""): Difference[] {
  if (canonical(was) === canonical(now)) return [];
  if (isList(was) && isList(now)) return listDifferences(was, now, path);
  if (isObject(was) && isObject(now)) {
    const keys = new Set([...Object.keys(was), ...Object.keys(now)]);
    return [...keys].flatMap((key) => differences(lookup(was, key), lookup(now, key), member(path, key)));
  }
  return [{ path, was, now }];
}

/** What both lists begin and end with is the same; between, members are compared one by one if they can be paired. */
function listDifferences(was: readonly unknown[], now: readonly unknown[], path: string): Difference[] {
  const same = (one: number, other: number): boolean => canonical(was[one]) === canonical(now[other]);
  const shorter = Math.min(was.length, now.length);
  let first = 0;
  while (first < shorter && same(first, first)) first += 1;
  let last = 0;
  while (last < shorter - first && same(was.length - 1 - last, now.length - 1 - last)) last += 1;
  const [before, after] = [was.slice(first, was.length - last), now.slice(first, now.length - last)];
  if (before.length > 0 && after.length > 0 && before.length !== after.length) return [{ path, was, now }];
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index).flatMap((index) =>
    differences(before[index], after[index], `${path}[${first + index}]`),
  );
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function member(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
