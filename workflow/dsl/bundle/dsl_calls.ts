/** The DSL's own part of a machine's source: it exists only at deployment, and changes nothing that it is given. */
import ts from "typescript";
import { dslFolder, isInside } from "./call_site.ts";
import { declarationOf, rootOf, specifierOf } from "./names.ts";
import { nodesFile, projectFile } from "./project_file.ts";
import type { SourceModule } from "./source_module.ts";

/** The DSL and Pulumi exist where a program is deployed from, not in the Lambda. */
export function isDeploymentOnly(specifier: string, importer: string): boolean {
  if (specifier.startsWith("@pulumi/")) return true;
  // The DSL may be a package itself.
  const file = projectFile(specifier, importer) ?? nodesFile(specifier, importer);
  return file !== undefined && isInside(dslFolder, file);
}

const fromDsl = (module: SourceModule, node: ts.Expression): boolean => {
  const specifier = specifierOf(module, node);
  return specifier !== undefined && isDeploymentOnly(specifier, module.file);
};

/** Whether a parameter's type is written as one of the DSL's: `(flow: Flow) => …`. */
function isTypedByDsl(module: SourceModule, { type }: ts.ParameterDeclaration): boolean {
  return type !== undefined && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)
    ? fromDsl(module, type.typeName)
    : false;
}

/** Whether a callee is the DSL's: something imported from it, or a parameter (`flow`) of its type or in such a call. */
export function isDslCallee(module: SourceModule, callee: ts.Expression): boolean {
  if (fromDsl(module, callee)) return true;
  const root = rootOf(callee);
  const declaration = root && declarationOf(module, root);
  if (declaration === undefined || !ts.isParameter(declaration)) return false;
  const outer = ts.findAncestor(declaration, (node) => ts.isCallExpression(node) && fromDsl(module, node.expression));
  return outer !== undefined || isTypedByDsl(module, declaration);
}
