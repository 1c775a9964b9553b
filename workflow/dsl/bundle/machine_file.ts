/** Whether a machine's file can be read for its Lambdas at all: it has to be there, with names that can be followed. */
import { existsSync } from "node:fs";
import ts from "typescript";
import { forEachValue } from "./names.ts";
import type { BundleProblem, Finding } from "./problems.ts";
import { relativePath, type SourceModule } from "./source_module.ts";
import type { CallSite } from "./types.ts";

/** Stack traces name sources by source maps, which may have come without them. */
export function missingSource(step: string, { file, line, column }: CallSite): BundleProblem | undefined {
  if (existsSync(file)) return undefined;
  const message =
    "the stack trace names this file, which doesn't exist, so the handler's source can't be read. If a source map names it, keep the sources where the map says, or run without source maps.";
  return { code: "missing-source", step, message, file: relativePath(file), line, column };
}

/** In CommonJS an import is a call and an export a property, so what a handler reaches is not known by its names. */
export function commonJs({ source }: SourceModule): Finding | undefined {
  const node = ts.isExternalModule(source) ? undefined : commonJsPart(source);
  const message =
    'this file is CommonJS, whose names can\'t be followed. Run the program from its TypeScript, or have tsc write ES modules ("type": "module" in package.json, with "module": "nodenext").';
  return node && { code: "commonjs", node, message };
}

function commonJsPart(node: ts.Node): ts.Node | undefined {
  const isRequire = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "require";
  const isExports = ts.isPropertyAccessExpression(node) && /^(?:module\.)?exports\b/.test(node.getText());
  if (isRequire || isExports) return node;
  let found: ts.Node | undefined;
  forEachValue(node, (child) => {
    found ??= commonJsPart(child);
  });
  return found;
}
