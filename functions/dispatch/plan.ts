/**
 * What to do about the raw zone as it is now. Pure: what is there, what was tried before and the clock go in; the batch
 * to start, the ledger to keep and when to look again come out. Lost, late and repeated events need no code, because no
 * event is ever believed: they only ring the bell.
 */
import { createHash } from "node:crypto";
import * as z from "zod";
import type { Manifest, RawObject } from "../run.ts";

/** What was tried with a file version that is still in the raw zone. */
const tried = z.object({
  versionId: z.string(),
  /** Executions that were started with it; makes the name of the next one new. */
  starts: z.number().int(),
  /** Those of them that failed. */
  failures: z.number().int(),
  /** The one whose end is not counted yet. */
  execution: z.string().nullable(),
  /** When it failed last, ISO 8601. */
  failedAt: z.iso.datetime().nullable(),
});

/** By key. Only the dispatcher writes it, and it runs one at a time. */
export const ledger = z.record(z.string(), tried);
export type Ledger = z.infer<typeof ledger>;
type Tried = Ledger[string];

/** How an execution ended; `gone` is one that Step Functions no longer knows. */
export type Ending = "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "gone";

export interface Limits {
  readonly maxAttempts: number;
  /** The delay before the second attempt, in seconds; it doubles with each further one. */
  readonly retryDelay: number;
}

export interface Plan {
  /** The files to start a batch with now; none if nothing is due. */
  readonly files: Manifest["files"];
  readonly batch: string;
  readonly ledger: Ledger;
  /** In how many seconds a file that waits will be due. */
  readonly lookAgainIn: number | undefined;
}

const untried = (versionId: string): Tried => ({ versionId, starts: 0, failures: 0, execution: null, failedAt: null });

/** An execution that ended and left the file in the raw zone has failed it, unless somebody stopped it. */
function counted(entry: Tried, endings: ReadonlyMap<string, Ending>, now: Date): Tried {
  if (entry.execution === null) return entry;
  const ending = endings.get(entry.execution) ?? "gone";
  const settled = { ...entry, execution: null };
  if (ending === "ABORTED" || ending === "gone") return settled;
  return { ...settled, failures: entry.failures + 1, failedAt: now.toISOString() };
}

/** Seconds until the file may be tried (again): 0 is now, infinity is not before somebody replays it. */
function dueIn({ failures, failedAt }: Tried, { maxAttempts, retryDelay }: Limits, now: Date): number {
  if (failures >= maxAttempts) return Infinity;
  if (failures === 0 || failedAt === null) return 0;
  const due = Date.parse(failedAt) + retryDelay * 1000 * 2 ** (failures - 1);
  return Math.max(0, Math.ceil((due - now.getTime()) / 1000));
}

/** The same files in the same state of trial have the same name, so that starting them twice is refused by Step Functions. */
function batchName(
  files: readonly { readonly key: string; readonly versionId: string; readonly starts: number }[],
): string {
  const identity = files.map(({ key, versionId, starts }) => [key, versionId, starts].join(" ")).sort();
  return `b-${createHash("sha256").update(identity.join("\n")).digest("hex").slice(0, 32)}`;
}

/** S3's console makes empty objects that end in a slash to show folders: they are no files. */
const isFolder = ({ key, size }: RawObject): boolean => key.endsWith("/") && size === 0;

export function plan(
  objects: readonly RawObject[],
  before: Ledger,
  endings: ReadonlyMap<string, Ending>,
  limits: Limits,
  now: Date,
): Plan {
  const known = objects
    .filter((object) => !isFolder(object))
    .map((object) => {
      const entry = before[object.key];
      const trial = entry?.versionId === object.versionId ? counted(entry, endings, now) : untried(object.versionId);
      return { object, trial, wait: dueIn(trial, limits, now) };
    });
  const due = known.filter(({ wait }) => wait === 0);
  const waits = known.map(({ wait }) => wait).filter((wait) => wait > 0 && wait < Infinity);
  return {
    files: due.map(({ object, trial }) => ({ ...object, attempt: trial.failures + 1 })),
    batch: batchName(due.map(({ object, trial }) => ({ ...object, starts: trial.starts }))),
    ledger: Object.fromEntries(known.map(({ object, trial }) => [object.key, trial])),
    lookAgainIn: waits.length > 0 ? Math.min(...waits) : undefined,
  };
}

/** The ledger once the plan's files are on their way. */
export function started({ ledger: entries, files }: Plan, execution: string): Ledger {
  const taken = new Set(files.map(({ key }) => key));
  return Object.fromEntries(
    Object.entries(entries).map(([key, entry]) => [
      key,
      taken.has(key) ? { ...entry, starts: entry.starts + 1, execution } : entry,
    ]),
  );
}
