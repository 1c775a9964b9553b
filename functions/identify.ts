/** Which file is it? The version (MD5 of the content), the time, and whether its marker says that it is done. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { isProcessed } from "./marker.ts";
import { head, s3 } from "./objects.ts";
import { markerKey, parseRawKey } from "./places.ts";
import type { File, Manifest } from "./run.ts";

export interface Buckets {
  readonly raw: string;
  readonly processed: string;
  readonly archive: string;
}

/** The ETag of an object that was uploaded in one part under SSE-S3 is the MD5 of its content: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html */
const isMd5 = (etag: string): boolean => /^[0-9a-f]{32}$/.test(etag);

async function contentMd5(bucket: string, key: string, versionId: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  if (!(Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} came without a body`);
  const hash = createHash("md5");
  for await (const chunk of Body) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/** The uploader's `mtime` (seconds since the epoch with a fraction, as rclone writes it), else when S3 got the object. */
const timeOf = (mtime: string | undefined, lastModified: string): string =>
  mtime !== undefined && /^\d+(\.\d+)?$/.test(mtime) ? mtime : String(Math.floor(Date.parse(lastModified) / 1000));

const quarantined = (reason: string): Pick<File, "status" | "reason"> => ({ status: "quarantined", reason });

/**
 * Identifies a file of the manifest, or undefined if it is no longer in the raw zone.
 * @param known the names of the datasets
 */
export async function identify(
  { key, versionId, etag, size, lastModified, attempt }: Manifest["files"][number],
  buckets: Buckets,
  known: readonly string[],
): Promise<File | undefined> {
  const object = await head({ bucket: buckets.raw, key, versionId });
  if (object === undefined) return undefined;
  const version = isMd5(etag) ? etag : await contentMd5(buckets.raw, key, versionId);
  const { folder } = parseRawKey(key);
  const dataset = folder !== null && known.includes(folder) ? folder : null;
  const time = timeOf(object.Metadata?.mtime, lastModified);
  const found = { key, dataset, versionId, etag, version, size, time, attempt };
  if (dataset === null) {
    const place = folder === null ? "directly under raw/" : `of an unknown dataset "${folder}"`;
    return {
      ...found,
      ...quarantined(
        `the file is ${place}; files belong under raw/{dataset}/, where dataset is one of ${known.join(", ")}`,
      ),
    };
  }
  const done = await isProcessed({ bucket: buckets.processed, key: markerKey(key) }, buckets.archive, version);
  return { ...found, status: done ? "skipped" : "fresh", reason: null };
}
