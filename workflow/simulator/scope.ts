/**
 * Variables. A branch or an iteration reads what is around it and keeps what it assigns to itself;
 * a child execution of a distributed Map starts with nothing.
 */
import type { Json } from "./json.ts";

export interface Scope {
  readonly own: Map<string, Json>;
  readonly outer: Scope | undefined;
}

export function newScope(outer?: Scope): Scope {
  return { own: new Map(), outer };
}

export function visibleVariables(scope: Scope): Record<string, Json> {
  return { ...(scope.outer === undefined ? {} : visibleVariables(scope.outer)), ...Object.fromEntries(scope.own) };
}

export function assign(scope: Scope, values: Readonly<Record<string, Json>>): void {
  for (const [name, value] of Object.entries(values)) scope.own.set(name, value);
}
