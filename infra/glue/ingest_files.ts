/**
 * The audit table as Athena reads it: what became of each file. Its rows are JSON lines that the machine writes; its days
 * are computed from the query (partition projection), so no crawler has to find them.
 */
import type * as aws from "@pulumi/aws";

type Table = Omit<aws.glue.CatalogTableArgs, "databaseName" | "name">;

const columns = {
  key: ["string", "Key in the raw zone"],
  dataset: ["string", "Null for a file of no dataset"],
  version: ["string", "MD5 of the content, hexadecimal"],
  version_id: ["string", "S3's id of the object's version"],
  status: ["string", "archived, skipped, quarantined or failed"],
  reason: ["string", "Why it was quarantined or failed"],
  rows_in: ["bigint", "Rows of the file: loaded + duplicate + rejected + pending"],
  loaded: ["bigint", "Rows that made it into the table"],
  duplicate: ["bigint", "Rows that lost to another of their key, or equal what was there"],
  rejected: ["bigint", "Rows that broke a rule; they are in the dataset's table of rejects"],
  pending: ["bigint", "Rows that wait for their parents"],
  rules: ["map<string,bigint>", "Rule → rows that broke it"],
  unknown_columns: ["array<string>", "Columns that the contract does not know; their values are in _rescued"],
  table_versions: ["map<string,bigint>", "Table → its Delta version after the run"],
  run_id: ["string", "The batch"],
  batch_created_at: ["string", "When the batch was made, ISO 8601"],
} as const;

/** The first day there can be a file of. */
const firstDay = "2024-01-01";

/** @param location `s3://…/ingest_files/`, the parent of `day=YYYY-MM-DD/` */
export const ingestFiles = (location: string): Table => ({
  description: "What became of each file, a row for each run that settled it",
  tableType: "EXTERNAL_TABLE",
  parameters: {
    EXTERNAL: "TRUE",
    classification: "json",
    "projection.enabled": "true",
    "projection.day.type": "date",
    "projection.day.format": "yyyy-MM-dd",
    "projection.day.range": `${firstDay},NOW`,
    "projection.day.interval": "1",
    "projection.day.interval.unit": "DAYS",
    "storage.location.template": `${location}day=\${day}/`,
  },
  partitionKeys: [{ name: "day", type: "string", comment: "The day that the batch was made, UTC" }],
  storageDescriptor: {
    location,
    inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
    serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
    columns: Object.entries(columns).map(([name, [type, comment]]) => ({ name, type, comment })),
  },
});
