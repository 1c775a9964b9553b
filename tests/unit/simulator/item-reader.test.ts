import { expect } from "chai";
import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { memoryObjects, type Json } from "../../../workflow/simulator/index.ts";
import { parseCsv } from "../../../workflow/simulator/csv.ts";
import { distributed, end, run } from "./machines.ts";

const pass = { Each: { Type: "Pass", End: true } };
type Contents = Readonly<Record<string, string | Uint8Array>>;

/** The items that a Map with this ItemReader hands to its children. */
async function items(contents: Contents, reader: object, more: object = {}): Promise<Json | undefined> {
  const state = distributed(pass, { ItemReader: reader, ...more });
  const result = await run({ All: state }, { objects: memoryObjects(contents, new Date("2025-03-01T00:00:01Z")) });
  expect(end(result)).to.have.property("status", "SUCCEEDED");
  return result.output;
}
const object = (config: object, key = "k"): object => ({
  Resource: "arn:aws:states:::s3:getObject",
  ReaderConfig: config,
  Arguments: { Bucket: "b", Key: key },
});
const list = (more: object = {}): object => ({
  Resource: "arn:aws:states:::s3:listObjectsV2",
  Arguments: { Bucket: "b", Prefix: "in/" },
  ...more,
});
const csv = { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" };

describe("ItemReader", () => {
  it("lists the objects under a prefix in the order of their keys", async () => {
    const found = await items({ "b/in/2": "two!", "b/in/1": "one", "b/other": "x", "c/in/3": "y" }, list());
    expect(found).to.deep.equal([
      {
        Etag: '"f97c5d29941bfb1b2fdab0874906ab82"',
        Key: "in/1",
        LastModified: 1740787201,
        Size: 3,
        StorageClass: "STANDARD",
      },
      {
        Etag: '"9f5b6d9a034d175868bf593885b7dc4e"',
        Key: "in/2",
        LastModified: 1740787201,
        Size: 4,
        StorageClass: "STANDARD",
      },
    ]);
  });

  it("lists at most MaxItems", async () => {
    const reader = list({ ReaderConfig: { MaxItems: 1 } });
    const found = await items({ "b/in/2": "", "b/in/1": "" }, reader, {
      ItemSelector: "{% $states.context.Map.Item.Value.Key %}",
    });
    expect(found).to.deep.equal(["in/1"]);
  });

  it("loads the listed objects and flattens what is in them", async () => {
    const reader = list({ ReaderConfig: { InputType: "JSONL", Transformation: "LOAD_AND_FLATTEN" } });
    expect(await items({ "b/in/2": "3\n", "b/in/1": "1\n2\n" }, reader)).to.deep.equal([1, 2, 3]);
  });

  it("reads delimited text with its first row as header, values as text", async () => {
    const text = 'id,"the name",note\n1,"a, ""b""\nc",\n2,x\n3,y,z,beyond\n';
    expect(await items({ "b/k": text }, object(csv))).to.deep.equal([
      { id: "1", "the name": 'a, "b"\nc', note: "" },
      { id: "2", "the name": "x", note: "" },
      { id: "3", "the name": "y", note: "z" },
    ]);
  });

  it("reads delimited text with a given header and other delimiters", async () => {
    const given = { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: ["a", "b"] };
    const rows = [{ a: "1", b: "2" }];
    for (const [name, delimiter] of [
      ["COMMA", ","],
      ["PIPE", "|"],
      ["SEMICOLON", ";"],
      ["SPACE", " "],
      ["TAB", "\t"],
    ] as const) {
      expect(await items({ "b/k": `1${delimiter}2\r\n` }, object({ ...given, CSVDelimiter: name }))).to.deep.equal(
        rows,
      );
    }
  });

  it("finds a JSON array by a JSON Pointer, with keys and indexes", async () => {
    const document = JSON.stringify({ a: [[1], { "/~": [2] }], "0": { "01": [3] }, "": [4] });
    for (const [pointer, found] of [
      ["/a/0", [1]],
      ["/a/1/~1~0", [2]],
      ["/0/01", [3]],
      ["/", [4]],
    ] as const)
      expect(await items({ "b/k": document }, object({ InputType: "JSON", ItemsPointer: pointer }))).to.deep.equal(
        found,
      );
    for (const pointer of ["/a/00", "/a/2", "/a/-", "/a/length", "/constructor", "/__proto__", "/none"]) {
      const state = distributed(pass, { ItemReader: object({ InputType: "JSON", ItemsPointer: pointer }) });
      expect(end(await run({ All: state }, { objects: memoryObjects({ "b/k": document }) }))).to.deep.equal({
        status: "FAILED",
        error: "States.ItemReaderFailed",
        cause: "Attempting to map over non-iterable node.",
      });
    }
  });

  it("takes what follows a backslash as it is", () => {
    expect(parseCsv('a\\,b,\\"c\\\\,\\d\n')).to.deep.equal([["a,b", '"c\\', "d"]]);
  });

  it("reads back whatever RFC 4180 writes", () => {
    const cell = fc.string().filter((text) => !text.includes("\\"));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), (rows) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(",")).join("\r\n");
        expect(parseCsv(text)).to.deep.equal(rows);
      }),
    );
  });

  const manifest = JSON.stringify({
    sourceBucket: "source",
    destinationBucket: "arn:aws:s3:::b",
    fileFormat: "CSV",
    fileSchema: "Bucket, Key, Size",
    files: [{ key: "data/1.csv.gz", size: 1 }, { key: "data/2.csv" }],
  });
  const inventory = {
    "b/k": manifest,
    "b/data/1.csv.gz": gzipSync('"source","a","3953"\n"source","b","1"\n'),
    "b/data/2.csv": '"source","c","2"\n',
  };

  it("reads the objects that an S3 inventory's manifest names", async () => {
    for (const config of [{ InputType: "MANIFEST" }, { ManifestType: "S3_INVENTORY" }]) {
      expect(await items(inventory, object(config))).to.deep.equal([
        { Bucket: "source", Key: "a", Size: "3953" },
        { Bucket: "source", Key: "b", Size: "1" },
        { Bucket: "source", Key: "c", Size: "2" },
      ]);
    }
  });

  it("reads the files that Athena's manifest names", async () => {
    const contents = { "b/k": "s3://data/1\ns3://data/2\n", "data/1": '{"n":1}\n', "data/2": '{"n":2}\n' };
    const config = { ManifestType: "ATHENA_DATA", InputType: "JSONL" };
    expect(await items(contents, object(config))).to.deep.equal([{ n: 1 }, { n: 2 }]);
  });

  it("tells ItemSelector where an item comes from", async () => {
    const more = { ItemSelector: "{% $states.context.Map.Item.Source %}" };
    expect(await items({ "b/in/1": "" }, list(), more)).to.deep.equal(["S3://b"]);
    expect(await items({ "b/k": "[1]" }, object({ InputType: "JSON" }), more)).to.deep.equal(["S3://b/k"]);
    const own = await run({ All: distributed(pass, more) }, { input: [1] });
    expect(own.output).to.deep.equal(["STATE_DATA"]);
  });

  it("fails with States.ItemReaderFailed on a manifest that is none", async () => {
    const failing = async (contents: Contents, config: object): Promise<unknown> =>
      end(await run({ All: distributed(pass, { ItemReader: object(config) }) }, { objects: memoryObjects(contents) }));
    expect(await failing({ "b/k": "{}" }, { InputType: "MANIFEST" })).to.deep.equal({
      status: "FAILED",
      error: "States.ItemReaderFailed",
      cause: "The object 'k' is no manifest of an S3 inventory in CSV.",
    });
    expect(
      await failing(
        { "b/k": "nowhere" },
        { ManifestType: "ATHENA_DATA", InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
      ),
    ).to.deep.equal({
      status: "FAILED",
      error: "States.ItemReaderFailed",
      cause: "'nowhere' is no address of an S3 object.",
    });
  });
});
