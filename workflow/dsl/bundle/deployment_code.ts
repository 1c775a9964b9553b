/** Which code of a module runs at deployment, beside what is only there for the handlers of its steps. */
import ts from "typescript";
import { capture } from "./capture.ts";
import { handlerOf, isLambdaCall, lambdaCalls, schemaNames, schemaOf } from "./lambda_call.ts";
import { declarationOf, forEachValue, isReference, statementOf, withoutTypes } from "./names.ts";
import type { SourceModule } from "./source_module.ts";

/** Statements that only define functions or classes: they run at deployment if something there calls them. */
const isDefinition = (statement: ts.Node): boolean =>
  ts.isFunctionDeclaration(statement) ||
  ts.isClassDeclaration(statement) ||
  (ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(
      ({ initializer }) => initializer !== undefined && ts.isFunctionLike(withoutTypes(initializer)),
    ));

/** Whether an expression is a step's handler or one of its schemas, where they are written. */
function isLambdaPart(node: ts.Node): boolean {
  const call = ts.findAncestor(node.parent, ts.isCallExpression);
  if (call === undefined || !isLambdaCall(call)) return false;
  return call.arguments[2] === node || schemaNames.some((name) => schemaOf(call, name) === node);
}

/** Visits names of code that runs at deployment: handlers and schemas of steps are left out. */
export function forEachName(node: ts.Node, visit: (id: ts.Identifier) => void): void {
  if (ts.isIdentifier(node) && isReference(node)) visit(node);
  forEachValue(node, (child) => {
    if (!isLambdaPart(child)) forEachName(child, visit);
  });
}

const deploymentCode = new WeakMap<SourceModule, ReadonlySet<ts.Node>>();

/** The statements that may run at deployment: all but the definitions that are only there for handlers. */
export function statementsAtDeployment(module: SourceModule): ReadonlySet<ts.Node> {
  const known = deploymentCode.get(module);
  if (known !== undefined) return known;
  const forHandlers = new Set(
    lambdaCalls(module.source).flatMap((call) => {
      const handler = handlerOf(call);
      return "code" in handler ? [] : [...capture(module, [handler]).statements];
    }),
  );
  const running = new Set<ts.Node>(
    module.source.statements.filter((each) => !forHandlers.has(each) || !isDefinition(each)),
  );
  for (const statement of running) {
    forEachName(statement, (id) => {
      const declaration = declarationOf(module, id);
      if (declaration?.getSourceFile() === module.source) running.add(statementOf(declaration));
    });
  }
  deploymentCode.set(module, running);
  return running;
}
