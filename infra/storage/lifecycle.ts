/** How long objects stay in a zone, as rules of S3's lifecycle. */
import type * as aws from "@pulumi/aws";
import type { StackConfig } from "../config.ts";

type Rule = aws.types.input.s3.BucketLifecycleConfigurationRule;
type Retention = StackConfig["retention"];

/** What every zone has: uploads that were never finished go, and so do old versions after a while. */
const always = ({ oldVersionDays }: Retention): Rule[] => [
  {
    id: "unfinished-uploads",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  },
  {
    id: "old-versions",
    status: "Enabled",
    filter: { prefix: "" },
    noncurrentVersionExpiration: { noncurrentDays: oldVersionDays },
    expiration: { expiredObjectDeleteMarker: true },
  },
];

const expire = (id: string, prefix: string, days: number): Rule => ({
  id,
  status: "Enabled",
  filter: { prefix },
  expiration: { days },
});

/** Nothing in the raw zone expires: a file leaves it when it is archived or quarantined. */
export const rawLifecycle = always;

/** A run's records go by their prefix, so that the dispatcher's ledger (`runs/ledger.json`) stays. */
export const processedLifecycle = (retention: Retention): Rule[] => [
  ...always(retention),
  expire("records-of-runs", "runs/b-", retention.runDays),
];

/** Archived files grow cold, but stay readable at once: a file that comes again is compared with its copy. */
export const archiveLifecycle = (retention: Retention): Rule[] => [
  ...always(retention),
  {
    id: "archived-files-grow-cold",
    status: "Enabled",
    filter: { prefix: "archived/" },
    transitions: [{ days: retention.archiveColdAfterDays, storageClass: "GLACIER_IR" }],
    ...(retention.archiveExpireDays !== undefined && { expiration: { days: retention.archiveExpireDays } }),
  },
];

export const resultsLifecycle = (retention: Retention): Rule[] => [
  ...always(retention),
  expire("query-results", "athena-query-results/", retention.queryResultDays),
];

/** Scripts and bundles stay as long as a published version of the machine may name them. */
export const artifactsLifecycle = always;
