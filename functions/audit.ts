/** The audit table `ingest_files`: a row for each file that a run decided about, as JSON lines under `processed/ingest_files/`. */
import { createHash } from "node:crypto";
import { writeText } from "./objects.ts";
import { auditKey } from "./places.ts";
import type { Settlement } from "./run.ts";

/** A file and what became of it; `failed` is a file that stays in the raw zone because the platform failed. */
export type Audited = Omit<Settlement, "status" | "sample"> & { readonly status: Settlement["status"] | "failed" };

export interface AuditContext {
  /** The processed bucket. */
  readonly bucket: string;
  readonly batch: string;
  /** When the batch was made; its day is the rows' partition, whenever the step runs. */
  readonly createdAt: string;
  /** The execution's name. */
  readonly runId: string;
}

/** A row in the order of the columns that the catalog has for the table. */
const row = (file: Audited, { runId, createdAt }: AuditContext): string =>
  JSON.stringify({
    key: file.key,
    dataset: file.dataset,
    version: file.version,
    version_id: file.versionId,
    status: file.status,
    reason: file.reason,
    rows_in: file.rows_in,
    loaded: file.loaded,
    duplicate: file.duplicate,
    rejected: file.rejected,
    pending: file.pending,
    rules: file.rules,
    unknown_columns: file.unknown_columns,
    table_versions: file.table_versions,
    run_id: runId,
    batch_created_at: createdAt,
  });

/** A name for this group of files that is the same when the step runs again, so that it writes the same object. */
function part(files: readonly Audited[]): string {
  const identity = files.map(({ key, versionId, status }) => [key, versionId, status].join(" ")).join("\n");
  return createHash("sha256").update(identity).digest("hex").slice(0, 16);
}

export async function writeAudit(files: readonly Audited[], context: AuditContext): Promise<void> {
  if (files.length === 0) return;
  await writeText(
    { bucket: context.bucket, key: auditKey(context.createdAt, context.batch, part(files)) },
    files.map((file) => `${row(file, context)}\n`).join(""),
    { contentType: "application/jsonl" },
  );
}
