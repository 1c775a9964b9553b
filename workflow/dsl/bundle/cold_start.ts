/**
 * Code of a module's top level runs at deployment and again whenever a Lambda starts. What it reads of the clock, chance,
 * the environment, files or the network then differs without a word, so such reads are found here: in initialisers, and
 * in the functions that initialisers call, across our own modules. Libraries are trusted: an SDK client reads what it needs.
 */
import { existsSync } from "node:fs";
import ts from "typescript";
import { exportTarget } from "./found_function.ts";
import type { Finding } from "./problems.ts";
import { declarationOf, forEachValue, importOf, isReference, widest, withoutTypes } from "./names.ts";
import { readsByCall, readsByName } from "./outside_reads.ts";
import { isScript, localFile, sourceModule, type SourceModule } from "./source_module.ts";

/** Methods that call the function they are given at once. */
const iterations = new Set(
  "every filter find findIndex findLast flatMap forEach from map reduce reduceRight some sort toSorted".split(" "),
);

interface Callable {
  readonly module: SourceModule;
  readonly body: ts.Node;
}

/** The function or class of our own that a name stands for, so that calling it runs its body. */
function callable(module: SourceModule, id: ts.Identifier): Callable | undefined {
  const declaration = declarationOf(module, id);
  if (declaration === undefined) return undefined;
  if (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration)) return { module, body: declaration };
  const value =
    ts.isVariableDeclaration(declaration) && declaration.initializer && withoutTypes(declaration.initializer);
  if (value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isClassExpression(value))) {
    return { module, body: value };
  }
  const imported = importOf(declaration);
  const file = imported && localFile(imported.specifier, module.file);
  if (imported === undefined || file === undefined || !isScript(file) || !existsSync(file)) return undefined;
  const other = sourceModule(file);
  const target = exportTarget(other, imported.name);
  return target?.kind === "function" ? { module: other, body: target.node } : undefined;
}

export function coldStartReads(start: SourceModule, roots: Iterable<ts.Node>): Finding[] {
  const found = new Map<ts.Node, Finding>();
  const entered = new Set<ts.Node>();

  const report = (node: ts.Node, chain: readonly string[]): void => {
    const text =
      ts.isCallExpression(node) || ts.isNewExpression(node) ? `${node.expression.getText()}()` : node.getText();
    const name = [...chain, ts.isNewExpression(node) ? `new ${text}` : text].join(" → ");
    const message = `\`${name}\` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.`;
    if (!found.has(node)) found.set(node, { code: "cold-start-read", node, message });
  };

  const enter = ({ module, body }: Callable, chain: readonly string[]): void => {
    if (entered.has(body)) return;
    entered.add(body);
    forEachValue(body, (child) => {
      visit(module, child, chain, true);
    });
  };

  const run = (module: SourceModule, value: ts.Expression, chain: readonly string[]): void => {
    const callee = withoutTypes(value);
    if (ts.isArrowFunction(callee) || ts.isFunctionExpression(callee)) enter({ module, body: callee }, chain);
    const own = ts.isIdentifier(callee) ? callable(module, callee) : undefined;
    if (own !== undefined && ts.isIdentifier(callee)) enter(own, [...chain, callee.text]);
  };

  const visit = (module: SourceModule, node: ts.Node, chain: readonly string[], constructed = false): void => {
    if (ts.isFunctionLike(node) && !(constructed && ts.isConstructorDeclaration(node))) return;
    // An instance's fields are set when it is constructed; a class itself only runs what is static.
    if (ts.isPropertyDeclaration(node) && !constructed && !isStatic(node)) return;
    if (ts.isIdentifier(node) && isReference(node) && readsByName(module, node)) report(widest(node), chain);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (readsByCall(module, node)) report(node, chain);
      run(module, node.expression, chain);
      const method = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : "";
      if (iterations.has(method)) for (const each of node.arguments ?? []) run(module, each, chain);
    }
    forEachValue(node, (child) => {
      visit(module, child, chain);
    });
  };

  for (const root of roots) visit(start, root, []);
  return [...found.values()];
}

const isStatic = (node: ts.PropertyDeclaration): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
