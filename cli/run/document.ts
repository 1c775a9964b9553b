/** What a run tells: the document that `local run --json` prints, which other tools rely on. */
import { z } from "zod";

/** A row of `ingest_files`, as a query gives it: every value is text. */
const count = z.coerce.number().int();
export const auditedFile = z.object({
  key: z.string(),
  dataset: z.string().nullable(),
  status: z.enum(["archived", "skipped", "quarantined", "failed"]),
  reason: z.string().nullable(),
  rows_in: count,
  loaded: count,
  duplicate: count,
  rejected: count,
  pending: count,
  run_id: z.string(),
});
export type AuditedFile = z.infer<typeof auditedFile>;

export interface ExecutionSummary {
  readonly name: string;
  readonly status: string;
  readonly seconds: number;
}

export interface TableState {
  /** Null where the table can't be read. */
  readonly rows: number | null;
  /** Of its Delta log. */
  readonly version: number;
}

export interface RunDocument {
  /** No file failed and none is left undone; quarantined files are as the semantics want them. */
  readonly ok: boolean;
  readonly seconds: number;
  readonly executions: readonly ExecutionSummary[];
  readonly files: readonly AuditedFile[];
  /** Dataset → its table. */
  readonly tables: Readonly<Record<string, TableState>>;
  /** What was sent to the alerts' topic, in this order. */
  readonly alerts: readonly { readonly subject: string; readonly message: string }[];
  /** Dataset → rule → rows of this run that broke it. */
  readonly rejects: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const tenths = (milliseconds: number): number => Math.round(milliseconds / 100) / 10;

/** The last word on each file: a file that failed and then went through was archived. */
export function lastWord(files: readonly AuditedFile[]): AuditedFile[] {
  const ended = new Set(files.filter(({ status }) => status !== "failed").map(({ key }) => key));
  const words = new Map<string, AuditedFile>();
  for (const file of files) {
    if (file.status === "failed" && ended.has(file.key)) continue;
    words.set(`${file.key} ${file.status === "failed" ? "" : file.run_id}`, file);
  }
  return [...words.values()].sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
}
