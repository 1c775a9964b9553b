import { expect } from "chai";
import fc from "fast-check";
import { inflateRawSync } from "node:zlib";
import { zip } from "../../../local/zip.ts";

/** Reads a zip by its directory, as an unpacker does. */
function unzip(bytes: Uint8Array): Record<string, string> {
  const data = Buffer.from(bytes);
  const end = data.length - 22;
  let at = data.readUInt32LE(end + 16);
  const files: [string, string][] = [];
  for (let left = data.readUInt16LE(end + 10); left > 0; left--) {
    const [size, nameLength, offset] = [
      data.readUInt32LE(at + 20),
      data.readUInt16LE(at + 28),
      data.readUInt32LE(at + 42),
    ];
    const name = data.toString("utf8", at + 46, at + 46 + nameLength);
    const start = offset + 30 + nameLength;
    files.push([name, inflateRawSync(data.subarray(start, start + size)).toString("utf8")]);
    at += 46 + nameLength;
  }
  return Object.fromEntries(files);
}

// The one path that fflate can't take, and then throws.
const paths = fc.string({ minLength: 1, unit: "grapheme" }).filter((path) => path !== "__proto__");
const entries = fc.dictionary(paths, fc.string({ unit: "grapheme" }), { noNullPrototype: true });

describe("a zip", () => {
  it("holds what was put into it", () => {
    fc.assert(
      fc.property(entries, (files) => {
        expect(unzip(zip(files))).to.deep.equal(files);
      }),
    );
  });

  it("is the same to the byte, whatever the order of its entries", () => {
    fc.assert(
      fc.property(entries, (files) => {
        expect(zip(Object.fromEntries(Object.entries(files).reverse()))).to.deep.equal(zip(files));
      }),
    );
  });
});
