/** What kind of value a captured name stands for, as far as that can be told: whether and how it may be changed. */
import ts from "typescript";
import { isImmutableLibrary } from "./known_calls.ts";
import { importOf, initialiserOf, specifierOf, valueDeclaration, withoutTypes } from "./names.ts";
import { ownCallable } from "./own_callable.ts";
import { moduleOf, type Program } from "./program.ts";

/**
 * Of an object, only what is known to read leaves it as it is. What is trusted is not changed by code that is given it:
 * functions, classes, and what a package makes. A pattern with a state is an object that `test` and `exec` change.
 */
export type ValueKind = "object" | "trusted" | "pattern";

/** Methods and functions of packages whose result is a primitive, which no types are at hand to tell. */
const primitiveResults =
  /(^|\.)(String|Number|BigInt|parseInt|digest|join|padEnd|padStart|repeat|replaceAll?|to[A-Z]\w*Case|toFixed|toISOString|toString|trim)$/;

const primitives =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.VoidLike |
  ts.TypeFlags.Null;

const isPrimitiveType = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.every(isPrimitiveType) : (type.flags & primitives) !== 0;

/** Whether a type passes a test, going by the types of our own modules, or of the language's as well. */
function isOfType({ machine, typed }: Program, node: ts.Expression, test: (type: ts.Type) => boolean): boolean {
  const value = ts.isSpreadElement(node) ? node.expression : node;
  return [() => machine.checker, typed].some((checker) => {
    const type = checker().getTypeAtLocation(value);
    const given = value === node ? type : type.getNumberIndexType();
    return given !== undefined && test(given);
  });
}

export const isPrimitive = (program: Program, node: ts.Expression): boolean => isOfType(program, node, isPrimitiveType);

/** Whether a value is a primitive or a function, which nobody changes who is given it. */
export const isImmutable = (program: Program, node: ts.Expression): boolean =>
  isOfType(program, node, (type) => isPrimitiveType(type) || type.getCallSignatures().length > 0);

/** The kind of what a captured name stands for; undefined if it can't be changed but by assigning to the name. */
export function kindOf(program: Program, symbol: ts.Symbol): ValueKind | undefined {
  const declaration = valueDeclaration(symbol);
  if (declaration === undefined) return undefined;
  if (importOf(declaration) !== undefined) return "trusted";
  if (ts.isFunctionDeclaration(declaration) || ts.isClassLike(declaration)) return "trusted";
  const value = initialiserOf(declaration);
  const module = moduleOf(program, declaration);
  if (value === undefined || module === undefined) return "object";
  return kindOfValue(withoutTypes(value), specifierOf(module, withoutTypes(value)));
}

function kindOfValue(value: ts.Expression, specifier: string | undefined): ValueKind | undefined {
  if (ts.isFunctionLike(value) || ts.isClassLike(value)) return "trusted";
  if (specifier !== undefined && isImmutableLibrary(specifier)) return "trusted";
  if (ts.isRegularExpressionLiteral(value)) return /\/[a-z]*[gy][a-z]*$/.test(value.text) ? "pattern" : "trusted";
  if (ts.isCallExpression(value) && primitiveResults.test(value.expression.getText())) return undefined;
  return "object";
}

/** Methods that return an iterator, which its first reader uses up. */
const iterators = /\.(entries|keys|matchAll|values)$/;

/** Whether a use of a captured value, even one that only reads, moves it on: an iterator, or a function with a state. */
export function isStateful(program: Program, captured: ts.Symbol, use: ts.Expression): boolean {
  const declaration = valueDeclaration(captured);
  const initialiser = declaration && initialiserOf(declaration);
  const value = initialiser && withoutTypes(initialiser);
  if (value === undefined || !ts.isCallExpression(value)) return false;
  const callee = withoutTypes(value.expression);
  const own = ownCallable(program, callee);
  if (own === undefined) return iterators.test(callee.getText()) && !callee.getText().startsWith("Object.");
  const isGenerator = !ts.isClassLike(own) && "asteriskToken" in own && own.asteriskToken !== undefined;
  return isGenerator || (ts.isCallExpression(use.parent) && use.parent.expression === use);
}
