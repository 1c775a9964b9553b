/** Zip files, as Lambda and Glue take them; the same entries give the same bytes. */
import { crc32, deflateRawSync } from "node:zlib";

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const deflated = 8;
// 1980-01-01, the first day that the format knows: a file's real time would change the bytes.
const day = 0x21;
// Names are UTF-8.
const flags = 0x0800;

const u16 = (value: number): Buffer => {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
};
const u32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};

export function zip(entries: Readonly<Record<string, Uint8Array | string>>): Uint8Array<ArrayBuffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const sorted = Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [path, content] of sorted) {
    const name = Buffer.from(path);
    const data = deflateRawSync(content);
    const size = Buffer.byteLength(content);
    const common = [
      u16(20),
      u16(flags),
      u16(deflated),
      u16(0),
      u16(day),
      u32(crc32(content)),
      u32(data.length),
      u32(size),
    ];
    const file = Buffer.concat([u32(signature.local), ...common, u16(name.length), u16(0), name, data]);
    // Comment, disk, internal attributes; external ones say a plain file that all may read.
    const rest = [u16(name.length), u16(0), u16(0), u16(0), u16(0), u32(0o100644 * 0x10000), u32(offset), name];
    directory.push(Buffer.concat([u32(signature.central), u16(0x0314), ...common, ...rest]));
    files.push(file);
    offset += file.length;
  }
  const central = Buffer.concat(directory);
  const counts = [u16(0), u16(0), u16(sorted.length), u16(sorted.length)];
  const end = Buffer.concat([u32(signature.end), ...counts, u32(central.length), u32(offset), u16(0)]);
  return Uint8Array.from(Buffer.concat([...files, central, end]));
}
