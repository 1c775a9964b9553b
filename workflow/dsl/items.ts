/**
 * Where a distributed Map takes its items from.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
import type { CheckArray } from "./json_types.ts";
import { mistake } from "./mistakes.ts";
import type { ElementOf, Value } from "./ref.ts";
import type { S3Bucket } from "./resources/index.ts";
import { allow, type Statement } from "./statement.ts";
import type { ItemSource } from "./tree.ts";

declare const element: unique symbol;

/** Items of the type `T`. That those of an object in S3 are, is what their writer says: nothing checks it. */
export interface Items<out T> {
  readonly [element]?: T;
  readonly source: ItemSource;
}

/** Where a distributed Map's results were written: `Key` is that of their manifest. */
export interface Written {
  readonly MapRunArn: string;
  readonly ResultWriterDetails: { readonly Bucket: string; readonly Key: string };
}

/** An object in S3, and the keys that it can have: permissions are for those. */
export interface S3Object {
  readonly bucket: S3Bucket;
  readonly key: Value<string>;
  /** Its possible keys, `*` standing for anything. @default the key, where that is known already */
  readonly keys?: string;
  /** Items to read at most. @default all */
  readonly maxItems?: Value<number>;
}

/** An S3 listing's entry. */
export interface ListedObject {
  readonly Key: string;
  readonly Etag: string;
  /** Bytes. */
  readonly Size: number;
  /** Seconds since 1970. */
  readonly LastModified: number;
  readonly StorageClass: string;
}

/** What the program knows already of keys that permissions are for. */
function knownKeys(key: Value<string>, what: string): string {
  if (typeof key === "string") return key;
  const why = `${what} is known only to the running machine: say which \`keys\` it can stand for, such as "runs/*"`;
  mistake("unknown-keys", new TypeError(why));
  return "";
}

function s3Object<T>({ bucket, key, keys, maxItems }: S3Object, config: Readonly<Record<string, unknown>>): Items<T> {
  const readable = keys ?? knownKeys(key, "the key of the Map's object");
  return {
    source: {
      from: "s3",
      resource: "arn:aws:states:::s3:getObject",
      config: { ...config, ...(maxItems === undefined ? {} : { MaxItems: maxItems }) },
      arguments: { Bucket: bucket.name, Key: key },
      permissions: [allow(["s3:GetObject"], bucket.objects(readable))],
    },
  };
}

/** An array of the execution. */
export const itemsOf = <const A>(array: A & CheckArray<A>): Items<ElementOf<A>> => ({
  source: { from: "array", items: array },
});

/** A JSON array in S3; `pointer` says where it stands in the document, as a JSON Pointer. */
export const jsonItems = <T>(object: S3Object & { readonly pointer?: string }): Items<T> =>
  s3Object(object, { InputType: "JSON", ...(object.pointer === undefined ? {} : { ItemsPointer: object.pointer }) });

/** A JSON value a line. */
export const jsonLines = <T>(object: S3Object): Items<T> => s3Object(object, { InputType: "JSONL" });

/** Rows of a Parquet file. */
export const parquetRows = <T>(object: S3Object): Items<T> => s3Object(object, { InputType: "PARQUET" });

/** Rows of a CSV file, each value as text; `columns` for a file without a header. */
export function csvRows<const C extends string>(
  object: S3Object & {
    readonly columns: readonly C[];
    /** Whether the first row is the header. @default true */
    readonly header?: boolean;
    /** @default COMMA */
    readonly delimiter?: "COMMA" | "PIPE" | "SEMICOLON" | "SPACE" | "TAB";
  },
): Items<Record<C, string>> {
  const { columns, header = true, delimiter } = object;
  const headers = header ? { CSVHeaderLocation: "FIRST_ROW" } : { CSVHeaderLocation: "GIVEN", CSVHeaders: columns };
  return s3Object(object, {
    InputType: "CSV",
    ...headers,
    ...(delimiter === undefined ? {} : { CSVDelimiter: delimiter }),
  });
}

/**
 * The objects that an S3 Inventory lists, by the fields that the inventory has, each as text. `keys` has to cover the
 * inventory's data files besides the manifest.
 */
export const inventory = <const F extends string>(
  manifest: S3Object & { readonly keys: string; readonly fields: readonly F[] },
): Items<Record<F, string>> => s3Object(manifest, { InputType: "MANIFEST" });

/** The start of keys, and where that is known only to the running machine, which it can be. */
export interface Prefix {
  readonly bucket: S3Bucket;
  readonly prefix: Value<string>;
  /** The possible keys, `*` standing for anything. @default the prefix with anything after it, where that is known already */
  readonly keys?: string;
}

function listing<T>(
  { bucket, prefix, keys }: Prefix,
  config: Readonly<Record<string, unknown>>,
  permissions: (keys: string) => readonly Statement[],
): Items<T> {
  const listed = keys ?? `${knownKeys(prefix, "the prefix of the Map's objects")}*`;
  const list = { ...allow(["s3:ListBucket"], bucket.arn), conditions: { StringLike: { "s3:prefix": [listed] } } };
  return {
    source: {
      from: "s3",
      resource: "arn:aws:states:::s3:listObjectsV2",
      config,
      arguments: { Bucket: bucket.name, Prefix: prefix },
      permissions: [list, ...permissions(listed)],
    },
  };
}

/** The objects of a bucket whose keys begin with the prefix. */
export const objectsIn = ({
  maxItems,
  ...prefix
}: Prefix & { readonly maxItems?: Value<number> }): Items<ListedObject> =>
  listing(prefix, maxItems === undefined ? {} : { MaxItems: maxItems }, () => []);

/** What is in all objects of a bucket whose keys begin with the prefix, such as the files that an Athena UNLOAD wrote. */
export const itemsUnder = <T>({
  format,
  ...prefix
}: Prefix & { readonly format: "JSON" | "JSONL" | "PARQUET" }): Items<T> =>
  listing(prefix, { InputType: format, Transformation: "LOAD_AND_FLATTEN" }, (keys) => [
    allow(["s3:GetObject"], prefix.bucket.objects(keys)),
  ]);
