/** Permission to list a part of a bucket. */
import type { Statement } from "./policy.ts";

/**
 * Listing the keys that begin with one of the prefixes (`*` as IAM reads it). S3 also looks for this permission when an
 * object isn't there, to answer 404 and not 403, and that request has no prefix: hence `IfExists`
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, "Permissions").
 */
export const listing = (sid: string, bucketArn: string, prefixes: readonly string[]): Statement => ({
  sid,
  actions: ["s3:ListBucket"],
  resources: [bucketArn],
  conditions: { StringLikeIfExists: { "s3:prefix": prefixes } },
});
