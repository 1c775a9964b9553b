/**
 * Records a failed run: each of its files that is still in the raw zone is `failed` in the audit table. The alert that it
 * words names the files that failed for the first time, so that a file which fails again and again alerts once.
 */
import { writeAudit, type Audited } from "./audit.ts";
import { causeText, lastFailedState, type CaughtError } from "./failure.ts";
import { parseRawKey } from "./places.ts";
import type { Buckets } from "./identify.ts";
import { head, inParallel, readJson } from "./objects.ts";
import { manifest as manifestSchema, noRows, type Manifest } from "./run.ts";

export interface RecordFailureEvent {
  readonly batch: string;
  /** The manifest's key in the processed bucket. */
  readonly manifest: string;
  readonly buckets: Buckets;
  readonly executionArn: string;
  /** The execution's name. */
  readonly runId: string;
  readonly error: CaughtError;
}

export interface FailureRecord {
  /** Whether anybody has to hear of it: no file failed for the first time if false. */
  readonly alert: boolean;
  readonly subject: string;
  readonly message: string;
  readonly cause: string;
}

const parallelFiles = 32;
const listedFiles = 50;

const failed = ({ key, versionId, etag }: Manifest["files"][number], reason: string): Audited => ({
  ...noRows,
  key,
  dataset: parseRawKey(key).folder,
  versionId,
  version: etag,
  status: "failed",
  reason,
  rules: {},
  unknown_columns: [],
  table_versions: {},
});

export async function recordFailure(event: RecordFailureEvent): Promise<FailureRecord> {
  const { batch, buckets, error, runId } = event;
  const { createdAt, files } = await readJson({ bucket: buckets.processed, key: event.manifest }, manifestSchema);
  const there = await inParallel(parallelFiles, files, ({ key, versionId }) =>
    head({ bucket: buckets.raw, key, versionId }),
  );
  const left = files.filter((_, index) => there[index] !== undefined);
  const state = await lastFailedState(event.executionArn);
  const cause = `${error.Error ?? "unknown error"}: ${causeText(error.Cause)}`;
  await writeAudit(
    left.map((each) => failed(each, `${state}: ${cause}`)),
    { bucket: buckets.processed, batch, createdAt, runId },
  );
  const news = left.filter(({ attempt }) => attempt === 1).map(({ key }) => key);
  return {
    alert: news.length > 0 || left.length === 0,
    subject: `Run failed: ${state} (${left.length} ${left.length === 1 ? "file waits" : "files wait"})`,
    message: [
      ...news.slice(0, listedFiles).map((key) => `File: ${key}`),
      ...(news.length > listedFiles ? [`… and ${news.length - listedFiles} more, see ${event.manifest}`] : []),
      `State: ${state}`,
      `Cause: ${cause}`,
      "Next: nothing is lost, the files are untouched in the raw zone and are tried again, three times in all with growing delay.",
      "If the cause is not passing (access, code, configuration), mend it and redrive the execution.",
      `Run: ${event.executionArn}`,
    ].join("\n"),
    cause,
  };
}
