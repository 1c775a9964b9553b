/** The files that a person wants ingested: what lies under `DIR/raw/`, oldest first, as a producer would have sent it. */
import type { BigIntStats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { UserError } from "../errors.ts";

export interface LocalFile {
  /** Its key in the raw zone. */
  readonly key: string;
  readonly path: string;
  /** Seconds since the epoch, with nanoseconds: rclone's convention for the `mtime` metadata. */
  readonly mtime: string;
}

const asSeconds = ({ mtimeNs }: BigIntStats): string =>
  `${mtimeNs / 1_000_000_000n}.${String(mtimeNs % 1_000_000_000n).padStart(9, "0")}`;

/**
 * @throws UserError if there is no such folder or nothing in it
 */
export async function filesToIngest(data: string): Promise<LocalFile[]> {
  const raw = join(resolve(data), "raw");
  const entries = await readdir(raw, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new UserError(
      `${raw} can't be read (${String(error)}). Give --data a folder that has a folder "raw" with one folder a dataset in it.`,
    );
  });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  if (paths.length === 0) throw new UserError(`${raw} has no files in it. Put them under ${join(raw, "{dataset}")}.`);
  const found = await Promise.all(paths.map(async (path) => ({ path, stats: await stat(path, { bigint: true }) })));
  const order = (one: (typeof found)[number], other: (typeof found)[number]): number =>
    Number(one.stats.mtimeNs - other.stats.mtimeNs) || (one.path < other.path ? -1 : 1);
  return found.sort(order).map(({ path, stats }) => ({
    key: `raw/${relative(raw, path).split(sep).join("/")}`,
    path,
    mtime: asSeconds(stats),
  }));
}
