/** Which function or class of ours a call runs, in whichever module that is. */
import ts from "typescript";
import { initialiserOf, valueDeclaration, withoutTypes } from "./names.ts";
import { moduleOf, resolved, type Program } from "./program.ts";

export type Callable = ts.SignatureDeclaration | ts.ClassLikeDeclaration;

/** What an expression's call runs; undefined for what is a package's, the language's, or only known at run time. */
export function ownCallable(program: Program, callee: ts.Expression): Callable | undefined {
  const inner = withoutTypes(callee);
  if (isFunction(inner)) return inner;
  const named = ts.isPropertyAccessExpression(inner) ? inner.name : inner;
  const symbol = program.machine.checker.getSymbolAtLocation(named);
  const declaration = symbol && valueDeclaration(resolved(program, symbol));
  if (declaration === undefined || moduleOf(program, declaration) === undefined) return undefined;
  if (ts.isFunctionLike(declaration) || ts.isClassLike(declaration)) return declaration;
  const value = valueOf(declaration);
  const made = value && withoutTypes(value);
  return made && (isFunction(made) || ts.isClassLike(made)) ? made : undefined;
}

const isFunction = (node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node);

function valueOf(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isPropertyAssignment(declaration) || ts.isPropertyDeclaration(declaration)) return declaration.initializer;
  if (ts.isExportAssignment(declaration)) return declaration.expression;
  return ts.isVariableDeclaration(declaration) ? initialiserOf(declaration) : undefined;
}
