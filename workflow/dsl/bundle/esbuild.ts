/** One esbuild call for all Lambdas of a program: hermetic, shaken, minified, and the same bytes in every checkout. */
import path from "node:path";
import * as esbuild from "esbuild";
import { z } from "zod";
import { entriesPlugin, entryPoint, fileOf, importMeta, isPulumi, type Entry } from "./entries.ts";
import { packageRoot, relativePath } from "./source_module.ts";
import type { BundleOptions } from "./types.ts";

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
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** Warnings are of code that esbuild bundled although it can't work as written. */
export type Build =
  | { readonly outputs: readonly Output[]; readonly warnings: readonly BuildMessage[] }
  | { readonly messages: readonly BuildMessage[] };

const SourceMap = z.looseObject({ sources: z.array(z.string()) });

/** A module's name in source maps: of a package, its path from node_modules on, wherever that folder is. */
function sourceName(file: string, root: string): string {
  const names = file.split(path.sep);
  const dependency = names.indexOf("node_modules");
  return dependency >= 0 ? names.slice(dependency).join("/") : relativePath(file, root);
}

function asMessage({ text, location }: esbuild.Message, folder: string): BuildMessage {
  if (location === null) return { text, file: undefined, line: 1, column: 1 };
  return { text, file: fileOf(location.file, folder), line: location.line, column: location.column + 1 };
}

/** The modules that an entry reaches, found along the imports: a metafile holds those of all entries together. */
function reachable(metafile: esbuild.Metafile, output: string, folder: string): Pick<Output, "entry" | "inputs"> {
  const { entryPoint: entryName = "", inputs: sizes = {} } = metafile.outputs[output] ?? {};
  const input = (name: string): Input & { names: string[] } => {
    const imports = (metafile.inputs[name]?.imports ?? []).filter(
      (each) => each.external !== true || isPulumi(each.path),
    );
    return {
      names: imports.map((each) => each.path),
      imports: imports.map((each) => ({ file: fileOf(each.path, folder), specifier: each.original })),
      bytes: sizes[name]?.bytesInOutput ?? 0,
    };
  };
  const entry = input(entryName);
  const inputs = new Map<string, Input>();
  const queue = [...entry.names];
  for (const name of queue) {
    const file = fileOf(name, folder);
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
  return JSON.stringify({ ...map, sources: map.sources.map((each) => sourceName(fileOf(each, folder), root)) });
}

const isBuildFailure = (failure: unknown): failure is esbuild.BuildFailure =>
  failure instanceof Error && "errors" in failure && "warnings" in failure;

/** Bundles every entry. The working folder is the first entry's package, so that nothing depends on the process's cwd. */
export async function build(entries: readonly Entry[], { external = [] }: BundleOptions = {}): Promise<Build> {
  const [first] = entries;
  if (first === undefined) return { outputs: [], warnings: [] };
  const folder = packageRoot(first.file);
  const result = await esbuild
    .build({
      entryPoints: entries.map((_, index) => ({ in: entryPoint(index), out: String(index) })),
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
      inject: [importMeta.module],
      define: { "import.meta.url": importMeta.url },
      sourcemap: "external",
      sourcesContent: false,
      // Imports mean what they mean under Node's type stripping, whatever tsconfig.json is near.
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      metafile: true,
      write: false,
      logLevel: "silent",
    })
    .catch((failure: unknown) => {
      if (isBuildFailure(failure)) return failure;
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
