/** What means one thing in a module and another, or nothing, in its bundle: `this`, `import.meta`, `__dirname`, … */
import ts from "typescript";
import type { FoundFunction } from "./found_function.ts";
import type { Finding } from "./problems.ts";
import { declarationOf, forEachValue, isReference, ownsThis } from "./names.ts";
import type { SourceModule } from "./source_module.ts";

const fileNames = new Set(["__dirname", "__filename"]);

function findingOf(module: SourceModule, node: ts.Node, inThis: boolean, inFunction: boolean): Finding | undefined {
  if (node.kind === ts.SyntaxKind.ThisKeyword && !inThis) {
    return {
      code: "this",
      node,
      message: "`this` stands for nothing in a Lambda. Use the event and named declarations.",
    };
  }
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
    return { code: "unavailable", node, message: `\`import.meta\` ${notInBundle}` };
  }
  if (
    ts.isIdentifier(node) &&
    fileNames.has(node.text) &&
    isReference(node) &&
    declarationOf(module, node) === undefined
  ) {
    return { code: "unavailable", node, message: `\`${node.text}\` ${notInBundle}` };
  }
  const isAwait = ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
  if (isAwait && !inFunction) return { code: "top-level-await", node, message: topLevelAwait };
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    if (specifier !== undefined && !ts.isStringLiteralLike(specifier)) {
      const message = `\`${node.getText()}\` can't be bundled, as the module's name is only known at run time. Write the name as a literal.`;
      return { code: "dynamic-import", node, message };
    }
  }
  return undefined;
}

const notInBundle =
  "is not the module's own in a bundle, where no source file is left. Import the data, or pass it in the payload.";

export const topLevelAwait =
  "`await` at a module's top level can't be bundled as CommonJS, which AWS Lambda's index.js is. Await inside the handler.";

/** Looks through parts of a module: a handler and what it reaches, or every statement of a helper module. */
export function unavailable(module: SourceModule, roots: Iterable<ts.Node>): Finding[] {
  const findings: Finding[] = [];
  const visit = (node: ts.Node, inThis: boolean, inFunction: boolean): void => {
    const finding = findingOf(module, node, inThis, inFunction);
    if (finding !== undefined) findings.push(finding);
    const function_ = inFunction || ts.isFunctionLike(node);
    forEachValue(node, (child) => {
      visit(child, inThis || ownsThis(node), function_);
    });
  };
  for (const root of roots) visit(root, false, false);
  return findings;
}

/** What AWS Lambda can't call as a handler although it is a function. */
export function unfit(handler: FoundFunction): Finding[] {
  const findings: Finding[] = [];
  if (!ts.isArrowFunction(handler) && handler.asteriskToken !== undefined) {
    const message = "a generator can't be a handler: AWS Lambda would return the iterator. Use an async function.";
    findings.push({ code: "generator", node: handler, message });
  }
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const message = "`this` stands for nothing in a Lambda. Use the event and named declarations.";
      findings.push({ code: "this", node, message });
    }
    if (!ownsThis(node)) forEachValue(node, visit);
  };
  if (!ts.isArrowFunction(handler)) forEachValue(handler, visit);
  return findings;
}
