/** The TypeScript program that a workflow is written in, and in it the calls that made its steps. */
import { dirname } from "node:path";
import ts from "typescript";
import { position, relativePath } from "../bundle/source_module.ts";
import type { CallSite } from "../bundle/types.ts";

/** A call such as `flow.task("Load", …)`. */
export type StepCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression };

/** Why the types of a workflow's steps can't be read. */
export class TypesError extends Error {
  override readonly name = "TypesError";
}

function optionsFor(file: string): ts.CompilerOptions {
  const config = ts.findConfigFile(dirname(file), (name) => ts.sys.fileExists(name));
  if (config === undefined) {
    throw new TypesError(
      `${relativePath(file)}: there is no tsconfig.json beside or above it; its types are checked by one`,
    );
  }
  const { config: json, error } = ts.readConfigFile(config, (name) => ts.sys.readFile(name)) as {
    readonly config?: unknown;
    readonly error?: ts.Diagnostic;
  };
  if (error !== undefined) throw new TypesError(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
  // The one file is enough: what it imports comes with it.
  const host: ts.ParseConfigHost = { ...ts.sys, readDirectory: () => [] };
  return ts.parseJsonConfigFileContent(json, host, dirname(config), undefined, config).options;
}

/** A program of the file and all that it imports, under the nearest `tsconfig.json`. */
export const programOf = (file: string): ts.Program =>
  ts.createProgram([file], { ...optionsFor(file), noEmit: true, incremental: false });

function isStepCall(node: ts.Node): node is StepCall {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression);
}

/**
 * The call at a site. V8 reports a method call at the method's name.
 * @throws TypesError if there is none
 */
export function callAt(program: ts.Program, site: CallSite, step: string): StepCall {
  const source = program.getSourceFile(site.file);
  const isThere = (node: ts.Node): node is StepCall => {
    if (source === undefined || !isStepCall(node)) return false;
    const { line, column } = position(source, node.expression.name);
    return line === site.line && column === site.column;
  };
  const find = (node: ts.Node): StepCall | undefined => (isThere(node) ? node : ts.forEachChild(node, find));
  const call = source && find(source);
  if (call === undefined) {
    throw new TypesError(
      `${relativePath(site.file)}:${site.line}:${site.column}: there is no call that makes the step "${step}". ` +
        "Its types are read from the TypeScript file that Node runs itself: run that, and not what is built from it.",
    );
  }
  return call;
}
