/** What a path of properties starts from, through the constants that stand for parts of it: `const { now } = Date`. */
import ts from "typescript";
import { declarationOf, importOf, withoutTypes } from "./names.ts";
import type { SourceModule } from "./source_module.ts";

export interface NamePath {
  /** The import that the path starts at; undefined for a global, which is the first of the names. */
  readonly root: ts.Declaration | undefined;
  /** `["Date", "now"]`, without `globalThis`; a property that is computed is `?`. */
  readonly names: readonly string[];
}

const allGlobals = new Set(["global", "globalThis"]);

/** The path of a global or an import; undefined for what the module makes itself, and for what a call returned. */
export function namePath(module: SourceModule, node: ts.Expression): NamePath | undefined {
  const path = written(module, withoutTypes(node), new Set());
  if (path === undefined || path.root !== undefined) return path;
  const at = path.names.findIndex((each) => !allGlobals.has(each));
  // All that may be read of the globals by a computed name is as good as all of them.
  return { root: undefined, names: at < 0 || (at > 0 && path.names[at] === "?") ? [] : path.names.slice(at) };
}

function written(module: SourceModule, node: ts.Expression, seen: Set<ts.Declaration>): NamePath | undefined {
  if (ts.isIdentifier(node)) return named(module, node, seen);
  const isAccess = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  const before = isAccess ? written(module, withoutTypes(node.expression), seen) : undefined;
  return before && isAccess ? { ...before, names: [...before.names, memberName(node)] } : undefined;
}

function memberName(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : "?";
}

function named(module: SourceModule, id: ts.Identifier, seen: Set<ts.Declaration>): NamePath | undefined {
  const declaration = declarationOf(module, id);
  if (declaration === undefined) return { root: undefined, names: [id.text] };
  if (importOf(declaration) !== undefined) return { root: declaration, names: [] };
  if (seen.has(declaration)) return undefined;
  return constant(module, declaration, seen.add(declaration));
}

/** The path that a constant, or a name of an object pattern, stands for. */
function constant(module: SourceModule, declaration: ts.Node, seen: Set<ts.Declaration>): NamePath | undefined {
  if (ts.isVariableDeclaration(declaration)) {
    return declaration.initializer && written(module, withoutTypes(declaration.initializer), seen);
  }
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent)) return undefined;
  const before = constant(module, declaration.parent.parent, seen);
  const { propertyName, name, dotDotDotToken } = declaration;
  if (before === undefined || dotDotDotToken !== undefined) return before;
  const property = propertyName ?? name;
  const isKnown = ts.isIdentifier(property) || ts.isStringLiteralLike(property);
  return { ...before, names: [...before.names, isKnown ? property.text : "?"] };
}
