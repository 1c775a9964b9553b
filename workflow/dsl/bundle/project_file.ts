/**
 * The file of the project that a specifier names: by its path, through `paths` of the tsconfig.json nearest to the module
 * that imports it, as tsc and tsx have it, or through `imports` of package.json. Names are completed as by esbuild.
 */
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { z } from "zod";
import { isDependency } from "./source_module.ts";

/** Undefined for packages, and where there is no such file. */
export function projectFile(specifier: string, importer: string): string | undefined {
  if (specifier.startsWith("file:")) return fileAt(fileURLToPath(specifier));
  const isPath = specifier.startsWith(".") || path.isAbsolute(specifier);
  if (isPath) return fileAt(path.resolve(path.dirname(importer), specifier));
  return mappedFile(specifier, importer) ?? (specifier.startsWith("#") ? nodesFile(specifier, importer) : undefined);
}

/** The file that Node finds for a specifier which is not a path; undefined where there is none. */
export function nodesFile(specifier: string, importer: string): string | undefined {
  try {
    return createRequire(importer).resolve(specifier);
  } catch {
    return undefined;
  }
}

/** The file that `paths` give a specifier which is not a path. Modules of packages have no part in them. */
export function mappedFile(specifier: string, importer: string): string | undefined {
  if (specifier.startsWith("node:") || isDependency(importer)) return undefined;
  const { paths, base } = pathsFor(importer);
  const [best] = Object.keys(paths)
    .flatMap((pattern) => matchOf(pattern, specifier) ?? [])
    .sort((a, b) => b.rank - a.rank);
  if (best === undefined) return undefined;
  const targets = paths[best.pattern] ?? [];
  return targets
    .map((target) => fileAt(path.resolve(base, target.split("*").join(best.rest))))
    .find((file) => file !== undefined && !isDeclarations(file));
}

/** What the names begin with that `paths` have for any of these modules. */
export function mappedBeginnings(modules: Iterable<string>): string[] {
  const patterns = [...modules].flatMap((module) => (isDependency(module) ? [] : Object.keys(pathsFor(module).paths)));
  return [...new Set(patterns.map((pattern) => pattern.replace(/\*.*$/, "")))];
}

/** Of several patterns the one without `*`, then the one with the longest text before it. */
function matchOf(pattern: string, specifier: string): { pattern: string; rest: string; rank: number } | undefined {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === specifier ? { pattern, rest: "", rank: Infinity } : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const matches =
    specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
  return matches
    ? { pattern, rest: specifier.slice(star, specifier.length - after.length), rank: before.length }
    : undefined;
}

interface Paths {
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** The folder that the files are relative to. */
  readonly base: string;
}

const configs = new Map<string, Paths & { readonly text: string }>();

function pathsFor(importer: string): Paths {
  const config = ts.findConfigFile(path.dirname(importer), isFile);
  if (config === undefined) return { paths: {}, base: "" };
  const text = readFileSync(config, "utf8");
  const known = configs.get(config);
  if (known?.text === text) return known;
  const read = { ...pathsIn(config, text), text };
  configs.set(config, read);
  return read;
}

/** TypeScript's own note of which configuration has `paths` is `pathsBasePath`. */
const Options = z.object({
  paths: z.record(z.string(), z.array(z.string())).catch({}),
  baseUrl: z.string().optional(),
  pathsBasePath: z.string().optional(),
});

/** `paths` may come from a configuration that this one extends. No other option counts, and no file is looked for. */
function pathsIn(config: string, text: string): Paths {
  const host: ts.ParseConfigHost = { ...ts.sys, readDirectory: () => [] };
  const folder = path.dirname(config);
  const json: unknown = ts.parseConfigFileTextToJson(config, text).config;
  const { paths, baseUrl, pathsBasePath } = Options.parse(
    ts.parseJsonConfigFileContent(json, host, folder, {}, config).options,
  );
  return { paths, base: baseUrl ?? pathsBasePath ?? folder };
}

/** What a name may stand for, in esbuild's order: itself, the TypeScript of a JavaScript file, a name without its ending. */
function fileAt(name: string): string | undefined {
  const typescript = /\.[cm]?jsx?$/.test(name) ? [name.replace(/jsx?$/, "ts"), name.replace(/jsx?$/, "tsx")] : [];
  const ended = (stem: string): string[] => [".tsx", ".ts", ".jsx", ".js", ".json"].map((ending) => stem + ending);
  return [name, ...typescript, ...ended(name), ...ended(path.join(name, "index"))].find(isFile);
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/** They stand for a file that TypeScript doesn't see, and have nothing to run. */
const isDeclarations = (file: string): boolean => /\.d\.[cm]?ts$/.test(file);
