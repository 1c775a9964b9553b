/**
 * Paths: `$.a[0]['b']` into a state's data, `$$.Execution.Id` into the context object, `$name.a` into a variable.
 * Reference paths, which name one node, are walked here; anything else is the JSONPath library's.
 * https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
import { JSONPath } from "jsonpath-plus";
import { isObject, typeName, type Json } from "../json.ts";

/** Where a path starts, and the values that it can start from. */
export interface Roots {
  readonly data: Json;
  readonly context: Json;
  readonly variables: Readonly<Record<string, Json>>;
}

/** A member's name, or an item's index; a negative index counts from the end. */
export type Step = string | number;

export type Found = { readonly value: Json } | { readonly missing: string };

/** The steps of a reference path below its root, or undefined if the path can find several nodes or isn't one at all. */
export function referenceSteps(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let rest = path.slice(rootOf(path)?.length ?? path.length + 1);
  if (rootOf(path) === undefined) return undefined;
  while (rest !== "") {
    const [token = "", name, single, double, index] = step.exec(rest) ?? [];
    if (token === "") return undefined;
    rest = rest.slice(token.length);
    if (index !== undefined) steps.push(Number(index));
    else steps.push(name ?? double ?? (single ?? "").replace(/\\(['\\])/g, "$1"));
  }
  return steps;
}

/** What is wrong with a path's grammar, or undefined. */
export function pathError(path: string): string | undefined {
  if (rootOf(path) === undefined) return "a path starts with $, $$ or $variable";
  if (referenceSteps(withoutLength(path)) !== undefined) return undefined;
  try {
    several(path, []);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Finds what a path names. One that can find several nodes gives them as an array, which may be empty.
 * @returns `missing` has the reason in the words of the service's own JSONPath library
 */
export function find(path: string, roots: Roots): Found {
  const root = rootOf(path) ?? "";
  const start = startOf(root, roots);
  if (start === undefined) return { missing: `The variable ${root} is not defined` };
  const target = withoutLength(path);
  const steps = referenceSteps(target);
  const found = steps === undefined ? { value: several(target, start) } : walk(steps, start);
  if (target === path || "missing" in found) return found;
  return lengthOf(found.value);
}

/** Puts a value at a reference path; what lacks on the way is made. Undefined if something on the way is neither object nor array. */
export function put(target: Json, steps: readonly Step[], value: Json): Json | undefined {
  const [first, ...others] = steps;
  if (first === undefined) return value;
  if (typeof first === "number") {
    if (!isArray(target) || first < 0 || first >= target.length) return undefined;
    const inner = put(target[first] ?? null, others, value);
    return inner === undefined ? undefined : target.with(first, inner);
  }
  if (!isObject(target)) return undefined;
  const inner = put(Object.hasOwn(target, first) ? (target[first] ?? {}) : {}, others, value);
  return inner === undefined ? undefined : { ...target, [first]: inner };
}

const step =
  /^(?:\.([^.[\]()*?'",:@\s]+)|\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[\s*(-?\d+)\s*\])/s;

function rootOf(path: string): string | undefined {
  return /^\$(?:\$|[\p{L}_][\p{L}\p{N}_]*)?(?=$|[.[])/u.exec(path)?.[0];
}

function startOf(root: string, roots: Roots): Json | undefined {
  if (root === "$") return roots.data;
  if (root === "$$") return roots.context;
  const name = root.slice(1);
  return Object.hasOwn(roots.variables, name) ? roots.variables[name] : undefined;
}

/** The library has no functions; `length()` is the one that definitions use. */
function withoutLength(path: string): string {
  return path.replace(/\.length\(\)$/, "");
}

function lengthOf(value: Json): Found {
  if (isArray(value) || typeof value === "string") return { value: value.length };
  if (isObject(value)) return { value: Object.keys(value).length };
  return { missing: `${typeName(value)} has no length()` };
}

function walk(steps: readonly Step[], start: Json): Found {
  let value = start;
  for (const [index, key] of steps.entries()) {
    const inner = member(value, key);
    if (inner === undefined) {
      const shown = (names: readonly Step[]): string => names.map((name) => `[${show(name)}]`).join("");
      return index === steps.length - 1
        ? { missing: `No results for path: $${shown(steps)}` }
        : { missing: `Missing property in path $${shown(steps.slice(0, index + 1))}` };
    }
    value = inner;
  }
  return { value };
}

function show(key: Step): string {
  return typeof key === "number" ? String(key) : `'${key}'`;
}

function member(value: Json, key: Step): Json | undefined {
  if (typeof key === "number") return isArray(value) ? value.at(key) : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function several(path: string, start: Json): Json {
  if (typeof start !== "object" || start === null) return [];
  const below = path.slice(rootOf(path)?.length ?? 0);
  // "safe" evaluates filters without `eval`.
  const found: unknown = JSONPath({ path: `$${below}`, json: start, wrap: true, eval: "safe" });
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
