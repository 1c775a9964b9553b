/**
 * Code of a module's top level runs at deployment and again whenever a Lambda starts. What it reads of the clock, chance,
 * the environment, files or the network then differs without a word, so such reads are found here: in initialisers, and
 * in the functions that initialisers call, across our own modules. Libraries are trusted: an SDK client reads what it needs.
 */
import ts from "typescript";
import { iterations } from "./known_calls.ts";
import type { Finding } from "./problems.ts";
import { forEachValue, isReference, isStatic, widest, withoutTypes } from "./names.ts";
import { readsByCall, readsByName, readsWhenCalled } from "./outside_reads.ts";
import { ownCallable, type Callable } from "./own_callable.ts";
import { moduleOf, type Program } from "./program.ts";
import type { SourceModule } from "./source_module.ts";

export function coldStartReads(program: Program, roots: Iterable<ts.Node>): Finding[] {
  const found = new Map<ts.Node, Finding>();
  const entered = new Set<ts.Node>();

  const report = (node: ts.Node, chain: readonly string[]): void => {
    const text =
      ts.isCallExpression(node) || ts.isNewExpression(node) ? `${node.expression.getText()}()` : node.getText();
    const name = [...chain, ts.isNewExpression(node) ? `new ${text}` : text].join(" → ");
    const message = `\`${name}\` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.`;
    if (!found.has(node)) found.set(node, { code: "cold-start-read", node, message });
  };

  const enter = (body: Callable, chain: readonly string[]): void => {
    if (entered.has(body)) return;
    entered.add(body);
    forEachValue(body, (child) => {
      visit(child, chain, true);
    });
    if (!ts.isClassLike(body)) return;
    for (const { types } of body.heritageClauses ?? []) for (const { expression } of types) run(expression, chain);
  };

  const run = (value: ts.Expression, chain: readonly string[]): void => {
    const callee = withoutTypes(value);
    const own = ownCallable(program, callee);
    if (own !== undefined) enter(own, ts.isFunctionLike(callee) ? chain : [...chain, callee.getText()]);
  };

  const call = (node: ts.CallExpression | ts.NewExpression, module: SourceModule, chain: readonly string[]): void => {
    if (ownCallable(program, node.expression) !== undefined) run(node.expression, chain);
    else if (readsByCall(module, node)) report(node, chain);
    const method = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : "";
    if (!iterations.has(method)) return;
    for (const each of node.arguments ?? []) {
      run(each, chain);
      if (readsWhenCalled(module, each)) report(each, chain);
    }
  };

  const visit = (node: ts.Node, chain: readonly string[], constructed = false): void => {
    const module = moduleOf(program, node);
    if (module === undefined || (ts.isFunctionLike(node) && !(constructed && ts.isConstructorDeclaration(node))))
      return;
    // An instance's fields are set when it is constructed; a class itself only runs what is static.
    if (ts.isPropertyDeclaration(node) && !constructed && !isStatic(node)) return;
    if (ts.isIdentifier(node) && isReference(node)) {
      const whole = widest(node);
      if (readsByName(module, node, whole)) report(whole, chain);
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) call(node, module, chain);
    if (ts.isTaggedTemplateExpression(node)) run(node.tag, chain);
    if (ts.isPropertyAccessExpression(node)) {
      const getter = ownCallable(program, node);
      if (getter !== undefined && ts.isGetAccessorDeclaration(getter)) enter(getter, [...chain, node.getText()]);
    }
    forEachValue(node, (child) => {
      visit(child, chain);
    });
  };

  for (const root of roots) visit(root, []);
  return [...found.values()];
}
