/** What the crawler may touch: to read, the Delta logs; to write, the tables of one database. */
import { listing } from "../iam/listing.ts";
import type { Statement } from "../iam/policy.ts";
import type { Names } from "../names.ts";

export function crawlerPermissions(names: Names, processedBucket: string, tables: readonly string[]): Statement[] {
  return [
    {
      sid: "ReadTables",
      actions: ["s3:GetObject"],
      resources: tables.map((table) => names.s3(processedBucket, `processed/${table}/*`)),
    },
    listing(
      "ListTables",
      names.s3(processedBucket),
      tables.flatMap((table) => [`processed/${table}`, `processed/${table}/*`]),
    ),
    { sid: "FindBucket", actions: ["s3:GetBucketLocation"], resources: [names.s3(processedBucket)] },
    {
      sid: "RegisterTables",
      actions: [
        "glue:GetDatabase",
        "glue:GetTable",
        "glue:GetTables",
        "glue:CreateTable",
        "glue:UpdateTable",
        "glue:GetPartitions",
        "glue:BatchGetPartition",
        "glue:BatchCreatePartition",
      ],
      resources: [
        names.arn("glue", "catalog"),
        names.arn("glue", `database/${names.database}`),
        ...tables.map((table) => names.arn("glue", `table/${names.database}/${table}`)),
      ],
    },
    {
      sid: "Log",
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [names.arn("logs", "log-group:/aws-glue/crawlers:*")],
    },
  ];
}
