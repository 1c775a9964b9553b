/** Where code names something that lives longer than the code: a variable, a module's member, a module, its own class. */
import ts from "typescript";
import { isReference, isStatic, symbolOf } from "./names.ts";
import { isImportCall, moduleOf, resolved, type Program } from "./program.ts";

export interface Reference {
  /** The name, or the whole of `all.limits` where `all` is a module. */
  readonly node: ts.Expression;
  /** What it stands for, in whichever module that is. */
  readonly symbol: ts.Symbol;
}

/** Whether a symbol is a whole file's. A function that properties are assigned to has the same flags. */
export const isModule = ({ flags, valueDeclaration }: ts.Symbol): boolean =>
  (flags & ts.SymbolFlags.ValueModule) !== 0 && valueDeclaration !== undefined && ts.isSourceFile(valueDeclaration);

function isMemberAccess(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return (
    ts.isPropertyAccessExpression(node) ||
    (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
  );
}

/** The symbol of a name that stands for a module as a whole. */
function moduleSymbol(program: Program, node: ts.Expression): ts.Symbol | undefined {
  const symbol = ts.isIdentifier(node) ? nameSymbol(program, node) : undefined;
  return symbol !== undefined && isModule(symbol) ? symbol : undefined;
}

function nameSymbol(program: Program, id: ts.Identifier): ts.Symbol | undefined {
  const module = moduleOf(program, id);
  const symbol = module && symbolOf(module, id);
  return symbol && resolved(program, symbol);
}

function memberSymbol(program: Program, node: ts.Expression, name: string): ts.Symbol | undefined {
  const module = moduleSymbol(program, node);
  const member =
    module?.exports && program.machine.checker.getExportsOfModule(module).find((each) => each.name === name);
  return member && resolved(program, member);
}

/** The class whose static code a `this` is in. */
function classOfThis(program: Program, node: ts.Node): ts.Symbol | undefined {
  const owner = ts.findAncestor(
    node,
    (each) =>
      ts.isClassElement(each) ||
      ts.isSourceFile(each) ||
      ts.isFunctionDeclaration(each) ||
      ts.isFunctionExpression(each) ||
      (ts.isMethodDeclaration(each) && ts.isObjectLiteralExpression(each.parent)),
  );
  if (owner === undefined || !ts.isClassElement(owner) || !ts.isClassLike(owner.parent) || !isStatic(owner))
    return undefined;
  const { name } = owner.parent;
  return name && program.machine.checker.getSymbolAtLocation(name);
}

/** What a node names, if it names something. */
export function referenceAt(program: Program, node: ts.Node): Reference | undefined {
  const referred = (symbol: ts.Symbol | undefined): Reference | undefined =>
    symbol && ts.isExpression(node) ? { node, symbol } : undefined;
  if (ts.isIdentifier(node)) {
    if (!isReference(node)) return undefined;
    const symbol = nameSymbol(program, node);
    const isPrefix = symbol !== undefined && isModule(symbol) && isMemberAccess(node.parent);
    return isPrefix && node.parent.expression === node ? undefined : referred(symbol);
  }
  if (isMemberAccess(node)) {
    const name = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
    return referred(memberSymbol(program, node.expression, ts.isStringLiteralLike(name) ? name.text : name.getText()));
  }
  if (isImportCall(node)) {
    const [specifier] = node.arguments;
    return referred(specifier && program.machine.checker.getSymbolAtLocation(specifier));
  }
  return node.kind === ts.SyntaxKind.ThisKeyword ? referred(classOfThis(program, node)) : undefined;
}
