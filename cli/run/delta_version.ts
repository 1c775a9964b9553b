/** The version of a Delta table: the newest commit in its log. https://github.com/delta-io/delta/blob/master/PROTOCOL.md#delta-log-entries */
import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";

/** Undefined if there is no such table yet. */
export async function deltaVersion(s3: S3Client, bucket: string, table: string): Promise<number | undefined> {
  let newest: number | undefined;
  const log = `processed/${table}/_delta_log/`;
  for await (const { Contents } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: log })) {
    for (const { Key } of Contents ?? []) {
      const commit = /\/(\d{20})\.json$/.exec(Key ?? "")?.[1];
      if (commit !== undefined) newest = Math.max(newest ?? 0, Number(commit));
    }
  }
  return newest;
}
