/**
 * A Lambda's bundle as a folder on disk, named after its content. Pulumi keeps a hash of a folder in the state, but the
 * whole text of an asset that is given as text, and a bundle with its source map has megabytes.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a Lambda runs: CommonJS for `index.handler` and its source map. */
export interface Bundle {
  readonly code: string;
  readonly map: string;
}

/** Writes the bundle below `folder`, unless it is there. @returns its own folder, with `index.js` and `index.js.map` */
export function bundleFolder(folder: string, { code, map }: Bundle): string {
  const target = join(folder, createHash("sha256").update(code).update("\0").update(map).digest("hex"));
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, "index.js"), code);
  writeFileSync(join(draft, "index.js.map"), map);
  renameSync(draft, target);
  return target;
}
