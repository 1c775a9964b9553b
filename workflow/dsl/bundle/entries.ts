/** The modules that bundles are made from, as esbuild meets them: each stands in the place of the file it was cut from. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type * as esbuild from "esbuild";
import { dslFolder } from "./call_site.ts";
import { mappedBeginnings, mappedFile } from "./project_file.ts";

/** A module to bundle that stands in the place of a file: the file's imports, paths and positions are its own. */
export interface Entry {
  readonly file: string;
  readonly contents: string;
  /** The modules of the project that it may lead to. */
  readonly modules: readonly string[];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const pulumi = /^@pulumi\//;
const insideDsl = new RegExp(`^${escaped(dslFolder + path.sep)}`);

/** Whether a module's name in a bundle's inputs is of Pulumi, which is listed by its package instead of a file. */
export const isPulumi = (name: string): boolean => name.startsWith("@pulumi/");

/** Packages may ask for their `import.meta.url`, which CommonJS has not: they get the bundle's own. Unused, it is left out. */
export const importMeta = {
  module: "lambda-import-meta",
  url: "$importMetaUrl",
  contents: `import { pathToFileURL } from "node:url";
export const $importMetaUrl = /* @__PURE__ */ (() => pathToFileURL(__filename).href)();`,
};

/** What stands around the handlers of steps: `edge.ts`, under a name that is the same wherever the DSL is. */
export const edgeModule = "lambda-edge";
const edgeFile = path.join(import.meta.dirname, `edge${path.extname(import.meta.filename)}`);

const suffix = "?lambda=";
/** The name by which the build asks for an entry. */
export const entryPoint = (index: number): string => `lambda:${index}`;

/** Absolute path of a file as metafiles, messages and maps name it: relative, an entry with its suffix. */
export const fileOf = (name: string, folder: string): string =>
  isPulumi(name) ? name : path.resolve(folder, name.split(suffix)[0] ?? name);

function loaderOf(file: string): esbuild.Loader {
  const [, kind] = /\.[cm]?(tsx|jsx|ts|js)$/.exec(file) ?? [];
  return kind === "tsx" || kind === "jsx" || kind === "js" ? kind : "ts";
}

/** Gives esbuild the entries, and stops it where a bundle must not lead. */
export function entriesPlugin(entries: readonly Entry[]): esbuild.Plugin {
  const files = [...new Set(entries.map(({ file }) => escaped(file)))];
  return {
    name: "lambdas",
    setup(build) {
      build.onResolve({ filter: /^lambda:\d+$/ }, ({ path: name }) => {
        const index = Number(name.slice("lambda:".length));
        return { path: entries[index]?.file ?? "", namespace: "file", suffix: `${suffix}${index}` };
      });
      const { module, contents } = importMeta;
      build.onResolve({ filter: new RegExp(`^${module}$`) }, () => ({ path: module, namespace: module }));
      build.onLoad({ filter: /./, namespace: module }, () => ({ contents, loader: "js" }));
      build.onResolve({ filter: new RegExp(`^${edgeModule}$`) }, () => ({ path: edgeModule, namespace: edgeModule }));
      build.onLoad({ filter: /./, namespace: edgeModule }, () => ({
        contents: readFileSync(edgeFile, "utf8"),
        loader: loaderOf(edgeFile),
      }));
      // Only names that `paths` may have: to be asked for each import of the AWS SDK takes a quarter of the build's time.
      const beginnings = mappedBeginnings(new Set(entries.flatMap(({ modules }) => modules))).map(escaped);
      if (beginnings.length > 0) {
        build.onResolve(
          { filter: new RegExp(`^(?:${beginnings.join("|")})`) },
          ({ path: name, importer, namespace }) => {
            const isName = namespace === "file" && !name.startsWith(".") && !path.isAbsolute(name);
            const file = isName ? mappedFile(name, importer) : undefined;
            return file === undefined ? undefined : { path: file };
          },
        );
      }
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
