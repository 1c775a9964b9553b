/**
 * A captured object on its way through code, and the names that it is bound to on the way. A depth says how far inside a
 * value the object is: 0 is the object or a part of it, 1 what holds it.
 */
import ts from "typescript";
import { isImportCall, type Program } from "./program.ts";
import type { ValueKind } from "./value_types.ts";

export interface Flow {
  readonly program: Program;
  readonly kind: ValueKind;
  /** Where the value is followed from. */
  readonly origin: ts.Expression;
  /** The methods of the object that were looked into. */
  readonly methods: Set<ts.Node>;
  /** The object is changed, or given to code that may change it. */
  readonly changed: () => void;
  /** A name stands for what holds the object, at this depth. */
  readonly holds: (name: ts.Identifier, depth: number) => void;
  /** Goes on from an expression that the value has reached. */
  readonly follow: (node: ts.Expression, depth: number) => void;
}

export const partOf = (depth: number): number => Math.max(depth - 1, 0);
export const copyOf = (depth: number): number => Math.max(depth, 1);

/** A value is bound to a name, or to the names of a pattern. */
export function bind(flow: Flow, name: ts.BindingName, depth: number): void {
  if (ts.isIdentifier(name)) {
    flow.holds(name, depth);
    return;
  }
  for (const each of name.elements) {
    if (!ts.isOmittedExpression(each)) bind(flow, each.name, each.dotDotDotToken ? copyOf(depth) : partOf(depth));
  }
}

/** A value is assigned to a name, a pattern, or a place inside of something that a name stands for. */
export function assign(flow: Flow, target: ts.Expression, depth: number): void {
  if (ts.isIdentifier(target)) flow.holds(target, depth);
  else if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
    assign(flow, target.expression, depth + 1);
  } else if (ts.isArrayLiteralExpression(target)) {
    for (const each of target.elements) {
      assign(flow, each, ts.isSpreadElement(each) ? copyOf(depth) : partOf(depth));
    }
  } else if (ts.isObjectLiteralExpression(target)) {
    for (const each of target.properties) {
      if (ts.isPropertyAssignment(each)) assign(flow, each.initializer, partOf(depth));
      else if (ts.isShorthandPropertyAssignment(each)) flow.holds(each.name, partOf(depth));
      else if (ts.isSpreadAssignment(each)) assign(flow, each.expression, copyOf(depth));
    }
  } else if (ts.isSpreadElement(target) || ts.isNonNullExpression(target) || ts.isParenthesizedExpression(target)) {
    assign(flow, target.expression, depth);
  } else if (ts.isBinaryExpression(target)) {
    assign(flow, target.left, depth);
  } else if (!ts.isOmittedExpression(target) && !isImportCall(target)) {
    // Nothing tells who else may get at it: `this.limits = limits`.
    flow.changed();
  }
}
