/** ItemReader: the items of a distributed Map out of objects, lists of objects, and manifests that name objects. */
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { parseCsv } from "../csv.ts";
import type { ReaderConfig } from "../definition/asl.ts";
import { SimulationError, TaskError } from "../errors.ts";
import type { Json } from "../json.ts";
import type { ObjectStore } from "../objects.ts";
import { query, queryNumber, type Visit } from "../visit.ts";
import { parseJson, readerFailure, readItems, type ItemFormat } from "./item-formats.ts";

type MapVisit = Visit<"Map">;

/** An item, and where it comes from: `$states.context.Map.Item.Source`. */
export interface SourcedItem {
  readonly value: Json;
  readonly source: string;
}

interface Place {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

const objectArguments = z.object({ Bucket: z.string(), Key: z.string(), VersionId: z.string().optional() });
const listArguments = z.object({ Bucket: z.string(), Prefix: z.string().default("") });

/** @throws {StateFailure} States.ItemReaderFailed if an object can't be read or isn't what InputType says */
export async function readFromS3(visit: MapVisit): Promise<readonly SourcedItem[]> {
  const { ItemReader: field } = visit.state;
  if (field === undefined) return [];
  const args = await query(visit, field.Arguments ?? {}, "ItemReader/Arguments");
  const config = field.ReaderConfig ?? {};
  const items = field.Resource.endsWith(":s3:listObjectsV2")
    ? await readList(visit, args, config)
    : await readObject(visit, args, config);
  const most = config.MaxItems;
  if (most === undefined) return items;
  const bounds = { from: 0, to: 100_000_000, integer: true };
  const limit = await queryNumber(visit, most, "ItemReader/ReaderConfig/MaxItems", bounds);
  return limit === 0 ? items : items.slice(0, limit);
}

async function readList(visit: MapVisit, args: Json, config: ReaderConfig): Promise<readonly SourcedItem[]> {
  const where = listArguments.safeParse(args);
  if (!where.success) throw readerFailure("ItemReader's Arguments need Bucket, and Prefix is text.");
  const { Bucket: bucket, Prefix: prefix } = where.data;
  const { signal } = visit.frame;
  const found = await ask(visit, (objects) => objects.list({ bucket, prefix, signal }));
  if (config.Transformation === "LOAD_AND_FLATTEN") {
    const format = formatOf(visit, config);
    return inTurn(found, ({ key }) => load(visit, { bucket, key }, format, config));
  }
  return found.map(({ key, size, etag, lastModified, storageClass }) => ({
    source: `S3://${bucket}`,
    value: {
      Etag: `"${etag}"`,
      Key: key,
      LastModified: Math.floor(lastModified.getTime() / 1000),
      Size: size,
      StorageClass: storageClass ?? "STANDARD",
    },
  }));
}

async function readObject(visit: MapVisit, args: Json, config: ReaderConfig): Promise<readonly SourcedItem[]> {
  const where = objectArguments.safeParse(args);
  if (!where.success) throw readerFailure("ItemReader's Arguments need Bucket and Key.");
  const place = { bucket: where.data.Bucket, key: where.data.Key, versionId: where.data.VersionId };
  if (config.ManifestType === "ATHENA_DATA") return readAthenaManifest(visit, place, config);
  if (config.ManifestType === "S3_INVENTORY" || config.InputType === "MANIFEST") return readInventory(visit, place);
  return load(visit, place, formatOf(visit, config), config);
}

const inventory = z.object({
  destinationBucket: z.string(),
  fileFormat: z.string(),
  fileSchema: z.string(),
  files: z.array(z.object({ key: z.string() })),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html */
async function readInventory(visit: MapVisit, place: Place): Promise<readonly SourcedItem[]> {
  const manifest = inventory.safeParse(parseJson(await fetchText(visit, place)));
  if (!manifest.success || manifest.data.fileFormat !== "CSV") {
    throw readerFailure(`The object '${place.key}' is no manifest of an S3 inventory in CSV.`);
  }
  const { destinationBucket, fileSchema, files } = manifest.data;
  const bucket = destinationBucket.replace(/^arn:aws[^:]*:s3:::/, "");
  const headers = fileSchema.split(",").map((column) => column.trim());
  return inTurn(files, ({ key }) =>
    load(visit, { bucket, key }, "CSV", { CSVHeaderLocation: "GIVEN", CSVHeaders: headers }),
  );
}

/** What an UNLOAD leaves beside its files: their addresses. https://docs.aws.amazon.com/athena/latest/ug/unload.html */
async function readAthenaManifest(
  visit: MapVisit,
  place: Place,
  config: ReaderConfig,
): Promise<readonly SourcedItem[]> {
  const format = formatOf(visit, config);
  const addresses = parseCsv(await fetchText(visit, place)).map(([address = ""]) => address);
  return inTurn(addresses, (address) => {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(address) ?? [];
    if (bucket === undefined || key === undefined) throw readerFailure(`'${address}' is no address of an S3 object.`);
    return load(visit, { bucket, key }, format, config);
  });
}

function formatOf(visit: MapVisit, { InputType: type }: ReaderConfig): ItemFormat {
  if (type === "JSON" || type === "JSONL" || type === "CSV") return type;
  throw new SimulationError(
    `Map '${visit.name}': the simulator reads items as JSON, JSONL or CSV, not ${type ?? "without InputType"}.`,
  );
}

async function load(
  visit: MapVisit,
  place: Place,
  format: ItemFormat,
  config: ReaderConfig,
): Promise<readonly SourcedItem[]> {
  const source = `S3://${place.bucket}/${place.key}`;
  return readItems(await fetchText(visit, place), format, config).map((value) => ({ value, source }));
}

async function fetchText(visit: MapVisit, { bucket, key, versionId }: Place): Promise<string> {
  const { signal } = visit.frame;
  const content = await ask(visit, (objects) => objects.get({ bucket, key, versionId, signal }));
  if (typeof content === "string") return content;
  return (key.endsWith(".gz") ? gunzipSync(content) : Buffer.from(content)).toString("utf8");
}

async function ask<T>(visit: MapVisit, request: (objects: ObjectStore) => Promise<T> | T): Promise<T> {
  const { objects } = visit.run.services;
  if (objects === undefined) {
    throw new SimulationError(
      `Map '${visit.name}' reads its items from S3: give the simulation 'objects', the command --objects.`,
    );
  }
  try {
    return await request(objects);
  } catch (error) {
    if (error instanceof TaskError) throw readerFailure(error.message);
    const message = error instanceof Error ? error.message : String(error);
    throw new SimulationError(`Map '${visit.name}': 'objects' failed: ${message}`, { cause: error });
  }
}

/** One object after the other, so that items keep the order of their objects. */
async function inTurn<T, U>(list: readonly T[], read: (member: T) => Promise<readonly U[]>): Promise<readonly U[]> {
  const parts: (readonly U[])[] = [];
  for (const member of list) parts.push(await read(member));
  return parts.flat();
}
