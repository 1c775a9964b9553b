/** Which of a module's declarations a step's handler and schemas reach, and which of the names in it can't come along to AWS. */
import ts from "typescript";
import { isDeploymentOnly } from "./dsl_calls.ts";
import type { Finding } from "./problems.ts";
import { forEachValue, importOf, isReference, statementOf, symbolOf, valueDeclaration } from "./names.ts";
import { lineOf, type SourceModule } from "./source_module.ts";

export interface Capture {
  /** Top-level statements that the step's parts need, directly or through each other. */
  readonly statements: ReadonlySet<ts.Node>;
  /** Constants of the enclosing functions whose value is a literal: they move into the bundle. */
  readonly hoisted: ReadonlySet<ts.VariableDeclaration>;
  /** The captured variables, functions and classes. */
  readonly symbols: ReadonlySet<ts.Symbol>;
  readonly findings: readonly Finding[];
}

/** What stands behind a name that is used in a bundle but declared outside the part looked at. */
type Origin =
  | { kind: "top-level"; statement: ts.Node }
  | { kind: "import"; statement: ts.ImportDeclaration }
  | { kind: "literal"; declaration: ts.VariableDeclaration }
  | { kind: "enclosing"; declaration: ts.Declaration }
  | { kind: "variable"; declaration: ts.Declaration };

/** A value that is fully written out: it can be copied instead of computed. */
function isLiteral(node: ts.Expression): boolean {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) {
    return isLiteral(node.expression);
  }
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand) || ts.isBigIntLiteral(node.operand);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (each) => ts.isPropertyAssignment(each) && !ts.isComputedPropertyName(each.name) && isLiteral(each.initializer),
    );
  }
  return (
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

function originOf(declaration: ts.Declaration): Origin {
  const statement = statementOf(declaration);
  if (ts.isImportDeclaration(statement)) return { kind: "import", statement };
  if (statement === declaration) return { kind: "top-level", statement };
  const owner = ts.isBindingElement(declaration) ? ts.walkUpBindingElementsAndPatterns(declaration) : declaration;
  if (!ts.isVariableDeclaration(owner)) return { kind: "enclosing", declaration };
  const { flags } = owner.parent;
  const isConstant = (flags & ts.NodeFlags.Const) !== 0 && (flags & ts.NodeFlags.Using) === 0;
  if (owner.parent.parent === statement) {
    return isConstant ? { kind: "top-level", statement } : { kind: "variable", declaration };
  }
  const literal =
    isConstant && owner === declaration && owner.initializer !== undefined && isLiteral(owner.initializer);
  return literal ? { kind: "literal", declaration: owner } : { kind: "enclosing", declaration };
}

const isWithin = (node: ts.Node, scope: ts.Node): boolean => node.pos >= scope.pos && node.end <= scope.end;

/** @param parts a step's handler and its schemas, as they are written in its call */
export function capture(module: SourceModule, parts: readonly ts.Expression[]): Capture {
  const statements = new Set<ts.Node>();
  const hoisted = new Set<ts.VariableDeclaration>();
  const symbols = new Set<ts.Symbol>();
  const findings: Finding[] = [];

  const keep = (statement: ts.Node, id: ts.Identifier, chain: readonly string[]): void => {
    if (parts.some((part) => isWithin(part, statement) && !ts.isIdentifier(part))) {
      const message = `${named(chain, id)} is defined by the statement that holds this step, which runs only at deployment. Pass what the handler needs in the payload.`;
      findings.push({ code: "deployment-only", node: id, message });
    } else if (!statements.has(statement)) {
      statements.add(statement);
      scan(statement, [...chain, id.text]);
    }
  };

  const reach = (id: ts.Identifier, scope: ts.Node, chain: readonly string[]): void => {
    const symbol = symbolOf(module, id);
    const declaration = symbol && valueDeclaration(symbol);
    if (symbol === undefined || declaration === undefined || isWithin(declaration, scope)) return;
    const name = named(chain, id);
    const origin = originOf(declaration);
    switch (origin.kind) {
      case "literal":
        symbols.add(symbol);
        hoisted.add(origin.declaration);
        return;
      case "top-level":
        symbols.add(symbol);
        keep(origin.statement, id, chain);
        return;
      case "import": {
        const { specifier = "" } = importOf(declaration) ?? {};
        if (isDeploymentOnly(specifier, module.file)) {
          const message = `${name} comes from "${specifier}", which exists only where the program is deployed from. Pass the value in the payload.`;
          findings.push({ code: "deployment-only", node: id, message });
        } else {
          symbols.add(symbol);
          statements.add(origin.statement);
        }
        return;
      }
      case "enclosing": {
        const message = `${name} is a variable of the enclosing function (line ${lineOf(origin.declaration)}), which the Lambda never runs. Pass it in the payload, or move it to the module's top level.`;
        findings.push({ code: "enclosing-variable", node: id, message });
        return;
      }
      case "variable": {
        const message = `${name} is a \`let\` or \`var\` (line ${lineOf(origin.declaration)}), whose value at deployment would be lost. Make it a \`const\`, or pass it in the payload.`;
        findings.push({ code: "not-constant", node: id, message });
        return;
      }
    }
  };

  const scan = (root: ts.Node, chain: readonly string[]): void => {
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && isReference(node)) reach(node, root, chain);
      forEachValue(node, visit);
    };
    visit(root);
  };

  for (const part of parts) scan(part, []);
  return { statements, hoisted, symbols, findings };
}

/** A name with the declarations it was reached through: `summary → limit`. */
const named = (chain: readonly string[], id: ts.Identifier): string => `\`${[...chain, id.text].join(" → ")}\``;
