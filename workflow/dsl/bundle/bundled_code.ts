/** What a step's bundle holds, over all modules of ours: their code, and the variables that the step's Lambda can reach. */
import ts from "typescript";
import type { Capture } from "./capture.ts";
import { forEachValue, statementOf, valueDeclaration } from "./names.ts";
import { importsOf, moduleOf, resolved, withImports, type Program } from "./program.ts";
import { isModule, referenceAt } from "./references.ts";
import type { SourceModule } from "./source_module.ts";

export interface BundledCode {
  readonly modules: ReadonlySet<SourceModule>;
  /** The variables, functions, classes and imports that the Lambda reaches, of any module, with the name it uses. */
  readonly symbols: ReadonlyMap<ts.Symbol, string>;
  /** Whether a top-level statement is part of the bundle. */
  readonly holds: (statement: ts.Node) => boolean;
}

const isInFunction = (declaration: ts.Node): boolean =>
  ts.findAncestor(declaration.parent, ts.isFunctionLike) !== undefined;

/** What runs when a module does, and defines nothing. */
const isEffect = (statement: ts.Statement): boolean =>
  !ts.isImportDeclaration(statement) &&
  !ts.isExportDeclaration(statement) &&
  !ts.isVariableStatement(statement) &&
  !ts.isFunctionDeclaration(statement) &&
  !ts.isClassDeclaration(statement);

/** The names that are destructured from one value, which may be functions with one state. */
function siblings({ machine }: Program, symbol: ts.Symbol): ts.Symbol[] {
  const declaration = valueDeclaration(symbol);
  if (declaration === undefined || !ts.isBindingElement(declaration)) return [];
  const found: ts.Symbol[] = [];
  const visit = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) {
      const symbol = machine.checker.getSymbolAtLocation(name);
      if (symbol !== undefined) found.push(symbol);
    } else for (const each of name.elements) if (!ts.isOmittedExpression(each)) visit(each.name);
  };
  const owner = ts.walkUpBindingElementsAndPatterns(declaration);
  if (ts.isVariableDeclaration(owner)) visit(owner.name);
  return found;
}

/** @param parts a step's handler and its schemas, as they are written in its call */
export function bundledCode(program: Program, parts: readonly ts.Node[], captured: Capture): BundledCode {
  const { machine } = program;
  const own = [...parts, ...captured.statements];
  const imported = withImports(program, importsOf(program, machine, own));
  const modules = new Set([...imported].filter((each) => each !== machine));
  const symbols = new Map([...captured.symbols].map((each) => [resolved(program, each), each.name]));
  const entered = new Set<ts.Symbol>();
  const visited = new Set<ts.Node>();

  const reach = (symbol: ts.Symbol, name: string): void => {
    const declaration = valueDeclaration(symbol);
    if (isModule(symbol)) {
      if (entered.has(symbol)) return;
      entered.add(symbol);
      for (const each of machine.checker.getExportsOfModule(symbol)) reach(resolved(program, each), each.name);
    } else if (declaration !== undefined && !isInFunction(declaration)) {
      const module = moduleOf(program, declaration);
      // Of the machine's own names, those that can be captured are known.
      if (module === machine) return;
      if (!symbols.has(symbol)) symbols.set(symbol, name);
      if (module !== undefined) visit(statementOf(declaration));
    }
  };
  const visit = (node: ts.Node): void => {
    if (visited.has(node)) return;
    visited.add(node);
    const reference = referenceAt(program, node);
    if (reference !== undefined) reach(reference.symbol, reference.node.getText());
    forEachValue(node, visit);
  };

  for (const node of own) visit(node);
  for (const [symbol, name] of symbols)
    for (const each of siblings(program, symbol)) if (!symbols.has(each)) symbols.set(each, name);
  for (const { source } of modules) for (const each of source.statements) if (isEffect(each)) visit(each);
  const files = new Set([...modules].map(({ source }) => source));
  return {
    modules,
    symbols,
    holds: (statement) => captured.statements.has(statement) || files.has(statement.getSourceFile()),
  };
}
