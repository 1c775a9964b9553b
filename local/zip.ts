/** Zip files, as Lambda and Glue take them; the same entries give the same bytes. */
import { strToU8, zipSync, type Zippable } from "fflate";

const options = {
  // The first day that the format knows, here: a file's real time would change the bytes.
  mtime: new Date(1980, 0, 1),
  // Unix, and a plain file that all may read.
  os: 3,
  attrs: 0o100644 << 16,
};

export function zip(entries: Readonly<Record<string, Uint8Array | string>>): Uint8Array<ArrayBuffer> {
  const sorted = Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1));
  const files: Zippable = Object.fromEntries(
    sorted.map(([path, content]) => [path, typeof content === "string" ? strToU8(content) : content]),
  );
  return zipSync(files, options);
}
