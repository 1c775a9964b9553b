/** Checks of what a bundle was made of: our own modules by the rules of the workflow's file, all others by their name. */
import ts from "typescript";
import { dslFolder, isInside } from "./call_site.ts";
import { coldStartReads } from "./cold_start.ts";
import { isPulumi } from "./entries.ts";
import type { Output } from "./esbuild.ts";
import type { Plan } from "./plan.ts";
import { programOf } from "./program.ts";
import type { Finding } from "./problems.ts";
import { isDependency, isScript, relativePath, sourceModule } from "./source_module.ts";
import { unavailable } from "./unavailable.ts";

const isDeploymentOnly = (file: string): boolean => isPulumi(file) || isInside(dslFolder, file);

/** Each module with the one that imported it first: following them leads back to the entry. */
function importers(entry: string, output: Output): ReadonlyMap<string, string> {
  const importer = new Map<string, string>();
  const note = (from: string, imports: Output["entry"]["imports"]): void => {
    for (const { file } of imports) if (!importer.has(file)) importer.set(file, from);
  };
  note(entry, output.entry.imports);
  for (const [file, { imports }] of output.inputs) note(file, imports);
  return importer;
}

/** The files on the way from the entry to a module, both included. */
function chainTo(file: string, entry: string, importer: ReadonlyMap<string, string>): string[] {
  const before = importer.get(file);
  return before === undefined || before === entry ? [entry, file] : [...chainTo(before, entry, importer), file];
}

/** How a module is called in a chain: a package by its name, a file of ours by its path. */
function shortName(file: string): string {
  if (isPulumi(file)) return file;
  const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file) ?? [];
  return name?.replace("\\", "/") ?? relativePath(file);
}

/** The statement that imports a file, by the specifier that led there. */
function importStatement(importer: string, specifier: string | undefined): ts.Node {
  const { source } = sourceModule(importer);
  const statement = source.statements.find(
    (each) =>
      (ts.isImportDeclaration(each) || ts.isExportDeclaration(each)) &&
      each.moduleSpecifier !== undefined &&
      ts.isStringLiteral(each.moduleSpecifier) &&
      each.moduleSpecifier.text === specifier,
  );
  return statement ?? source;
}

function importFinding(
  code: Finding["code"],
  file: string,
  entry: string,
  output: Output,
  say: (chain: string) => string,
): Finding {
  const chain = chainTo(file, entry, importers(entry, output));
  const ours = chain.findLastIndex((each, index) => index < chain.length - 1 && !isDependency(each));
  const [from = entry, to] = chain.slice(ours);
  const imports = [...(from === entry ? output.entry.imports : []), ...(output.inputs.get(from)?.imports ?? [])];
  const specifier = imports.find((each) => each.file === to)?.specifier;
  const names = chain.map(shortName).filter((each, index, all) => each !== all[index - 1]);
  return { code, node: importStatement(from, specifier), message: say(names.join(" → ")) };
}

/** An exported handler's entry only re-exports its file, which then is one of the modules. */
export function helperFindings({ entry: { file: entry }, program, exported }: Plan, output: Output): Finding[] {
  const modules = [...output.inputs].filter(([file]) => !isDependency(file));
  const deployment = [...output.inputs.keys()].find(isDeploymentOnly);
  if (deployment !== undefined) {
    return [
      importFinding(
        "deployment-only",
        deployment,
        entry,
        output,
        (chain) =>
          `this import reaches what exists only where the program is deployed from: ${chain}. Keep it out of the modules that a handler needs.`,
      ),
    ];
  }
  if (!exported && output.inputs.has(entry)) {
    return [
      importFinding(
        "cyclic-import",
        entry,
        entry,
        output,
        (chain) =>
          `this import leads back to the file of the step: ${chain}. The Lambda would hold that module twice; move what both need to a module of its own.`,
      ),
    ];
  }
  const findings = modules
    .filter(([file, { bytes }]) => bytes > 0 && isScript(file))
    .flatMap(([file]) => {
      // What is imported by another way than its file's name is a program of its own.
      const own = program.modules.has(file) ? program : programOf(file);
      const module = own.modules.get(file) ?? own.machine;
      const { statements } = module.source;
      return [...unavailable(module, statements), ...coldStartReads(own, statements)];
    });
  // A read in a function that two modules call at their top level is one finding.
  return [...new Map(findings.map((each) => [each.node, each])).values()];
}
