/** The Python that Glue runs, found on disk and named after its content: the same code is the same S3 key everywhere. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** A file or a set of files, with the key that its content gives it. */
export interface Artifact {
  readonly key: string;
  /** Path in the artifact → path on disk. */
  readonly files: Readonly<Record<string, string>>;
}

/** SHA-256 over names and contents, in the order of the names. */
function digest(files: Readonly<Record<string, string>>): string {
  const hash = createHash("sha256");
  for (const [name, path] of Object.entries(files)) {
    const content = readFileSync(path);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * The script of a dataset's job: `{dataset}_etl.py`, or the same in the singular (`{thing}_etl.py` for `{thing}s`).
 * @throws Error naming what was looked for
 */
export function scriptOf(glueFolder: string, dataset: string): Artifact {
  const candidates = [`${dataset}_etl.py`, `${dataset.replace(/s$/, "")}_etl.py`];
  const file = candidates.find((name) => existsSync(join(glueFolder, name)));
  if (file === undefined) {
    throw new Error(
      `Dataset "${dataset}" has no job: neither ${[...new Set(candidates)].join(" nor ")} is in ${glueFolder}. Write its script there; it is a few lines over the package beside it.`,
    );
  }
  const files = { [file]: join(glueFolder, file) };
  return { key: `scripts/${digest(files)}/${file}`, files };
}

/**
 * The Python package that all scripts import, as the zip that `--extra-py-files` takes; only its sources, so that caches
 * and editors' files never change its key.
 * @throws Error if there is no such package
 */
export function packageOf(glueFolder: string, name: string): Artifact {
  const folder = join(glueFolder, name);
  if (!existsSync(join(folder, "__init__.py"))) {
    throw new Error(`There is no Python package in ${folder}: its __init__.py is missing.`);
  }
  const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(py|json|sql)$|^py\.typed$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const files = Object.fromEntries(
    sources
      .map((path) => [relative(glueFolder, path).split(sep).join("/"), path] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { key: `lib/${digest(files)}/${name}.zip`, files };
}

/**
 * The requirement of one package, `name==version`, as a requirements file pins it: Glue installs what the tests ran with.
 * @throws Error if the file does not pin it
 */
export function pinned(requirements: string, name: string): string {
  const line = readFileSync(requirements, "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${name}==`));
  if (line === undefined) throw new Error(`${requirements} does not pin ${name}: add \`${name}==<version>\` to it.`);
  return line.trim();
}
