/** One TypeScript file as the bundler sees it: its text, its tree, and which declaration a name stands for. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export interface SourceModule {
  readonly file: string;
  /** The folder of the nearest package.json: paths in bundles and messages are relative to it, never to the cwd. */
  readonly root: string;
  readonly text: string;
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
}

export function packageRoot(file: string): string {
  const folder = path.dirname(file);
  if (existsSync(path.join(folder, "package.json")) || path.dirname(folder) === folder) return folder;
  return packageRoot(folder);
}

/** A path relative to the nearest package.json, with slashes on every system. */
export function relativePath(file: string, root: string = packageRoot(file)): string {
  return path.relative(root, file).split(path.sep).join("/");
}

/** Whether a file is of a package rather than of the project. */
export const isDependency = (file: string): boolean => /[\\/]node_modules[\\/]/.test(file);

/** Whether a file is a program's text, rather than JSON and the like. */
export const isScript = (file: string): boolean => /\.[cm]?[jt]sx?$/.test(file);

/** A program of this file alone: names are bound and resolved, nothing is imported and no types are checked. */
function checkerOf(file: string, source: ts.SourceFile): ts.TypeChecker {
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === file ? source : undefined),
    getDefaultLibFileName: () => "",
    writeFile: () => undefined,
    getCurrentDirectory: () => path.dirname(file),
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === file,
    readFile: () => undefined,
  };
  return ts.createProgram([file], { noLib: true, noResolve: true, allowJs: true, types: [] }, host).getTypeChecker();
}

const parsed = new Map<string, SourceModule>();

/** Parses a file, once for as long as its text stays the same. */
export function sourceModule(file: string): SourceModule {
  const text = readFileSync(file, "utf8");
  const known = parsed.get(file);
  if (known?.text === text) return known;
  // TypeScript's own paths have slashes everywhere, and a program only knows its root file by such a path.
  const name = file.split(path.sep).join("/");
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const module = { file, root: packageRoot(file), text, source, checker: checkerOf(name, source) };
  parsed.set(file, module);
  return module;
}

/** Line and column of a node's first token, counted from 1. */
export function position(source: ts.SourceFile, node: ts.Node): { line: number; column: number } {
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return { line: line + 1, column: character + 1 };
}

export const lineOf = (node: ts.Node): number => position(node.getSourceFile(), node).line;
