/**
 * JSONata expressions as a tree. A node is one construct of JSONata, with JSONata's own meaning; what makes them safe
 * (sequences that never collapse, arrays that never melt into one another) is in what builds them, `expressions/build.ts`.
 */
import type { CallSite } from "./bundle/index.ts";

export { bindingsIn, functionsIn, partsOf, textsIn } from "./expressions/parts.ts";
export { print } from "./expressions/print.ts";

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

export type Step = string | number;

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "path"; readonly binding: Binding; readonly path: readonly Step[] }
  /** Operands joined by an infix operator. */
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Expression[] }
  /** An element of what `of` gives, by its number. */
  | { readonly kind: "element"; readonly of: Expression; readonly at: Expression }
  /** What `of` gives, or an error where that is nothing. */
  | { readonly kind: "required"; readonly of: Expression }
  | { readonly kind: "condition"; readonly if: Expression; readonly then: Expression; readonly otherwise: Expression }
  /** A value under a name of its own, so that `body` can use it more than once. */
  | { readonly kind: "let"; readonly name: Binding; readonly value: Expression; readonly body: Expression }
  | { readonly kind: "call"; readonly function: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "lambda"; readonly parameters: readonly Binding[]; readonly body: Expression }
  /** An array constructor: an item that is an array is joined to it, unless it is a constructor itself. */
  | { readonly kind: "array"; readonly items: readonly Expression[] }
  /** The sequence that a call gives, which stays one even if it has a single member. */
  | { readonly kind: "sequence"; readonly of: Expression }
  | { readonly kind: "object"; readonly members: Readonly<Record<string, Expression>> }
  /** JSONata as its author wrote it: the values stand between the parts. */
  | {
      readonly kind: "raw";
      readonly parts: readonly string[];
      readonly values: readonly Expression[];
      /** The variables that it binds itself, without the dollar. */
      readonly names: readonly string[];
      /** The functions that it uses without binding them, without the dollar. */
      readonly uses: readonly string[];
    };

/** What a path starts from in the execution that reads it, and the steps that are left to take from there. */
export type Resolver = (
  binding: Binding,
  path: readonly Step[],
) => { readonly text: string; readonly path: readonly Step[] };
