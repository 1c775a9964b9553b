/**
 * A captured constant is built anew in the Lambda. If code outside the bundle changes it at deployment (`map.set()` in an
 * `init()`, `Object.assign(captured, …)`), that change would be lost without a word, so every such place is found here.
 */
import ts from "typescript";
import { capture, isDeploymentOnly, type Capture } from "./capture.ts";
import { handlerOf, isLambdaCall, lambdaCalls, withoutTypes } from "./lambda_call.ts";
import type { Finding } from "./problems.ts";
import { forEachValue, importOf, isReference, statementOf, symbolOf, type SourceModule } from "./source_module.ts";

/** Methods of the language's own objects that only read. */
const reading = new Set(
  [
    "at concat endsWith entries every exec filter find findIndex findLast findLastIndex flat flatMap forEach get has",
    "includes indexOf isSubsetOf join keys lastIndexOf map match padStart reduce reduceRight replace replaceAll slice some",
    "split startsWith test toISOString toJSON toReversed toSorted toSpliced toString trim union values valueOf with",
  ].flatMap((line) => line.split(" ")),
);

/** Functions of the language that leave their arguments as they are. */
const harmless = new Set(
  [
    "Array.from Array.isArray Boolean JSON.stringify Map Number Object.entries Object.freeze Object.fromEntries",
    "Object.keys Object.values Set String console.error console.info console.log console.warn structuredClone",
  ].flatMap((line) => line.split(" ")),
);

/** Libraries whose values never change once they are made. */
const immutableLibraries = /^zod($|\/)/;

const dotted = (node: ts.Expression): string => node.getText().replace(/\s|\?/g, "");

function rootOf(node: ts.Expression): ts.Identifier | undefined {
  const inner = withoutTypes(node);
  if (ts.isIdentifier(inner)) return inner;
  const hasObject =
    ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner) || ts.isCallExpression(inner);
  return hasObject ? rootOf(inner.expression) : undefined;
}

function specifierOf(module: SourceModule, node: ts.Expression): string | undefined {
  const root = rootOf(node);
  const declaration = root && symbolOf(module, root)?.declarations?.[0];
  return declaration && importOf(declaration)?.specifier;
}

const fromDsl = (module: SourceModule, node: ts.Expression): boolean => {
  const specifier = specifierOf(module, node);
  return specifier !== undefined && isDeploymentOnly(specifier, module.file);
};

/** Whether a call is the DSL's: of something imported from it, or of a parameter (`flow`) within such a call. */
function isDslCall(module: SourceModule, call: ts.CallExpression | ts.NewExpression): boolean {
  if (fromDsl(module, call.expression)) return true;
  const root = rootOf(call.expression);
  const declaration = root && symbolOf(module, root)?.declarations?.[0];
  if (declaration === undefined || !ts.isParameter(declaration)) return false;
  const outer = ts.findAncestor(declaration, (node) => ts.isCallExpression(node) && fromDsl(module, node.expression));
  return outer !== undefined;
}

/** Whether nothing done to this value elsewhere can matter: primitives, functions, values of immutable libraries. */
function isImmutable(module: SourceModule, node: ts.Expression): boolean {
  const type = module.checker.getTypeAtLocation(node);
  const primitive =
    ts.TypeFlags.StringLike |
    ts.TypeFlags.NumberLike |
    ts.TypeFlags.BooleanLike |
    ts.TypeFlags.BigIntLike |
    ts.TypeFlags.Null;
  if ((type.flags & primitive) !== 0 || type.getCallSignatures().length > 0) return true;
  const root = rootOf(node);
  const declaration = root && symbolOf(module, root)?.declarations?.[0];
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return declaration !== undefined;
  const from = declaration.initializer && specifierOf(module, declaration.initializer);
  return from !== undefined && immutableLibraries.test(from);
}

/** The whole of `config.tables[0]`, given its `config`. */
function widest(node: ts.Expression): ts.Expression {
  const { parent } = node;
  const isObject =
    ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent) || ts.isParenthesizedExpression(parent); // prettier-ignore
  return isObject && parent.expression === node ? widest(parent) : node;
}

/** The call that a value is an argument of, as it is or within object and array literals. */
function receivingCall(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node ? undefined : parent;
  const isPart =
    (ts.isPropertyAssignment(parent) && parent.initializer === node) || ts.isShorthandPropertyAssignment(parent) ||
    ts.isObjectLiteralExpression(parent) || ts.isArrayLiteralExpression(parent); // prettier-ignore
  return isPart ? receivingCall(parent) : undefined;
}

function isAssigned(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return parent.left === node && kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  }
  if (ts.isDeleteExpression(parent) || ts.isPostfixUnaryExpression(parent)) return true;
  return (
    ts.isPrefixUnaryExpression(parent) &&
    (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken)
  );
}

/** Whether a use of a captured name may change what it stands for. */
function mayChange(module: SourceModule, id: ts.Identifier): boolean {
  const whole = widest(id);
  if (isAssigned(whole)) return true;
  if (isImmutable(module, id)) return false;
  const { parent } = whole;
  if (ts.isCallExpression(parent) && parent.expression === whole) {
    return ts.isPropertyAccessExpression(whole) && !reading.has(whole.name.text);
  }
  const call = receivingCall(ts.isShorthandPropertyAssignment(id.parent) ? id.parent : whole);
  if (call === undefined || isImmutable(module, whole)) return false;
  const from = specifierOf(module, call.expression);
  const isPure = harmless.has(dotted(call.expression)) || (from !== undefined && immutableLibraries.test(from));
  return !isPure && !isDslCall(module, call);
}

/** Statements that only define functions or classes: they run at deployment if something there calls them. */
const isDefinition = (statement: ts.Node): boolean =>
  ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ||
  (ts.isVariableStatement(statement) && statement.declarationList.declarations.every(
    ({ initializer }) => initializer !== undefined && ts.isFunctionLike(withoutTypes(initializer)))); // prettier-ignore

/** Visits names of code that runs at deployment: handlers of steps are left out. */
function forEachName(node: ts.Node, visit: (id: ts.Identifier) => void): void {
  if (ts.isIdentifier(node) && isReference(node)) visit(node);
  forEachValue(node, (child) => {
    const isHandler = isLambdaCall(node) && node.arguments[2] === child;
    if (!isHandler) forEachName(child, visit);
  });
}

const deploymentCode = new WeakMap<SourceModule, ReadonlySet<ts.Node>>();

/** The statements that may run at deployment: all but the definitions that are only there for handlers. */
function statementsAtDeployment(module: SourceModule): ReadonlySet<ts.Node> {
  const known = deploymentCode.get(module);
  if (known !== undefined) return known;
  const forHandlers = new Set(
    lambdaCalls(module.source).flatMap((call) => {
      const handler = handlerOf(call);
      return "code" in handler ? [] : [...capture(module, handler).statements];
    }),
  );
  const running = new Set<ts.Node>(
    module.source.statements.filter((each) => !forHandlers.has(each) || !isDefinition(each)),
  );
  for (const statement of running) {
    forEachName(statement, (id) => {
      const declaration = symbolOf(module, id)?.declarations?.[0];
      if (declaration?.getSourceFile() === module.source) running.add(statementOf(declaration));
    });
  }
  deploymentCode.set(module, running);
  return running;
}

export function lostChanges(module: SourceModule, { statements, symbols }: Capture): Finding[] {
  const findings: Finding[] = [];
  for (const statement of statementsAtDeployment(module)) {
    if (statements.has(statement)) continue;
    forEachName(statement, (id) => {
      const symbol = symbolOf(module, id);
      if (symbol === undefined || !symbols.has(symbol) || !mayChange(module, id)) return;
      const message = `the captured \`${id.text}\` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build \`${id.text}\` in one expression, or give this code a copy (structuredClone).`;
      findings.push({ code: "lost-change", node: id, message });
    });
  }
  return findings;
}
