/**
 * Settles files whose fate is decided. The order makes every crash harmless: keep a copy, then mark, then write the
 * audit rows, and only then delete from the raw zone. Each step may run again; what is already done stays as it is.
 */
import { CopyObjectCommand, DeleteObjectCommand } from "@aws-sdk/client-s3";
import { publish } from "./alert.ts";
import { writeAudit } from "./audit.ts";
import type { Buckets } from "./identify.ts";
import { writeMarker } from "./marker.ts";
import { head, inParallel, s3, writeJson } from "./objects.ts";
import { archiveKey, markerKey, quarantineKey, reasonKey } from "./places.ts";
import type { Settlement } from "./run.ts";

export interface SettleEvent {
  readonly files: readonly Settlement[];
  readonly batch: string;
  /** When the batch was made; its day is the audit rows' partition, whenever the step runs. */
  readonly createdAt: string;
  /** The execution's name. */
  readonly runId: string;
  readonly buckets: Buckets;
  readonly topic: string;
}

const parallelFiles = 16;

/** Copies the raw version to its place in the archive bucket, unless the copy is there from an earlier try. */
async function keepCopy({ key, versionId, version }: Settlement, target: string, buckets: Buckets): Promise<void> {
  if (await head({ bucket: buckets.archive, key: target })) return;
  const source = `${buckets.raw}/${key.split("/").map(encodeURIComponent).join("/")}?versionId=${versionId}`;
  const { CopyObjectResult } = await s3.send(
    new CopyObjectCommand({ Bucket: buckets.archive, Key: target, CopySource: source }),
  );
  const copied = CopyObjectResult?.ETag?.replaceAll('"', "");
  if (copied !== version) {
    await s3.send(new DeleteObjectCommand({ Bucket: buckets.archive, Key: target }));
    throw new Error(
      `${key}: its copy ${target} has the MD5 ${copied ?? "(none)"}, not ${version}; the file stays in the raw zone`,
    );
  }
}

async function archive(file: Settlement, { buckets, runId }: SettleEvent): Promise<void> {
  const { key, version, rows_in, loaded, duplicate, rejected, pending, table_versions } = file;
  const copy = archiveKey(key, version);
  await keepCopy(file, copy, buckets);
  await writeMarker(
    { bucket: buckets.processed, key: markerKey(key) },
    { key, version, archive_key: copy, run_id: runId, rows_in, loaded, duplicate, rejected, pending, table_versions },
  );
}

/** The reason's JSON is written after the alert and tells that it was sent: the same version is alerted once, however often it comes. */
async function quarantine(file: Settlement, { buckets, runId, topic }: SettleEvent): Promise<void> {
  const { key, dataset, version, reason, sample, rules } = file;
  const copy = quarantineKey(key, version);
  const note = { bucket: buckets.archive, key: reasonKey(key, version) };
  await keepCopy(file, copy, buckets);
  if (await head(note)) return;
  await publish({
    topic,
    subject: `Quarantined: ${key}`,
    lines: [
      `File: ${key}`,
      "State: quarantined; none of its rows was loaded, the other files of its batch are unaffected.",
      `Cause: ${reason ?? "unknown"}`,
      `Next: read s3://${note.bucket}/${note.key}, correct the file and upload it again; the original is s3://${buckets.archive}/${copy}.`,
      `Run: ${runId}`,
    ],
  });
  await writeJson(note, { key, dataset, version, reason, rules, sample, run_id: runId });
}

async function keep(file: Settlement, event: SettleEvent): Promise<void> {
  switch (file.status) {
    case "archived":
      return archive(file, event);
    case "quarantined":
      return quarantine(file, event);
    case "skipped":
      return; // its copy and its marker are what made it skipped
  }
}

/** Settles a group of files and returns how many there were. */
export async function archiveAndMark(event: SettleEvent): Promise<{ settled: number }> {
  const { files, buckets } = event;
  await inParallel(parallelFiles, files, (file) => keep(file, event));
  await writeAudit(files, { ...event, bucket: buckets.processed });
  await inParallel(parallelFiles, files, ({ key, versionId }) =>
    s3.send(new DeleteObjectCommand({ Bucket: buckets.raw, Key: key, VersionId: versionId })),
  );
  return { settled: files.length };
}
