/** Which uses of a name may change the object behind it. Types of libraries aren't at hand, so it goes by what is known. */
import ts from "typescript";
import { isDslCall } from "./dsl_calls.ts";
import { declarationOf, importOf, rootOf, specifierOf, widest, withoutTypes } from "./names.ts";
import type { SourceModule } from "./source_module.ts";

/** Methods of the language's own objects that only read. */
const reading = new Set(
  [
    "at concat endsWith entries every exec filter find findIndex findLast findLastIndex flat flatMap forEach get has",
    "includes indexOf isSubsetOf join keys lastIndexOf map match padStart reduce reduceRight replace replaceAll slice some",
    "split startsWith test toISOString toJSON toReversed toSorted toSpliced toString trim union values valueOf with",
  ].flatMap((line) => line.split(" ")),
);

/** Those of them that return a part, which may be changed in turn. */
const elements = new Set(["at", "find", "findLast", "get"]);

/** Methods and functions of the language that change what they are called on, or their first argument. */
const changing = new Set(
  [
    "Object.assign Object.defineProperties Object.defineProperty Object.setPrototypeOf Reflect.set",
    "add append clear copyWithin delete fill pop push reverse set shift sort splice unshift",
  ].flatMap((line) => line.split(" ")),
);

/** Functions of the language that leave their arguments as they are. */
const harmless = new Set(
  [
    "Array.from Array.isArray Boolean JSON.stringify Map Number Object.entries Object.freeze Object.fromEntries",
    "Object.keys Object.values Set String console.error console.info console.log console.warn structuredClone",
  ].flatMap((line) => line.split(" ")),
);

/** Libraries whose values never change once they are made. */
const immutableLibraries = /^zod($|\/)/;

const dotted = (node: ts.Expression): string => node.getText().replace(/\s|\?/g, "");

/** Methods and functions of the language whose result is a primitive, which no types are at hand to tell. */
const primitiveResults =
  /(^|\.)(String|Number|BigInt|parseInt|digest|join|padEnd|padStart|repeat|replaceAll?|to[A-Z]\w*Case|toFixed|toISOString|toString|trim)$/;

const primitives =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.Null |
  ts.TypeFlags.Undefined;

function isImmutableType(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every(isImmutableType);
  return (type.flags & primitives) !== 0 || type.getCallSignatures().length > 0;
}

/** Whether nothing done with this value can change it: primitives, functions, classes, values of immutable libraries. */
function isImmutable(module: SourceModule, node: ts.Expression): boolean {
  if (isImmutableType(module.checker.getTypeAtLocation(node))) return true;
  const root = rootOf(node);
  const declaration = root && declarationOf(module, root);
  if (declaration === undefined || ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration))
    return true;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return false;
  const value = withoutTypes(declaration.initializer);
  const from = specifierOf(module, value);
  const isPrimitive = ts.isCallExpression(value) && primitiveResults.test(value.expression.getText());
  return isPrimitive || (from !== undefined && immutableLibraries.test(from));
}

/** The call that a value is an argument of, as it is or within object and array literals. */
function receivingCall(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node ? undefined : parent;
  const isPart =
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent);
  return isPart ? receivingCall(parent) : undefined;
}

function isAssigned(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return parent.left === node && kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  }
  if (ts.isDeleteExpression(parent) || ts.isPostfixUnaryExpression(parent)) return true;
  return (
    ts.isPrefixUnaryExpression(parent) &&
    (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken)
  );
}

/** Whether an element that was read is changed at once: `map.get(key).push(value)`. */
function changesResult(read: ts.CallExpression): boolean {
  const whole = widest(read);
  const isMethod = ts.isCallExpression(whole.parent) && ts.isPropertyAccessExpression(whole);
  return isAssigned(whole) || (isMethod && changing.has(whole.name.text));
}

/** Whether a use of a name that this module declares may change what it stands for: all but known reading may. */
function mayChangeOwn(module: SourceModule, id: ts.Identifier, whole: ts.Expression): boolean {
  if (isImmutable(module, id)) return false;
  const { parent } = whole;
  if (ts.isCallExpression(parent) && parent.expression === whole) {
    const method = ts.isPropertyAccessExpression(whole) ? whole.name.text : "";
    if (!reading.has(method)) return whole !== id;
    return elements.has(method) && changesResult(parent);
  }
  const call = receivingCall(ts.isShorthandPropertyAssignment(id.parent) ? id.parent : whole);
  if (call === undefined || isImmutable(module, whole)) return false;
  const from = specifierOf(module, call.expression);
  const isPure = harmless.has(dotted(call.expression)) || (from !== undefined && immutableLibraries.test(from));
  return !isPure && !isDslCall(module, call);
}

/** Whether a use of an imported name changes what it stands for: other modules' functions do with it what they do. */
function changesImported(module: SourceModule, id: ts.Identifier, whole: ts.Expression): boolean {
  const { parent } = whole;
  if (!ts.isCallExpression(parent)) return false;
  if (parent.expression !== whole) return parent.arguments[0] === whole && changing.has(dotted(parent.expression));
  const from = specifierOf(module, id);
  const isMethod = ts.isPropertyAccessExpression(whole) && whole.expression === id;
  return isMethod && changing.has(whole.name.text) && !immutableLibraries.test(from ?? "");
}

/** Whether a use of a captured name, outside the bundle, may change what it stands for. */
export function mayChange(module: SourceModule, id: ts.Identifier): boolean {
  const whole = widest(id);
  if (isAssigned(whole)) return true;
  const declaration = declarationOf(module, id);
  const isImported = declaration !== undefined && importOf(declaration) !== undefined;
  return isImported ? changesImported(module, id, whole) : mayChangeOwn(module, id, whole);
}
