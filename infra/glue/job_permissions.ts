/** What the job of one dataset may touch: its files, its own tables, and to read, its parents'. */
import { tableNames, type Contract } from "../../datasets/index.ts";
import { listing } from "../iam/listing.ts";
import type { Statement } from "../iam/policy.ts";
import type { Names } from "../names.ts";

interface Buckets {
  readonly raw: string;
  readonly processed: string;
  readonly artifacts: string;
}

/** `processed/x/…`, and the empty object beside it by which Glue's file system marks a folder. */
const tableKeys = (table: string): string[] => [`processed/${table}/*`, `processed/${table}_$folder$`];

export function jobPermissions(dataset: Contract, buckets: Buckets, names: Names, logGroup: string): Statement[] {
  const own = tableNames(dataset);
  const parents = dataset.parents.map((parent) => parent.dataset);
  const processed = (keys: string): string => names.s3(buckets.processed, keys);
  return [
    {
      sid: "ReadFiles",
      actions: ["s3:GetObject"],
      resources: [names.s3(buckets.raw, `raw/${dataset.name}/*`)],
    },
    listing("ListFiles", names.s3(buckets.raw), [`raw/${dataset.name}`, `raw/${dataset.name}/*`]),
    {
      sid: "WriteOwnTables",
      actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      resources: [...own.flatMap(tableKeys), "processed_$folder$"].map(processed),
    },
    ...(parents.length === 0
      ? []
      : [{ sid: "ReadParents", actions: ["s3:GetObject"], resources: parents.flatMap(tableKeys).map(processed) }]),
    listing("ListTables", names.s3(buckets.processed), [
      "",
      "processed/",
      ...[...own, ...parents].flatMap((table) => [`processed/${table}`, `processed/${table}/*`]),
    ]),
    { sid: "ReadBatch", actions: ["s3:GetObject"], resources: [processed("runs/*/files.json")] },
    { sid: "WriteReport", actions: ["s3:PutObject"], resources: [processed(`runs/*/reports/${dataset.name}.json`)] },
    {
      sid: "LoadCode",
      actions: ["s3:GetObject"],
      // All versions of the code: an alias may have been moved back to an older machine.
      resources: [names.s3(buckets.artifacts, "scripts/*"), names.s3(buckets.artifacts, "lib/*")],
    },
    {
      sid: "Log",
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logGroup, "/aws-glue/jobs/*"].map((group) => names.arn("logs", `log-group:${group}:*`)),
    },
    {
      sid: "Measure",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      conditions: { StringEquals: { "cloudwatch:namespace": "Glue" } },
      reason: "A metric has no ARN; the namespace stands for it.",
    },
  ];
}
