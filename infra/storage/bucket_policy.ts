/** What a bucket refuses, whatever anybody's role allows. */

/** A statement that refuses; `s3:*` is right here, since it takes away. */
interface Refusal {
  readonly sid: string;
  readonly actions: string;
  readonly resources: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Requests without TLS. */
const withoutTls = (bucketArn: string): Refusal => ({
  sid: "OnlyTls",
  actions: "s3:*",
  resources: [bucketArn, `${bucketArn}/*`],
  conditions: { Bool: { "aws:SecureTransport": "false" } },
});

/**
 * Uploads that name an encryption of their own. A file's version is the MD5 of its content, which the ETag is only under
 * S3's own encryption; under KMS or a customer's key the ETag is something else that looks the same
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html).
 */
const otherEncryption = (bucketArn: string): readonly Refusal[] => [
  {
    sid: "OnlyS3Encryption",
    actions: "s3:PutObject",
    resources: [`${bucketArn}/*`],
    conditions: { StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": "AES256" } },
  },
  {
    sid: "NoCustomerKeys",
    actions: "s3:PutObject",
    resources: [`${bucketArn}/*`],
    conditions: { Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" } },
  },
];

/** The JSON of a bucket's policy. `etagIsMd5` keeps the promise that a single-part upload's ETag is its MD5. */
export function bucketPolicyJson(bucketArn: string, { etagIsMd5 }: { etagIsMd5: boolean }): string {
  const refusals = [withoutTls(bucketArn), ...(etagIsMd5 ? otherEncryption(bucketArn) : [])];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: refusals.map(({ sid, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: "Deny",
      Principal: "*",
      Action: actions,
      Resource: resources,
      Condition: conditions,
    })),
  });
}
