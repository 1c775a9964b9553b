/**
 * Which names code uses that runs at deployment outside of a step's bundle. Code of the bundle runs in both places and
 * does the same there, unless code outside calls it once more: so of the bundle's code, what is called from outside counts.
 */
import ts from "typescript";
import type { BundledCode } from "./bundled_code.ts";
import { capture } from "./capture.ts";
import { iterations } from "./known_calls.ts";
import { handlerOf, isLambdaCall, lambdaCalls, schemaNames, schemaOf } from "./lambda_call.ts";
import { forEachValue, initialiserOf, isStatic, statementOf, valueDeclaration, withoutTypes } from "./names.ts";
import { moduleOf, resolved, withImports, type Program } from "./program.ts";
import { isModule, referenceAt, type Reference } from "./references.ts";

export interface OutsideReference extends Reference {
  /** Where code outside the bundle calls the code of the bundle that holds the reference; undefined outside the bundle. */
  readonly caller: ts.Node | undefined;
}

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

const forHandlers = new WeakMap<Program, ReadonlySet<ts.Node>>();

/** The machine's definitions that are there for the handlers of its steps. */
function definitionsForHandlers(program: Program): ReadonlySet<ts.Node> {
  const known = forHandlers.get(program);
  if (known !== undefined) return known;
  const definitions = lambdaCalls(program.machine.source).flatMap((call) => {
    const handler = handlerOf(call);
    return "code" in handler ? [] : [...capture(program.machine, [handler]).statements].filter(isDefinition);
  });
  const found = new Set(definitions);
  forHandlers.set(program, found);
  return found;
}

/** The statements of all modules that run at deployment and are no part of the bundle. */
function outsideStatements(program: Program, bundled: BundledCode): ts.Node[] {
  const definitions = definitionsForHandlers(program);
  const { machine } = program;
  return [...withImports(program, [machine])].flatMap(({ source }) =>
    source.statements.filter((each) => {
      if (bundled.holds(each)) return false;
      // Others may call what the machine's file defines.
      return source === machine.source ? !definitions.has(each) : !isDefinition(each);
    }),
  );
}

/** Whether a function runs where it is written: it is called there, or given to an iteration. */
function runsAtOnce(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return runsAtOnce(parent);
  if (!ts.isCallExpression(parent) || parent.expression === node) return ts.isCallExpression(parent);
  return ts.isPropertyAccessExpression(parent.expression) && iterations.has(parent.expression.name.text);
}

const namesOf = new WeakMap<Program, Map<ts.Node, readonly Reference[]>>();

/** What code names, without the handlers and schemas of steps. Every step of a machine asks for it anew. */
function namesIn(program: Program, code: ts.Node): readonly Reference[] {
  const names = namesOf.get(program) ?? new Map<ts.Node, readonly Reference[]>();
  namesOf.set(program, names);
  const known = names.get(code);
  if (known !== undefined) return known;
  const found: Reference[] = [];
  const visit = (node: ts.Node): void => {
    const reference = referenceAt(program, node);
    if (reference !== undefined) found.push(reference);
    forEachValue(node, (child) => {
      if (!isLambdaPart(child)) visit(child);
    });
  };
  visit(code);
  names.set(code, found);
  return found;
}

const isCalled = (node: ts.Node): boolean =>
  (ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent)) && node.parent.expression === node;

export function outsideReferences(program: Program, bundled: BundledCode): OutsideReference[] {
  const found: OutsideReference[] = [];
  const walked = new Set<ts.Node>();
  const walkedSame = new Set<ts.Node>();

  const walk = (code: ts.Node, caller: ts.Node | undefined, isOutside: boolean): void => {
    if (!isOutside) walkSame(code, caller);
    else if (!walked.has(code)) {
      walked.add(code);
      for (const each of namesIn(program, code)) {
        found.push({ ...each, caller });
        enter(each.symbol, caller ?? each.node, true);
      }
    }
  };

  /** Code of the bundle that runs in both places: only the functions that it makes may be called once more. */
  const walkSame = (node: ts.Node, caller: ts.Node | undefined): void => {
    if (walkedSame.has(node)) return;
    walkedSame.add(node);
    const reference = referenceAt(program, node);
    if (reference !== undefined) enter(reference.symbol, caller ?? reference.node, !isCalled(reference.node));
    forEachValue(node, (child) => {
      if (!isLambdaPart(child)) walk(child, caller, ts.isFunctionLike(child) && !runsAtOnce(child));
    });
  };

  const enterClass = (node: ts.ClassLikeDeclaration, caller: ts.Node, isOutside: boolean): void => {
    for (const each of node.heritageClauses ?? []) walk(each, caller, isOutside);
    for (const member of node.members) {
      const runsOnce =
        isStatic(member) && (ts.isPropertyDeclaration(member) || ts.isClassStaticBlockDeclaration(member));
      const isMethod = ts.isFunctionLike(member) && !ts.isConstructorDeclaration(member);
      walk(member, caller, isMethod || (isOutside && !runsOnce));
    }
  };

  const enter = (symbol: ts.Symbol, caller: ts.Node, isOutside: boolean): void => {
    const declaration = valueDeclaration(symbol);
    if (isModule(symbol) && !entered.has(symbol)) {
      entered.add(symbol);
      const exports = program.machine.checker.getExportsOfModule(symbol);
      for (const each of exports) enter(resolved(program, each), caller, isOutside);
    }
    if (declaration === undefined || isModule(symbol) || moduleOf(program, declaration) === undefined) return;
    const statement = statementOf(declaration);
    if (!bundled.holds(statement)) {
      if (isDefinition(statement)) walk(statement, undefined, true);
    } else if (ts.isFunctionDeclaration(declaration)) {
      walk(declaration, caller, isOutside);
    } else if (ts.isClassLike(declaration)) {
      enterClass(declaration, caller, isOutside);
    } else {
      const value = ts.isExportAssignment(declaration) ? declaration.expression : initialiserOf(declaration);
      const inner = value && withoutTypes(value);
      if (inner && ts.isClassLike(inner)) enterClass(inner, caller, isOutside);
      else if (inner) walk(inner, caller, isOutside && ts.isFunctionLike(inner));
    }
  };

  const entered = new Set<ts.Symbol>();
  for (const statement of outsideStatements(program, bundled)) walk(statement, undefined, true);
  return found;
}
