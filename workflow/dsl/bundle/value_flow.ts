/** Where a value goes from an expression: into names, copies, literals and results, and what is done to it. */
import ts from "typescript";
import { assign, bind, copyOf, partOf, type Flow } from "./flow.ts";
import { followArgument, followMethod, followThis } from "./call_flow.ts";
import { isStatic } from "./names.ts";
import { ownCallable } from "./own_callable.ts";
import { isWritten } from "./written.ts";

/** Whether an expression is, as a whole, what its parent's value is. */
function isPassedOn(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    if (kind === ts.SyntaxKind.CommaToken) return parent.right === node;
    return (
      kind === ts.SyntaxKind.QuestionQuestionToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.AmpersandAmpersandToken
    );
  }
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAwaitExpression(parent)
  );
}

/** Follows a value to all places that it gets to from an expression. */
export function followFrom(from: Omit<Flow, "follow">, node: ts.Expression, depth: number): void {
  const flow: Flow = {
    ...from,
    follow: (next, at) => {
      step(flow, next, at);
    },
  };
  step(flow, node, depth);
}

function step(flow: Flow, node: ts.Expression, depth: number): void {
  const { parent } = node;
  if (isPassedOn(node) && ts.isExpression(parent)) {
    flow.follow(parent, depth);
  } else if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
    if (parent.expression === node) followAccess(flow, parent, depth);
  } else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    if (parent.expression === node) followCall(flow, parent, depth);
    else followArgument(flow, parent, node, depth);
  } else if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) {
    if (parent.initializer === node) bind(flow, parent.name, depth);
  } else if (ts.isBinaryExpression(parent)) {
    if (parent.right === node && isWritten(parent.left)) {
      assign(flow, parent.left, depth);
      flow.follow(parent, depth);
    }
  } else if (ts.isForOfStatement(parent) && parent.expression === node) {
    const { initializer } = parent;
    if (ts.isVariableDeclarationList(initializer)) {
      for (const each of initializer.declarations) bind(flow, each.name, partOf(depth));
    } else assign(flow, initializer, partOf(depth));
  } else followInto(flow, node, depth);
}

/** What a function of ours or a class makes is something new; who holds such a function one step away gets what it holds. */
function followCall(flow: Flow, call: ts.Expression, depth: number): void {
  if (depth > 0 || flow.kind !== "trusted") flow.follow(call, partOf(depth));
}

/** Into literals, templates and results. */
function followInto(flow: Flow, node: ts.Expression, depth: number): void {
  const { parent } = node;
  if (ts.isSpreadElement(parent)) {
    if (ts.isArrayLiteralExpression(parent.parent)) flow.follow(parent.parent, copyOf(depth));
    else flow.follow(parent, partOf(depth));
  } else if (ts.isSpreadAssignment(parent)) {
    flow.follow(parent.parent, copyOf(depth));
  } else if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent)) {
    if (!isWritten(node)) flow.follow(parent.parent, depth + 1);
  } else if (ts.isArrayLiteralExpression(parent)) {
    if (!isWritten(node)) flow.follow(parent, depth + 1);
  } else if (ts.isTemplateSpan(parent)) {
    const tagged = parent.parent.parent;
    if (ts.isTaggedTemplateExpression(tagged)) followArgument(flow, tagged, node, depth);
  } else if (ts.isPropertyDeclaration(parent)) {
    const { name } = parent.parent;
    if (name !== undefined) flow.holds(name, depth + (isStatic(parent) ? 1 : 2));
  } else if (ts.isThrowStatement(parent)) {
    // Who catches it can't be told.
    if (flow.kind !== "trusted") flow.changed();
  } else if (ts.isReturnStatement(parent) || ts.isYieldExpression(parent) || ts.isArrowFunction(parent)) {
    const maker = ts.findAncestor(node.parent, ts.isFunctionLike);
    if (maker !== undefined) followResult(flow, maker, ts.isYieldExpression(parent) ? depth + 1 : depth);
  }
}

function followAccess(
  flow: Flow,
  access: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  depth: number,
): void {
  const { parent } = access;
  if (isWritten(access)) {
    if (depth === 0) flow.changed();
  } else if (ts.isCallExpression(parent) && parent.expression === access) {
    followMethod(flow, access, parent, depth);
  } else if (ts.isTaggedTemplateExpression(parent) && parent.tag === access) {
    if (depth === 0 && flow.kind !== "trusted") flow.changed();
  } else {
    const getter = depth === 0 ? ownCallable(flow.program, access) : undefined;
    if (getter !== undefined && ts.isAccessor(getter)) followThis(flow, getter);
    flow.follow(access, partOf(depth));
  }
}

/** A function's result goes where its calls are: who holds the function holds the object, one step further away. */
function followResult(flow: Flow, maker: ts.SignatureDeclaration, depth: number): void {
  const { parent } = maker;
  if (ts.isFunctionDeclaration(maker) && maker.name) flow.holds(maker.name, depth + 1);
  else if (ts.isClassLike(parent)) {
    // A static method is one step inside its class, a method of an instance two.
    if (parent.name) flow.holds(parent.name, depth + 2);
  } else if (ts.isObjectLiteralExpression(parent)) {
    flow.follow(parent, ts.isAccessor(maker) ? depth + 1 : depth + 2);
  } else if (ts.isArrowFunction(maker) || ts.isFunctionExpression(maker)) {
    const call = ts.isParenthesizedExpression(parent) ? parent.parent : parent;
    const isArgument = ts.isCallExpression(call) && call.expression !== parent && call.expression !== maker;
    if (isArgument) flow.follow(call, depth + 1);
    else flow.follow(maker, depth + 1);
  }
}
