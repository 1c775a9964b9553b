/** Where a value goes by way of calls: methods that it has, and functions that it is given to. */
import ts from "typescript";
import { isDslCallee } from "./dsl_calls.ts";
import {
  changesFirst,
  changing,
  dotted,
  functionHandsOn,
  methodHandsOn,
  storing,
  type HandsOn,
} from "./known_calls.ts";
import { forEachValue, isReference, ownsThis, specifierOf, widest, withoutTypes } from "./names.ts";
import { ownCallable, type Callable } from "./own_callable.ts";
import { moduleOf } from "./program.ts";
import { assign, bind, copyOf, partOf, type Flow } from "./flow.ts";
import { isImmutable, isPrimitive } from "./value_types.ts";

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;
type Call = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

const nameOf = (access: Access): string | undefined => {
  if (ts.isPropertyAccessExpression(access)) return access.name.text;
  return ts.isStringLiteralLike(access.argumentExpression) ? access.argumentExpression.text : undefined;
};

function handOn(flow: Flow, call: ts.Expression, how: HandsOn, depth: number): void {
  if (how === "part") flow.follow(call, partOf(depth));
  if (how === "copy") flow.follow(call, copyOf(depth));
}

/** A method is called on what holds the object. */
export function followMethod(flow: Flow, access: Access, call: ts.CallExpression, depth: number): void {
  const name = nameOf(access) ?? "";
  const own = ownCallable(flow.program, access);
  const how = own === undefined ? methodHandsOn(name) : undefined;
  if (how !== undefined) {
    if (flow.kind === "pattern" && (name === "exec" || name === "test")) flow.changed();
    for (const each of call.arguments) giveParts(flow, each, depth);
    handOn(flow, call, how, depth);
  } else if (depth > 0) {
    // A function that gives the object away may be behind the method: `{ limits: () => limits }`.
    flow.follow(call, Math.max(depth - 2, 0));
  } else if (own !== undefined) {
    followThis(flow, own);
    flow.follow(call, 0);
  } else if (flow.kind !== "trusted" || (ts.isIdentifier(withoutTypes(access.expression)) && changing.has(name))) {
    flow.changed();
  }
}

/** What a method or accessor of ours does to the object that it is called on; static ones name their class, in effect. */
export function followThis(flow: Flow, method: ts.Node): void {
  if (flow.kind === "trusted" || flow.methods.has(method)) return;
  flow.methods.add(method);
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.SuperKeyword) flow.changed();
    if (node.kind === ts.SyntaxKind.ThisKeyword && ts.isExpression(node)) flow.follow(node, 0);
    if (!ownsThis(node)) forEachValue(node, visit);
  };
  if (!ts.isArrowFunction(method)) forEachValue(method, visit);
}

/** A reading method calls a function with the parts of what it reads: `limits.forEach((limit) => …)`. */
function giveParts(flow: Flow, argument: ts.Expression, depth: number): void {
  const own = ownCallable(flow.program, argument);
  if (own !== undefined) bindParameters(flow, own, () => partOf(depth));
}

function bindParameters(flow: Flow, callee: Callable, depthAt: (index: number) => number | undefined): void {
  const maker = ts.isClassLike(callee) ? callee.members.find(ts.isConstructorDeclaration) : callee;
  if (maker === undefined ? ts.isClassLike(callee) && callee.heritageClauses !== undefined : readsArguments(maker)) {
    flow.changed();
  }
  maker?.parameters.forEach(({ name, dotDotDotToken }, index) => {
    const depth = depthAt(index);
    if (depth !== undefined) bind(flow, name, dotDotDotToken ? depth + 1 : depth);
  });
}

const readsArguments = (node: ts.Node): boolean =>
  (ts.isIdentifier(node) && node.text === "arguments" && isReference(node)) ||
  ts.forEachChild(node, (child) => readsArguments(child) || undefined) === true;

/** Where an argument ends up among the parameters: the last of them may take the rest. */
function parameterAt({ parameters }: ts.SignatureDeclaration, index: number): number {
  const last = parameters.length - 1;
  return parameters[last]?.dotDotDotToken ? Math.min(index, last) : index;
}

/** The place among a call's arguments, of which a template's strings are the first. */
function indexOf(call: Call, argument: ts.Expression): number {
  if (!ts.isTaggedTemplateExpression(call)) return call.arguments?.indexOf(argument) ?? 0;
  const { template } = call;
  const spans = ts.isTemplateExpression(template) ? template.templateSpans : [];
  return 1 + spans.findIndex(({ expression }) => expression === argument);
}

/** A value is given to a call, as it is or within literals. */
export function followArgument(flow: Flow, call: Call, argument: ts.Expression, depth: number): void {
  const { program } = flow;
  const module = moduleOf(program, call);
  const callee = withoutTypes(ts.isTaggedTemplateExpression(call) ? call.tag : call.expression);
  if (module === undefined || isDslCallee(module, callee)) return;
  const own = ownCallable(program, callee);
  const index = indexOf(call, argument);
  if (own !== undefined) {
    const isSpread = ts.isSpreadElement(argument);
    const place = ts.isClassLike(own) ? index : parameterAt(own, index);
    bindParameters(flow, own, (each) => (isSpread || each === place ? depth : undefined));
    return;
  }
  const name = dotted(callee);
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
  const how = functionHandsOn(name, specifierOf(module, callee)) ?? methodHandsOn(method);
  const args = ts.isTaggedTemplateExpression(call) ? [] : (call.arguments ?? []);
  const [target] = args;
  if (changesFirst.has(name)) {
    if (index === 0 && depth === 0) flow.changed();
    if (index > 0 && target !== undefined) assign(flow, target, copyOf(depth));
    flow.follow(call, index === 0 ? depth : copyOf(depth));
  } else if (how !== undefined) {
    for (const each of args) if (each !== argument) giveParts(flow, each, depth);
    handOn(flow, call, how, depth);
  } else if (storing.has(method) && ts.isPropertyAccessExpression(callee)) {
    assign(flow, callee.expression, depth + 1);
  } else if (flow.kind !== "trusted" && !isImmutable(program, argument) && !isPrimitive(program, widest(flow.origin))) {
    flow.changed();
  }
}
