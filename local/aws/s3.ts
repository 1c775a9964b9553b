/** Buckets and objects on the emulator. */
import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  HeadObjectCommand,
  NotFound,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import * as z from "zod";
import { bytesOf } from "../assets.ts";
import { creator, withoutEffect, type Creators } from "./creator.ts";

const named = z.object({ bucket: z.string() });

async function etagOf(s3: S3Client, Bucket: string, Key: string): Promise<string | undefined> {
  try {
    return (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

export const s3: Creators = {
  "aws:s3/bucket:Bucket": creator(named, async ({ bucket: Bucket }, { clients }) => {
    try {
      await clients.s3.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    }
    return {};
  }),
  "aws:s3/bucketVersioning:BucketVersioning": creator(
    named.extend({ versioningConfiguration: z.object({ status: z.enum(["Enabled", "Suspended"]) }) }),
    async ({ bucket: Bucket, versioningConfiguration: { status: Status } }, { clients }) => {
      await clients.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
      return {};
    },
  ),
  "aws:s3/bucketNotification:BucketNotification": creator(
    named.extend({ eventbridge: z.literal(true) }).strict(),
    async ({ bucket: Bucket }, { clients }) => {
      const NotificationConfiguration = { EventBridgeConfiguration: {} };
      await clients.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
      return {};
    },
  ),
  "aws:s3/bucketObjectv2:BucketObjectv2": creator(
    named.extend({ key: z.string(), source: z.unknown().optional(), content: z.string().optional() }),
    async ({ bucket: Bucket, key: Key, source, content }, { clients }) => {
      const Body = content === undefined ? await bytesOf(source) : Buffer.from(content);
      const ETag = `"${createHash("md5").update(Body).digest("hex")}"`;
      // The bucket keeps old versions: the same bytes again would only add one at every start.
      if ((await etagOf(clients.s3, Bucket, Key)) === ETag) return {};
      const { VersionId } = await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
      return { versionId: VersionId ?? "null" };
    },
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": withoutEffect("The emulator expires nothing."),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": withoutEffect("There is one account."),
  "aws:s3/bucketPolicy:BucketPolicy": withoutEffect("The emulator evaluates no policies."),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": withoutEffect("It listens on loopback only."),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": withoutEffect(
    "Objects lie in the home as they are.",
  ),
};
