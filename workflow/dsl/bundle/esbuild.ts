/** One esbuild call for all Lambdas of a program: hermetic, shaken, minified, and the same bytes in every checkout. */
import path from "node:path";
import * as esbuild from "esbuild";
import { z } from "zod";
import { dslFolder } from "./call_site.ts";
import { packageRoot, relativePath } from "./source_module.ts";
import type { BundleOptions } from "./types.ts";

/** A module to bundle that stands in the place of a file: the file's imports, paths and positions are its own. */
export interface Entry {
  readonly file: string;
  readonly contents: string;
}

/** A module that is part of a bundle: which modules it imports, and whether any of its code was left by tree shaking. */
export interface Input {
  readonly imports: readonly { readonly file: string; readonly specifier: string | undefined }[];
  readonly bytes: number;
}

export interface Output {
  readonly code: string;
  readonly map: string;
  readonly entry: Input;
  /** By absolute path, the modules reachable from the entry. */
  readonly inputs: ReadonlyMap<string, Input>;
}

export interface BuildMessage {
  readonly text: string;
  /** Which entry it is about, when it is about the entry's own text. */
  readonly entry: number | undefined;
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** Warnings are of code that esbuild bundled although it can't work as written. */
export type Build =
  | { readonly outputs: readonly Output[]; readonly warnings: readonly BuildMessage[] }
  | { readonly messages: readonly BuildMessage[] };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const pulumi = /^@pulumi\//;
const insideDsl = new RegExp(`^${escaped(dslFolder + path.sep)}`);

/** Whether a module's name in a bundle's inputs is of Pulumi, which is listed by its package instead of a file. */
export const isPulumi = (name: string): boolean => name.startsWith("@pulumi/");

/** Packages may ask for their `import.meta.url`, which CommonJS has not: they get the bundle's own. Unused, it is left out. */
const importMeta = "lambda-import-meta";
const importMetaModule = `import { pathToFileURL } from "node:url";
export const $importMetaUrl = /* @__PURE__ */ (() => pathToFileURL(__filename).href)();`;

const suffix = "?lambda=";
const SourceMap = z.looseObject({ sources: z.array(z.string()) });

function loaderOf(file: string): esbuild.Loader {
  const [, kind] = /\.[cm]?(tsx|jsx|ts|js)$/.exec(file) ?? [];
  return kind === "tsx" || kind === "jsx" || kind === "js" ? kind : "ts";
}

function entriesPlugin(entries: readonly Entry[]): esbuild.Plugin {
  const files = [...new Set(entries.map(({ file }) => escaped(file)))];
  return {
    name: "lambdas",
    setup(build) {
      build.onResolve({ filter: /^lambda:\d+$/ }, ({ path: name }) => {
        const index = Number(name.slice("lambda:".length));
        return { path: entries[index]?.file ?? "", namespace: "file", suffix: `${suffix}${index}` };
      });
      build.onResolve({ filter: new RegExp(`^${importMeta}$`) }, () => ({ path: importMeta, namespace: importMeta }));
      build.onLoad({ filter: /./, namespace: importMeta }, () => ({ contents: importMetaModule, loader: "js" }));
      // Where a bundle must not lead, the build doesn't go: it would only take long to say so.
      build.onResolve({ filter: pulumi }, ({ path: name }) => ({ path: name, external: true }));
      build.onLoad({ filter: insideDsl }, () => ({ contents: "module.exports = {};", loader: "js" }));
      build.onLoad(
        { filter: new RegExp(`^(?:${files.join("|")})$`), namespace: "file" },
        ({ suffix: which, path: file }) => {
          const entry = which.startsWith(suffix) ? entries[Number(which.slice(suffix.length))] : undefined;
          return entry && { contents: entry.contents, loader: loaderOf(file), resolveDir: path.dirname(file) };
        },
      );
    },
  };
}

/** A module's name in source maps: of a package, its path from node_modules on, wherever that folder is. */
function sourceName(file: string, root: string): string {
  const names = file.split(path.sep);
  const dependency = names.indexOf("node_modules");
  return dependency >= 0 ? names.slice(dependency).join("/") : relativePath(file, root);
}

/** Absolute path of a metafile's or message's file name, and the entry that it stands for. */
function located(name: string, folder: string): { file: string; entry: number | undefined } {
  if (isPulumi(name)) return { file: name, entry: undefined };
  const [file = name, index] = name.split(suffix);
  return { file: path.resolve(folder, file), entry: index === undefined ? undefined : Number(index) };
}

function asMessage({ text, location }: esbuild.Message, folder: string): BuildMessage {
  if (location === null) return { text, entry: undefined, file: undefined, line: 1, column: 1 };
  return { text, ...located(location.file, folder), line: location.line, column: location.column + 1 };
}

/** The modules that an entry reaches, found along the imports: a metafile holds those of all entries together. */
function reachable(metafile: esbuild.Metafile, output: string, folder: string): Pick<Output, "entry" | "inputs"> {
  const { entryPoint = "", inputs: sizes = {} } = metafile.outputs[output] ?? {};
  const input = (name: string): Input & { names: string[] } => {
    const imports = (metafile.inputs[name]?.imports ?? []).filter(
      (each) => each.external !== true || isPulumi(each.path),
    );
    return {
      names: imports.map((each) => each.path),
      imports: imports.map((each) => ({ file: located(each.path, folder).file, specifier: each.original })),
      bytes: sizes[name]?.bytesInOutput ?? 0,
    };
  };
  const entry = input(entryPoint);
  const inputs = new Map<string, Input>();
  const queue = [...entry.names];
  for (const name of queue) {
    const { file } = located(name, folder);
    if (inputs.has(file)) continue;
    const { names, ...rest } = input(name);
    inputs.set(file, rest);
    queue.push(...names);
  }
  return { entry, inputs };
}

function finishedMap(text: string, entryFile: string, folder: string): string {
  const map = SourceMap.parse(JSON.parse(text));
  const root = packageRoot(entryFile);
  return JSON.stringify({ ...map, sources: map.sources.map((each) => sourceName(located(each, folder).file, root)) });
}

/** Bundles every entry. The working folder is the first entry's package, so that nothing depends on the process's cwd. */
export async function build(entries: readonly Entry[], { external = [] }: BundleOptions = {}): Promise<Build> {
  const [first] = entries;
  if (first === undefined) return { outputs: [], warnings: [] };
  const folder = packageRoot(first.file);
  const result = await esbuild
    .build({
      entryPoints: entries.map((_, index) => ({ in: `lambda:${index}`, out: String(index) })),
      plugins: [entriesPlugin(entries)],
      absWorkingDir: folder,
      outdir: folder,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node24",
      // Errors and classes keep their names: Step Functions matches on them.
      minify: true,
      keepNames: true,
      charset: "utf8",
      legalComments: "none",
      mainFields: ["module", "main"],
      external: [...external],
      inject: [importMeta],
      define: { "import.meta.url": "$importMetaUrl" },
      sourcemap: "external",
      sourcesContent: false,
      // Imports mean what they mean under Node's type stripping, whatever tsconfig.json is near.
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      metafile: true,
      write: false,
      logLevel: "silent",
    })
    .catch((failure: unknown) => {
      if (failure instanceof Error && "errors" in failure) return failure as esbuild.BuildFailure;
      throw failure;
    });
  if (result instanceof Error) return { messages: result.errors.map((each) => asMessage(each, folder)) };
  const warnings = result.warnings.map((each) => asMessage(each, folder));
  const texts = new Map(result.outputFiles.map((each) => [path.relative(folder, each.path), each.text]));
  const outputs = entries.map(({ file }, index) => ({
    code: `${texts.get(`${index}.js`) ?? ""}//# sourceMappingURL=index.js.map\n`,
    map: finishedMap(texts.get(`${index}.js.map`) ?? "", file, folder),
    ...reachable(result.metafile, `${index}.js`, folder),
  }));
  return { outputs, warnings };
}
