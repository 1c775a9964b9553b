/**
 * Variables. A branch or an iteration reads what is around it and keeps what it assigns to itself;
 * a child execution of a distributed Map starts with nothing.
 */
import { byteSize, type Json, type JsonObject } from "./json.ts";

export interface Scope {
  readonly own: Map<string, Json>;
  readonly outer: Scope | undefined;
}

export function newScope(outer?: Scope): Scope {
  return { own: new Map(), outer };
}

export function visibleVariables(scope: Scope): JsonObject {
  return { ...(scope.outer === undefined ? {} : visibleVariables(scope.outer)), ...Object.fromEntries(scope.own) };
}

export function assign(scope: Scope, values: JsonObject): void {
  for (const [name, value] of Object.entries(values)) scope.own.set(name, value);
}

/** Bytes of UTF-8 JSON that a scope's own variables of these names take. */
export function storedBytes(scope: Scope, names: Iterable<string> = scope.own.keys()): number {
  return [...names].reduce((sum, name) => {
    const value = scope.own.get(name);
    return value === undefined ? sum : sum + byteSize(value);
  }, 0);
}
