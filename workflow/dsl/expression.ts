/** JSONata expressions as a tree, and their text: precedence always right, strings and keys always escaped. */

import type { CallSite } from "./bundle/index.ts";

/** What a reference starts from; how it is written depends on the execution that reads it. */
export interface Binding {
  /** The state that gives the value, for messages. */
  readonly state: string;
  /** The JSONata text of the value where it was made, such as `$CheckMarkers` or `$states.context.Execution.Input`. */
  readonly text: string;
  /** The line of the workflow that made it. */
  readonly site: CallSite;
  /** The block in whose scope it is known. */
  readonly scope: Scope;
}

/** A lexical scope of the machine: variables of an outer one are visible in an inner one, unless that is another execution. */
export interface Scope {
  readonly outer: Scope | undefined;
  /** Whether it belongs to a child execution, which sees nothing of the outer scopes: a distributed Map's. */
  readonly ownExecution: boolean;
}

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "path"; readonly binding: Binding; readonly path: readonly (string | number)[] }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Expression[] }
  | { readonly kind: "step"; readonly of: Expression; readonly at: string | number }
  | { readonly kind: "default"; readonly value: Expression; readonly otherwise: Expression }
  | { readonly kind: "call"; readonly function: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "array"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly members: Readonly<Record<string, Expression>> };

/** What a path starts from in the execution that reads it, and the steps that are left to take from there. */
export type Resolver = (
  binding: Binding,
  path: readonly (string | number)[],
) => { readonly text: string; readonly path: readonly (string | number)[] };

/** JSON's strings are JSONata's; both know `\uXXXX`. */
const quote = (text: string): string => JSON.stringify(text);

const step = (at: string | number): string => {
  if (typeof at === "number") return `[${at}]`;
  return `.\`${at}\``;
};

/** JSONata has no escape inside backquotes; a key with one in it is looked up by a call. */
function path(root: string, steps: readonly (string | number)[]): string {
  return steps.reduce<string>(
    (text, at) =>
      typeof at === "string" && /[`\\]/.test(at)
        ? `$lookup(${text}, ${quote(at)})`
        : text + (typeof at === "string" && /^[A-Za-z_]\w*$/.test(at) && !reserved.has(at) ? `.${at}` : step(at)),
    root,
  );
}
const reserved = new Set(["and", "or", "in", "function", "true", "false", "null"]);

/**
 * An element of an array constructor. JSONata joins an array that stands there to the array around it, unless it is a
 * constructor itself, so what may be an array is wrapped once more.
 */
function element({ kind }: Expression, text: string): string {
  const mayBeArray = kind === "path" || kind === "step" || kind === "default";
  return mayBeArray ? `($type(${text}) = "array" ? [[${text}]] : ${text})` : text;
}

export function print(expression: Expression, resolve: Resolver): string {
  const inner = (each: Expression): string => print(each, resolve);
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? quote(expression.value) : String(expression.value);
    case "path": {
      const root = resolve(expression.binding, expression.path);
      return path(root.text, root.path);
    }
    case "operation":
      return `(${expression.operands.map(inner).join(` ${expression.operator} `)})`;
    case "step":
      return path(`(${inner(expression.of)})`, [expression.at]);
    case "default": {
      const value = inner(expression.value);
      // `$exists` is true of null, and comparing what does not exist with null is false.
      return `($exists(${value}) and ${value} != null ? ${value} : ${inner(expression.otherwise)})`;
    }
    case "call":
      return `$${expression.function}(${expression.arguments.map(inner).join(", ")})`;
    case "array":
      return `[${expression.items.map((item) => element(item, inner(item))).join(", ")}]`;
    case "object":
      return `{${Object.entries(expression.members)
        .map(([key, value]) => `${quote(key)}: ${inner(value)}`)
        .join(", ")}}`;
  }
}
