/** Which expressions read something outside the program: the clock, chance, the environment, files or the network. */
import { isBuiltin } from "node:module";
import ts from "typescript";
import { declarationOf, importOf, rootOf, withoutTypes } from "./names.ts";
import type { SourceModule } from "./source_module.ts";

/** Globals of which any use reads something outside the program. */
const outsideGlobals = new Set(["process", "performance"]);

/** Calls of globals that do; other members of the same objects may be harmless. */
const outsideCalls =
  /^(globalThis\.)?(Date|Date\.now|Math\.random|Temporal\.Now\..*|crypto\.(randomUUID|getRandomValues)|fetch)$/;

/** Node's modules whose functions are all computations, … */
const pureModules = new Set(
  [
    "assert async_hooks buffer diagnostics_channel events querystring stream stream/promises string_decoder",
    "timers timers/promises url util zlib",
  ].flatMap((line) => line.split(" ")),
);

/** … and those of which some are: what is named here reads. Of any other module of Node's, every call reads. */
const mixedModules: Readonly<Record<string, RegExp>> = {
  crypto: /^(random|getRandom|generate|webcrypto)/,
  http: /^(?!Agent$)/,
  https: /^(?!Agent$)/,
  path: /^(resolve|relative)$/,
};

/** `Date.now` of `Date.now()`; undefined for what is no plain path of names. */
function pathOf(node: ts.Expression): string[] | undefined {
  if (ts.isIdentifier(node)) return [node.text];
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const before = pathOf(node.expression);
  return before && [...before, node.name.text];
}

/** Whether a path goes on from what a call gave, as `fetch(url).then` does: that call is looked at by itself. */
function isOnResult(node: ts.Expression): boolean {
  const inner = withoutTypes(node);
  if (ts.isCallExpression(inner)) return true;
  return (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner)) && isOnResult(inner.expression);
}

const withoutPrefix = (specifier: string): string => specifier.replace(/^node:/, "");

/** Whether a name is of `process`, by import or as the global. */
export function readsByName(module: SourceModule, id: ts.Identifier): boolean {
  const declaration = declarationOf(module, id);
  if (declaration === undefined) return outsideGlobals.has(id.text);
  const specifier = importOf(declaration)?.specifier;
  return specifier !== undefined && withoutPrefix(specifier) === "process";
}

/** Whether a call or construction reads, going by the name that is called. */
export function readsByCall(module: SourceModule, node: ts.CallExpression | ts.NewExpression): boolean {
  const root = rootOf(node.expression);
  if (root === undefined || isOnResult(node.expression)) return false;
  const names = pathOf(node.expression) ?? [root.text];
  const declaration = declarationOf(module, root);
  if (declaration === undefined) {
    const called = names.join(".");
    if (called === "Date" && ts.isNewExpression(node)) return (node.arguments ?? []).length === 0;
    return outsideCalls.test(called);
  }
  const imported = importOf(declaration);
  if (imported === undefined || !isBuiltin(imported.specifier)) return false;
  const isWhole = imported.name === "*" || imported.name === "default";
  const name = isWhole ? (names[1] ?? imported.name) : imported.name;
  const specifier = withoutPrefix(imported.specifier);
  return !pureModules.has(specifier) && (mixedModules[specifier]?.test(name) ?? true);
}
