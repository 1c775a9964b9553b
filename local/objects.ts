/** The emulator's S3 as distributed Maps read items from it and write results to it. */
import {
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";
import { TaskError, type ObjectStore, type ObjectSummary } from "../workflow/simulator/index.ts";

/** S3's own errors under the names that Step Functions gives them. */
async function named<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException) throw new TaskError(`S3.${error.name}`, error.message);
    throw error;
  }
}

export function objectsOf(client: S3Client): ObjectStore {
  return {
    async get({ bucket: Bucket, key: Key, versionId: VersionId, signal: abortSignal }) {
      const { Body } = await named(client.send(new GetObjectCommand({ Bucket, Key, VersionId }), { abortSignal }));
      return (await Body?.transformToByteArray()) ?? "";
    },
    async list({ bucket: Bucket, prefix: Prefix, signal: abortSignal }) {
      const found: ObjectSummary[] = [];
      const pages = paginateListObjectsV2({ client }, { Bucket, Prefix }, { abortSignal });
      for (let page = await named(pages.next()); page.done !== true; page = await named(pages.next())) {
        for (const { Key, Size, ETag, LastModified, StorageClass } of page.value.Contents ?? []) {
          if (Key === undefined || LastModified === undefined) continue;
          found.push({
            key: Key,
            size: Size ?? 0,
            etag: (ETag ?? "").replaceAll('"', ""),
            lastModified: LastModified,
            ...(StorageClass !== undefined && { storageClass: StorageClass }),
          });
        }
      }
      return found;
    },
    put: ({ bucket: Bucket, key: Key, body: Body, signal: abortSignal }) =>
      named(client.send(new PutObjectCommand({ Bucket, Key, Body }), { abortSignal })),
  };
}
