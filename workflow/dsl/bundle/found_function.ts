/** Follows a handler's name to the function it stands for: in its module, or through imports to another's. */
import ts from "typescript";
import type { Input } from "./esbuild.ts";
import type { Handler } from "./lambda_call.ts";
import { declarationOf, importOf, valueDeclaration, withoutTypes } from "./names.ts";
import { isDependency, isScript, sourceModule, type SourceModule } from "./source_module.ts";

export type FoundFunction = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** Where a name ends: at a function's own source, at something else that a value comes from, or in another module. */
export type Target =
  | { readonly kind: "function"; readonly node: FoundFunction }
  | { readonly kind: "value"; readonly node: ts.Node }
  | { readonly kind: "elsewhere"; readonly specifier: string; readonly name: string };

function declared(declaration: ts.Declaration): Target {
  if (ts.isFunctionDeclaration(declaration)) return { kind: "function", node: declaration };
  const imported = importOf(declaration);
  if (imported !== undefined) return { kind: "elsewhere", ...imported };
  const initializer = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return initializer === undefined ? { kind: "value", node: declaration } : valueOf(initializer, declaration);
}

function valueOf(expression: ts.Expression, declaration: ts.Declaration): Target {
  const value = withoutTypes(expression);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value)
    ? { kind: "function", node: value }
    : { kind: "value", node: declaration };
}

/** What an in-place or named handler of this module is. */
export function handlerTarget(module: SourceModule, handler: Handler): Target {
  if (!ts.isIdentifier(handler)) return { kind: "function", node: handler };
  const declaration = declarationOf(module, handler);
  return declaration === undefined ? { kind: "value", node: handler } : declared(declaration);
}

/** What a module exports under a name; undefined when it has no such export, or only through `export *`. */
export function exportTarget({ source, checker }: SourceModule, name: string): Target | undefined {
  const symbol = checker.getSymbolAtLocation(source);
  const exported = symbol && checker.getExportsOfModule(symbol).find((each) => each.name === name);
  const declaration = exported && valueDeclaration(exported);
  if (declaration === undefined) return undefined;
  if (ts.isExportAssignment(declaration)) return valueOf(declaration.expression, declaration);
  if (!ts.isExportSpecifier(declaration)) return declared(declaration);
  const from = declaration.parent.parent.moduleSpecifier;
  if (from !== undefined && ts.isStringLiteral(from)) {
    return { kind: "elsewhere", specifier: from.text, name: (declaration.propertyName ?? declaration.name).text };
  }
  const symbolHere = checker.getExportSpecifierLocalTargetSymbol(declaration);
  const local = symbolHere && valueDeclaration(symbolHere);
  return local && declared(local);
}

/** The modules that a module exports everything of: `export * from "./other.ts"`. */
const starExports = ({ source }: SourceModule): string[] =>
  source.statements.flatMap((each) => {
    const isStar = ts.isExportDeclaration(each) && each.exportClause === undefined;
    return isStar && each.moduleSpecifier && ts.isStringLiteral(each.moduleSpecifier)
      ? [each.moduleSpecifier.text]
      : [];
  });

/**
 * Follows a target through the modules that a bundle was made of, starting with what its entry imports. A target in a
 * package stays `elsewhere`; undefined means that a module of ours exports no such name.
 */
export function followed(
  target: Target,
  { imports }: Pick<Input, "imports">,
  inputOf: (file: string) => Input | undefined,
  seen: readonly string[] = [],
): Target | undefined {
  if (target.kind !== "elsewhere") return target;
  const file = imports.find(({ specifier }) => specifier === target.specifier)?.file;
  const input = file === undefined ? undefined : inputOf(file);
  if (file === undefined || input === undefined || isDependency(file) || !isScript(file)) return target;
  const { name } = target;
  const place = `${file} ${name}`;
  if (seen.includes(place)) return undefined;
  const module = sourceModule(file);
  const exported = exportTarget(module, name);
  const next = exported ? [exported] : starExports(module).map((specifier) => elsewhere(specifier, name));
  return next.map((each) => followed(each, input, inputOf, [...seen, place])).find((each) => each !== undefined);
}

const elsewhere = (specifier: string, name: string): Target => ({ kind: "elsewhere", specifier, name });
