/**
 * The records of a run: what the dispatcher, the Lambdas of the machine and the Glue jobs hand to each other as JSON
 * objects under `runs/{batch}/`. Each is parsed where it is read.
 */
import * as z from "zod";

/** An object of the raw zone, as S3 lists it. */
export const rawObject = z.object({
  key: z.string(),
  versionId: z.string(),
  etag: z.string(),
  size: z.number().int().nonnegative(),
  /** ISO 8601, whole seconds. */
  lastModified: z.string(),
});
export type RawObject = z.infer<typeof rawObject>;

/** `manifest.json`: what the dispatcher saw in the raw zone and wants done. `attempt` is 1 for a file that never failed. */
export const manifest = z.object({
  batch: z.string(),
  createdAt: z.iso.datetime(),
  files: z.array(rawObject.extend({ attempt: z.number().int().positive() })),
});
export type Manifest = z.infer<typeof manifest>;

/** A file that a run has identified: its version is the MD5 of its content, its time is decimal seconds since the epoch. */
export const file = z.object({
  key: z.string(),
  /** Null for a file that belongs to none. */
  dataset: z.string().nullable(),
  versionId: z.string(),
  etag: z.string(),
  version: z.string(),
  size: z.number(),
  time: z.string().regex(/^\d+(\.\d+)?$/),
  attempt: z.number().int().positive(),
  status: z.enum(["fresh", "skipped", "quarantined"]),
  reason: z.string().nullable(),
});
export type File = z.infer<typeof file>;

/** `files.json`: the manifest's files after the marker check; the jobs take the fresh ones of their dataset. */
export const files = z.object({ batch: z.string(), createdAt: z.iso.datetime(), files: z.array(file) });
export type Files = z.infer<typeof files>;

/** What became of a file's rows; `rows_in` is always the sum of the other four. */
export const counts = z.object({
  rows_in: z.number().int(),
  loaded: z.number().int(),
  duplicate: z.number().int(),
  rejected: z.number().int(),
  pending: z.number().int(),
});
export type Counts = z.infer<typeof counts>;
export const noRows: Counts = { rows_in: 0, loaded: 0, duplicate: 0, rejected: 0, pending: 0 };

const sample = z.array(z.record(z.string(), z.unknown()));

/** `reports/{dataset}.json`: what a Glue job did. A `changed` file was overwritten before it was read: it waits for the next batch. */
export const report = z.object({
  dataset: z.string(),
  batch: z.string(),
  files: z.array(
    counts.extend({
      key: z.string(),
      version: z.string(),
      status: z.enum(["accepted", "quarantined", "changed"]),
      reason: z.string().nullable(),
      sample,
      rules: z.record(z.string(), z.number()),
      unknown_columns: z.array(z.string()),
    }),
  ),
  tables: z.array(
    z.object({
      name: z.string(),
      location: z.string(),
      version: z.number().int(),
      rows: z.number().int(),
      schema_changed: z.boolean(),
    }),
  ),
});
export type Report = z.infer<typeof report>;

/** An item of `settle.json`: a file whose fate is decided, and what the audit table will say of it. */
export const settlement = counts.extend({
  key: z.string(),
  dataset: z.string().nullable(),
  versionId: z.string(),
  version: z.string(),
  status: z.enum(["archived", "skipped", "quarantined"]),
  reason: z.string().nullable(),
  sample,
  rules: z.record(z.string(), z.number()),
  unknown_columns: z.array(z.string()),
  /** The dataset's tables as the run left them: name → Delta version. */
  table_versions: z.record(z.string(), z.number()),
});
export type Settlement = z.infer<typeof settlement>;

/** The key of a run's record. */
export const runKey = (batch: string, record: string): string => `runs/${batch}/${record}`;
