/** A zone of the lakehouse: a private, versioned, encrypted bucket that only TLS reaches. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Names } from "../names.ts";
import { bucketPolicyJson } from "./bucket_policy.ts";

interface ZoneArgs {
  readonly names: Names;
  readonly lifecycle: aws.types.input.s3.BucketLifecycleConfigurationRule[];
  /** Guards the bucket against deletion; without it, `pulumi destroy` empties the bucket. */
  readonly keep: boolean;
  /** Tells EventBridge of every upload. @default false */
  readonly events?: boolean;
  /** Refuses uploads whose ETag would not be their MD5. @default false */
  readonly etagIsMd5?: boolean;
}

export class Zone extends pulumi.ComponentResource {
  /** The bucket's name, known before the bucket is there. */
  readonly bucketName: string;
  readonly bucketArn: string;
  /** The bucket's name, known once the bucket is there. */
  readonly bucket: pulumi.Output<string>;

  constructor(zone: string, { names, lifecycle, keep, events = false, etagIsMd5 = false }: ZoneArgs) {
    // Children inherit the protection: a bucket that stays must not lose its policy.
    super("lakehouse:storage:Zone", zone, {}, { protect: keep });
    this.bucketName = names.bucket(zone);
    this.bucketArn = names.s3(this.bucketName);
    const inZone = { parent: this };
    const { bucket } = new aws.s3.Bucket(zone, { bucket: this.bucketName, forceDestroy: !keep }, inZone);
    this.bucket = bucket;
    new aws.s3.BucketOwnershipControls(zone, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, inZone);
    new aws.s3.BucketServerSideEncryptionConfiguration(
      zone,
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      inZone,
    );
    const versioning = new aws.s3.BucketVersioning(
      zone,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      inZone,
    );
    new aws.s3.BucketLifecycleConfiguration(zone, { bucket, rules: lifecycle }, { ...inZone, dependsOn: versioning });
    const privacy = new aws.s3.BucketPublicAccessBlock(
      zone,
      { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      inZone,
    );
    // S3 refuses two changes of a bucket's access at a time, so one waits for the other.
    new aws.s3.BucketPolicy(
      zone,
      { bucket, policy: bucketPolicyJson(this.bucketArn, { etagIsMd5 }) },
      { ...inZone, dependsOn: privacy },
    );
    if (events) new aws.s3.BucketNotification(zone, { bucket, eventbridge: true }, inZone);
    this.registerOutputs({ bucket });
  }

  /** `s3://bucket/path` */
  uri(path: string): string {
    return `s3://${this.bucketName}/${path}`;
  }

  /** The ARN of the objects whose keys match, with `*` as IAM reads it. */
  objects(keys: string): string {
    return `${this.bucketArn}/${keys}`;
  }
}
