/**
 * A machine's file with the modules of ours that it imports, as one program: a name leads to what it stands for, through
 * imports and re-exports. Packages, Pulumi and the DSL are left out.
 */
import path from "node:path";
import ts from "typescript";
import { dslFolder, isInside } from "./call_site.ts";
import { forEachValue, importOf, valueDeclaration } from "./names.ts";
import { projectFile } from "./project_file.ts";
import { isDependency, sourceModule, type SourceModule } from "./source_module.ts";

export interface Program {
  readonly machine: SourceModule;
  /** Every module by its file, all with one checker, for which a symbol is the same in all of them. */
  readonly modules: ReadonlyMap<string, SourceModule>;
  readonly bySource: ReadonlyMap<ts.SourceFile, SourceModule>;
  /** Names that are imported from packages, each by the first symbol that was met for it. */
  readonly packageNames: Map<string, ts.Symbol>;
  /** A checker that knows the language's own types. Getting it takes a while, so only what is in doubt asks for it. */
  readonly typed: () => ts.TypeChecker;
}

const extensionOf = (file: string): string => /(\.d)?\.[cm]?[jt]sx?$|\.json$/.exec(file)?.[0] ?? "";

/** TypeScript's own paths have slashes everywhere. */
const withSlashes = (file: string): string => file.split(path.sep).join("/");

/** The file of ours that a specifier names, if the program follows it. */
function ownFile(specifier: string, importer: string): string | undefined {
  const file = projectFile(specifier, importer);
  if (file === undefined || isDependency(file) || isInside(dslFolder, file)) return undefined;
  return extensionOf(file) === "" ? undefined : file;
}

const libraries = path.dirname(ts.getDefaultLibFilePath({}));
const parsedLibraries = new Map<string, ts.SourceFile>();

function libraryFile(name: string): ts.SourceFile | undefined {
  const known = parsedLibraries.get(name);
  if (known !== undefined || path.dirname(path.resolve(name)) !== path.resolve(libraries)) return known;
  const source = ts.createSourceFile(name, ts.sys.readFile(name) ?? "", ts.ScriptTarget.ESNext);
  parsedLibraries.set(name, source);
  return source;
}

function compiled(file: string, sources: Map<string, ts.SourceFile>, withLibrary: boolean): ts.Program {
  const sourceOf = (name: string): ts.SourceFile | undefined => {
    const known = sources.get(name) ?? libraryFile(name);
    if (known !== undefined || isDependency(name)) return known;
    const { source } = sourceModule(path.resolve(name));
    sources.set(name, source);
    return source;
  };
  const host: ts.CompilerHost = {
    getSourceFile: sourceOf,
    getDefaultLibFileName: () => path.join(libraries, "lib.es2024.d.ts"),
    getDefaultLibLocation: () => libraries,
    writeFile: () => undefined,
    getCurrentDirectory: () => path.dirname(file),
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => sources.has(name),
    readFile: () => undefined,
    resolveModuleNameLiterals: (specifiers, importer) =>
      specifiers.map(({ text }) => {
        const own = ownFile(text, path.resolve(importer));
        if (own === undefined) return { resolvedModule: undefined };
        return { resolvedModule: { resolvedFileName: withSlashes(own), extension: extensionOf(own) } };
      }),
  };
  const options: ts.CompilerOptions = {
    noLib: !withLibrary,
    allowJs: true,
    strict: true,
    types: [],
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.Preserve,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  return ts.createProgram([withSlashes(file)], options, host);
}

export function programOf(file: string): Program {
  const sources = new Map<string, ts.SourceFile>();
  const checker = compiled(file, sources, false).getTypeChecker();
  const modules = new Map<string, SourceModule>();
  for (const name of sources.keys()) {
    const module = sourceModule(path.resolve(name));
    modules.set(module.file, { ...module, checker });
  }
  const bySource = new Map([...modules.values()].map((each) => [each.source, each]));
  let typed: ts.TypeChecker | undefined;
  const machine = modules.get(path.resolve(file)) ?? sourceModule(file);
  return {
    machine,
    modules,
    bySource,
    packageNames: new Map(),
    typed: () => (typed ??= compiled(file, sources, true).getTypeChecker()),
  };
}

/** The module that holds a node; undefined for a node of a package's or the language's own. */
export const moduleOf = ({ bySource }: Program, node: ts.Node): SourceModule | undefined =>
  bySource.get(node.getSourceFile());

/** What a symbol stands for, through imports and re-exports. A package's name is one symbol, whichever module imports it. */
export function resolved({ machine, packageNames }: Program, symbol: ts.Symbol): ts.Symbol {
  if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol;
  const aliased = machine.checker.getAliasedSymbol(symbol);
  if (aliased.declarations !== undefined) return aliased;
  const declaration = valueDeclaration(symbol);
  const imported = declaration && importOf(declaration);
  if (imported === undefined) return symbol;
  const name = `${imported.specifier} ${imported.name}`;
  const known = packageNames.get(name) ?? symbol;
  packageNames.set(name, known);
  return known;
}

/** The modules that code of a module imports when it runs: types are left out. */
export function importsOf(program: Program, { file }: SourceModule, code: Iterable<ts.Node>): SourceModule[] {
  const found = new Set<SourceModule>();
  const note = (specifier: ts.Expression | undefined): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const own = ownFile(specifier.text, file);
    const module = own === undefined ? undefined : program.modules.get(own);
    if (module !== undefined) found.add(module);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      if (node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) note(node.moduleSpecifier);
    } else if (ts.isExportDeclaration(node)) {
      if (!node.isTypeOnly) note(node.moduleSpecifier);
    } else {
      if (isImportCall(node)) note(node.arguments[0]);
      forEachValue(node, visit);
    }
  };
  for (const node of code) visit(node);
  return [...found];
}

/** Modules with all that they import in turn. */
export function withImports(program: Program, modules: Iterable<SourceModule>): ReadonlySet<SourceModule> {
  const all = new Set(modules);
  for (const module of all) for (const each of importsOf(program, module, module.source.statements)) all.add(each);
  return all;
}

export const isImportCall = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
