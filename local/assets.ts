/** What Pulumi's assets and archives hold, as bytes: the emulator gets the same code that AWS would get. */
import * as pulumi from "@pulumi/pulumi";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { zip } from "./zip.ts";

type Files = Record<string, Uint8Array>;

async function filesBelow(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths.map(async (path) => [relative(folder, path).split(sep).join("/"), await readFile(path)] as const);
  return Object.fromEntries(await Promise.all(read));
}

/** The files of an archive by their paths in it. @throws Error for an archive that is a zip already, or lies elsewhere */
export async function filesOf(archive: unknown): Promise<Files> {
  if (archive instanceof pulumi.asset.FileArchive) {
    const path = await archive.path;
    if ((await stat(path)).isDirectory()) return filesBelow(path);
    throw new Error(`${path} is a packed archive; locally an archive is made of a folder or of assets`);
  }
  if (!(archive instanceof pulumi.asset.AssetArchive))
    throw new Error("Locally an archive is made of a folder or of assets");
  const found: Files = {};
  for (const [path, member] of Object.entries(await archive.assets)) {
    if (pulumi.asset.Archive.isInstance(member)) {
      for (const [inner, bytes] of Object.entries(await filesOf(member))) found[`${path}/${inner}`] = bytes;
    } else {
      found[path] = await bytesOf(member);
    }
  }
  return found;
}

/** The bytes of an asset; of an archive, those of its zip. */
export async function bytesOf(asset: unknown): Promise<Uint8Array> {
  if (asset instanceof pulumi.asset.FileAsset) return readFile(await asset.path);
  if (asset instanceof pulumi.asset.StringAsset) return Buffer.from(await asset.text);
  return zip(await filesOf(asset));
}
