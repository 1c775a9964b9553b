/**
 * What everything is called on AWS. The names are given, not generated: a person finds a resource by its stack, and
 * policies can name resources before they exist.
 */

/** Where a stack lives. */
export interface Place {
  /** `aws`, or another partition such as `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** AWS's shortest limit among the resources named here: bucket names have 63 characters, and dots break TLS. */
const bucketName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Roles and functions have 64 characters: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longestName = 64;

/** Names and ARNs of one stack in one account. */
export interface Names extends Place {
  /** `{project}-{stack}`, what all names begin with. */
  readonly prefix: string;
  /** @throws Error if the name is too long for AWS */
  named(resource: string): string;
  /** The name of a zone's bucket; it ends in the account, since buckets share one namespace worldwide. */
  bucket(zone: string): string;
  /** The Glue database: Athena wants underscores. */
  readonly database: string;
  /** `arn:{partition}:{service}:{region}:{account}:{resource}` */
  arn(service: string, resource: string): string;
  /** The ARN of a bucket, or of the objects that `keys` (with `*`) stands for. */
  s3(bucket: string, keys?: string): string;
}

export function names(project: string, stack: string, place: Place): Names {
  const prefix = `${project}-${stack}`;
  const shorten = "Give the stack a shorter, plainer name (`pulumi stack rename`).";
  return {
    ...place,
    prefix,
    named(resource) {
      const name = `${prefix}-${resource}`;
      if (name.length > longestName) {
        throw new Error(`The name ${name} has ${name.length} characters and AWS takes ${longestName}. ${shorten}`);
      }
      return name;
    },
    bucket(zone) {
      const name = `${prefix}-${zone}-${place.account}`;
      if (!bucketName.test(name)) {
        throw new Error(
          `S3 does not take ${name} as a bucket's name: 3 to 63 lower-case letters, digits and hyphens. ${shorten}`,
        );
      }
      return name;
    },
    database: prefix.replaceAll("-", "_"),
    arn: (service, resource) => `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`,
    s3: (bucket, keys) => `arn:${place.partition}:s3:::${bucket}${keys === undefined ? "" : `/${keys}`}`,
  };
}
