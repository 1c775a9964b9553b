/** Which expressions read something outside the program: the clock, chance, the environment, the machine, files, the network. */
import { isBuiltin } from "node:module";
import ts from "typescript";
import { namePath, type NamePath } from "./name_path.ts";
import { declarationOf, importOf } from "./names.ts";
import type { SourceModule } from "./source_module.ts";

/** Globals of which any use reads something outside the program. */
const outsideGlobals = new Set(["localStorage", "navigator", "performance", "process", "sessionStorage"]);

/** Calls of globals that do; other members of the same objects may be harmless. */
const outsideCalls =
  /^(Date\.now|Math\.random|Temporal\.Now\..*|crypto\.(randomUUID|getRandomValues|subtle\.generateKey)|fetch|EventSource|WebSocket)$/;

/** Methods of dates that tell the time in the machine's own time zone. */
const localTimes = /^get(Date|Day|FullYear|Hours|Minutes|Month|TimezoneOffset)$/;

/** Node's modules whose functions are all computations, … */
const pureModules = new Set(
  [
    "assert assert/strict async_hooks buffer diagnostics_channel events querystring stream stream/promises",
    "string_decoder timers timers/promises url util util/types zlib",
  ].flatMap((line) => line.split(" ")),
);

/** … and those of which some are: what is named here reads. Of any other module of Node's, every call reads. */
const mixedModules: Readonly<Record<string, RegExp>> = {
  crypto: /^(random|getRandom|generate|webcrypto)/,
  http: /^(?!Agent$)/,
  https: /^(?!Agent$)/,
  path: /^(resolve|relative)$/,
};

/** Values of Node's modules that differ from machine to machine, without any call. */
const machineValues: Readonly<Record<string, RegExp>> = {
  os: /^(EOL|constants|devNull)$/,
  path: /^(delimiter|sep)$/,
};

const withoutPrefix = (specifier: string): string => specifier.replace(/^node:/, "");

/** The members of a module that a path goes through: `randomUUID` of `crypto.default.randomUUID`. */
function membersOf({ root, names }: NamePath): { specifier: string; members: readonly string[] } | undefined {
  const imported = root && importOf(root);
  if (imported === undefined || !isBuiltin(imported.specifier)) return undefined;
  const all = [imported.name, ...names];
  return { specifier: withoutPrefix(imported.specifier), members: all.slice(all.findIndex((each) => !isWhole(each))) };
}

const isWhole = (name: string): boolean => name === "*" || name === "default";

/**
 * Whether a global or an import, with the members that are read of it, is of the process, is all globals, or differs
 * between machines. What a constant stands for is found where the constant is made.
 */
export function readsByName(module: SourceModule, id: ts.Identifier, whole: ts.Expression): boolean {
  const declaration = declarationOf(module, id);
  if (declaration !== undefined && importOf(declaration) === undefined) return false;
  const path = namePath(module, whole) ?? namePath(module, id);
  if (path === undefined) return false;
  if (path.root === undefined) return path.names.length === 0 || outsideGlobals.has(path.names[0] ?? "");
  const builtin = membersOf(path);
  if (builtin === undefined) return false;
  const { specifier, members } = builtin;
  return specifier === "process" || (machineValues[specifier]?.test(members[0] ?? "") ?? false);
}

/** Whether a function reads that is called by a name: `Math.random`, `fs.readFileSync`. */
export function readsWhenCalled(module: SourceModule, callee: ts.Expression): boolean {
  const path = namePath(module, callee);
  if (path === undefined) return false;
  const called = path.names.at(-1) === "call" || path.names.at(-1) === "apply" ? path.names.slice(0, -1) : path.names;
  if (path.root === undefined) return outsideCalls.test(called.join("."));
  const builtin = membersOf({ ...path, names: called });
  if (builtin === undefined) return false;
  const { specifier, members } = builtin;
  return !pureModules.has(specifier) && (mixedModules[specifier]?.test(members[0] ?? "") ?? true);
}

/** Whether a call or construction reads, going by what is called and with which arguments. */
export function readsByCall(module: SourceModule, node: ts.CallExpression | ts.NewExpression): boolean {
  if (readsWhenCalled(module, node.expression)) return true;
  const args = node.arguments ?? [];
  const path = namePath(module, node.expression);
  const called = path?.root === undefined ? (path?.names.join(".") ?? "") : "";
  // With two arguments and more, a date is made of a local time.
  if (called === "Date") return ts.isCallExpression(node) || args.length !== 1;
  if (called === "Intl.DateTimeFormat") return !namesZone(args);
  if (called.startsWith("Intl.") && /^Intl\.[A-Z]\w*$/.test(called)) return args.length === 0;
  const method = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : "";
  if (method === "toLocaleDateString" || method === "toLocaleTimeString") return !namesZone(args);
  return args.length === 0 && (method === "toLocaleString" || localTimes.test(method));
}

/** Whether the arguments of a formatter of dates have a locale and a time zone, as far as they are written there. */
function namesZone([locale, options]: readonly ts.Expression[]): boolean {
  if (locale === undefined || options === undefined) return false;
  if (!ts.isObjectLiteralExpression(options)) return true;
  return options.properties.some((each) => ts.isSpreadAssignment(each) || each.name.getText() === "timeZone");
}
