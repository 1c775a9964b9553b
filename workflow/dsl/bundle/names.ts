/** Names in a file: which identifiers stand for a variable, and what is declared behind them. */
import ts from "typescript";
import type { SourceModule } from "./source_module.ts";

/** Visits a node's children that exist at run time: types are left out. */
export function forEachValue(node: ts.Node, visit: (child: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    const isType = ts.isTypeNode(child) && !ts.isExpressionWithTypeArguments(child);
    const isImplements = ts.isHeritageClause(child) && child.token === ts.SyntaxKind.ImplementsKeyword;
    if (!isType && !isImplements && !ts.isInterfaceDeclaration(child) && !ts.isTypeAliasDeclaration(child))
      visit(child);
  });
}

/** Whether an identifier reads or writes a variable, rather than naming a declaration, a property or a label. */
export function isReference(id: ts.Identifier): boolean {
  const { parent } = id;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if ("name" in parent && parent.name === id) return false;
  return !("propertyName" in parent && parent.propertyName === id) && !("label" in parent && parent.label === id);
}

/** The symbol that a reference stands for; undefined for a global, which no declaration of the file stands behind. */
export function symbolOf({ checker }: SourceModule, id: ts.Identifier): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(id.parent)
    ? checker.getShorthandAssignmentValueSymbol(id.parent)
    : checker.getSymbolAtLocation(id);
  return symbol?.declarations === undefined ? undefined : symbol;
}

/** A symbol's declaration as a value: of an overloaded function the one with a body, never a type of the same name. */
export function valueDeclaration(symbol: ts.Symbol): ts.Declaration | undefined {
  const declarations = symbol.declarations ?? [];
  const implementation = declarations.find((each) => ts.isFunctionDeclaration(each) && each.body !== undefined);
  return implementation ?? symbol.valueDeclaration ?? declarations[0];
}

export function declarationOf(module: SourceModule, id: ts.Identifier): ts.Declaration | undefined {
  const symbol = symbolOf(module, id);
  return symbol && valueDeclaration(symbol);
}

/** What a name's value is written as: the initialiser of its variable, or the whole that it is destructured from. */
export function initialiserOf(declaration: ts.Declaration): ts.Expression | undefined {
  const owner = ts.isBindingElement(declaration) ? ts.walkUpBindingElementsAndPatterns(declaration) : declaration;
  return ts.isVariableDeclaration(owner) ? owner.initializer : undefined;
}

export const ownsThis = (node: ts.Node): boolean =>
  ts.isClassLike(node) || (ts.isFunctionLike(node) && !ts.isArrowFunction(node));

export const isStatic = (member: ts.ClassElement): boolean =>
  ts.isClassStaticBlockDeclaration(member) ||
  (ts.canHaveModifiers(member) && (member.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword));

/** The top-level statement that holds a node; a JSON file is one by itself. */
export function statementOf(node: ts.Node): ts.Node {
  return ts.isSourceFile(node) || ts.isSourceFile(node.parent) ? node : statementOf(node.parent);
}

/** The module that a declaration is imported from, and under which name (`*` for all of it); undefined for others. */
export function importOf(declaration: ts.Declaration): { specifier: string; name: string } | undefined {
  const statement = statementOf(declaration);
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return undefined;
  const specifier = statement.moduleSpecifier.text;
  if (ts.isImportClause(declaration)) return { specifier, name: "default" };
  if (ts.isNamespaceImport(declaration)) return { specifier, name: "*" };
  if (!ts.isImportSpecifier(declaration)) return undefined;
  return { specifier, name: (declaration.propertyName ?? declaration.name).text };
}

export function withoutTypes(node: ts.Expression): ts.Expression {
  const isWrapper =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node);
  return isWrapper ? withoutTypes(node.expression) : node;
}

/** The name that a path of properties and calls starts at: `z` of `z.object({}).optional()`. */
export function rootOf(node: ts.Expression): ts.Identifier | undefined {
  const inner = withoutTypes(node);
  if (ts.isIdentifier(inner)) return inner;
  const hasObject =
    ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner) || ts.isCallExpression(inner);
  return hasObject ? rootOf(inner.expression) : undefined;
}

/** The longest path of properties that starts at a name: `process.env.STAGE`, given its `process`. */
export function widest(node: ts.Expression): ts.Expression {
  const { parent } = node;
  const isObject =
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isParenthesizedExpression(parent);
  return isObject && parent.expression === node ? widest(parent) : node;
}

/** The module that a path's first name is imported from. */
export function specifierOf(module: SourceModule, node: ts.Expression): string | undefined {
  const root = rootOf(node);
  const declaration = root && declarationOf(module, root);
  return declaration && importOf(declaration)?.specifier;
}
