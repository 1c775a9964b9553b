/** S3 as the run's records need it: JSON objects read through a schema, and questions whose answer may be "not there". */
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type HeadObjectCommandOutput,
} from "@aws-sdk/client-s3";
import type * as z from "zod";

export const s3 = new S3Client({});

/** An object's place. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

const request = ({ bucket, key, versionId }: Place): { Bucket: string; Key: string; VersionId?: string } => ({
  Bucket: bucket,
  Key: key,
  ...(versionId !== undefined && { VersionId: versionId }),
});

const isAbsence = (error: unknown): boolean =>
  error instanceof NotFound ||
  error instanceof NoSuchKey ||
  (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404);

/** The answer, or undefined if S3 says that there is no such object; any other error is passed on. */
async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** An object's metadata, or undefined if it is not there. */
export const head = (place: Place): Promise<HeadObjectCommandOutput | undefined> =>
  orAbsent(s3.send(new HeadObjectCommand(request(place))));

/** An object's text and ETag, or undefined if it is not there. */
export async function readText(place: Place): Promise<{ text: string; etag: string } | undefined> {
  const answer = await orAbsent(s3.send(new GetObjectCommand(request(place))));
  return answer?.Body && { text: await answer.Body.transformToString(), etag: answer.ETag ?? "" };
}

/**
 * A JSON object as the schema reads it.
 * @throws Error that names the object, if it is missing or not what the schema says.
 */
export async function readJson<T>(place: Place, schema: z.ZodType<T>): Promise<T> {
  const name = `s3://${place.bucket}/${place.key}`;
  const found = await readText(place);
  if (found === undefined) throw new Error(`${name} is missing: an earlier step of the run should have written it`);
  try {
    return schema.parse(JSON.parse(found.text));
  } catch (error) {
    throw new Error(`${name} is not what this step expects: ${String(error)}`, { cause: error });
  }
}

/** Writes an object; with a condition (`IfNoneMatch`, `IfMatch`) only while that holds. */
export async function writeText(
  place: Place,
  text: string,
  options: { contentType?: string; IfNoneMatch?: "*"; IfMatch?: string } = {},
): Promise<void> {
  const { contentType = "application/json", ...condition } = options;
  await s3.send(new PutObjectCommand({ ...request(place), Body: text, ContentType: contentType, ...condition }));
}

export const writeJson = (place: Place, value: unknown): Promise<void> => writeText(place, JSON.stringify(value));

/** Applies `work` to every item, at most `limit` at a time, and keeps the order of the results. */
export async function inParallel<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
