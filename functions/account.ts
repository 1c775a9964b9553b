/**
 * Accounts for every file of a run: what CheckMarkers found and what the Glue jobs reported become one list of
 * settlements. Nothing may be missing, counted twice or out of balance; else the run fails and the files stay in raw.
 */
import { noRows, type File, type Files, type Report, type Settlement } from "./run.ts";

/** What a run knows of its tables, for the steps after it. */
export interface Account {
  readonly settlements: Settlement[];
  /** Whether a table has columns that it had not before. */
  readonly schemaChanged: boolean;
  /** Rows of each dataset's main table, as the jobs recorded them. */
  readonly rows: Record<string, number>;
}

const nothingDone = { ...noRows, reason: null, sample: [], rules: {}, unknown_columns: [], table_versions: {} };

function settledBefore(
  { key, dataset, versionId, version, reason }: File,
  status: "skipped" | "quarantined",
): Settlement {
  return { ...nothingDone, key, dataset, versionId, version, status, reason };
}

/** What the report says of a fresh file, or undefined if the file is left to the next batch. */
function settledBy(report: Report, file: File): Settlement | undefined {
  const entry = report.files.find((each) => each.key === file.key && each.version === file.version);
  if (entry === undefined) {
    throw new Error(
      `${file.key}: the ${report.dataset} job's report does not mention it; see runs/${report.batch}/reports`,
    );
  }
  if (entry.status === "changed") return undefined;
  const { status, ...rest } = entry;
  const { rows_in, loaded, duplicate, rejected, pending } = entry;
  if (rows_in !== loaded + duplicate + rejected + pending) {
    throw new Error(
      `${file.key}: ${rows_in} rows came in, but ${loaded} loaded + ${duplicate} duplicate + ${rejected} rejected + ` +
        `${pending} pending make ${loaded + duplicate + rejected + pending}`,
    );
  }
  return {
    ...rest,
    dataset: file.dataset,
    versionId: file.versionId,
    status: status === "accepted" ? "archived" : "quarantined",
    table_versions: Object.fromEntries(report.tables.map(({ name, version }) => [name, version])),
  };
}

/**
 * @param reports those of the datasets whose job ran and succeeded
 * @param failed the datasets whose job failed: their fresh files are not settled, they stay in the raw zone
 * @throws Error that names the first file which is not accounted for
 */
export function account({ files }: Files, reports: readonly Report[], failed: readonly string[]): Account {
  const settle = (file: File): Settlement | undefined => {
    if (file.status !== "fresh") return settledBefore(file, file.status);
    const report = reports.find((each) => each.dataset === file.dataset);
    if (report) return settledBy(report, file);
    if (file.dataset !== null && failed.includes(file.dataset)) return undefined;
    throw new Error(`${file.key}: no job took it, though it is a fresh file of ${file.dataset ?? "no dataset"}`);
  };
  const tables = reports.flatMap((report) => report.tables);
  return {
    settlements: files.flatMap((file) => settle(file) ?? []),
    schemaChanged: tables.some((table) => table.schema_changed),
    rows: Object.fromEntries(
      reports.flatMap(({ dataset, tables: own }) =>
        own.filter(({ name }) => name === dataset).map(({ rows }) => [dataset, rows]),
      ),
    ),
  };
}

/** A row of the query that `datasets/checks.ts` writes, as Athena gives it. */
export interface TableCheck {
  readonly table_name: string;
  readonly row_count: string;
  readonly key_count: string;
  readonly orphan_count: string;
}

/** Each way in which what Athena counted is not what the run recorded, as a sentence; none if the tables can be trusted. */
export function differences(rows: Readonly<Record<string, number>>, checks: readonly TableCheck[]): string[] {
  const recorded = Object.entries(rows).flatMap(([table, count]) => {
    const found = checks.find((check) => check.table_name === table);
    if (found === undefined) return [`${table}: Athena gave no answer for it`];
    return Number(found.row_count) === count
      ? []
      : [`${table}: the run recorded ${count} rows, Athena counts ${found.row_count}`];
  });
  const inherent = checks.flatMap(({ table_name, row_count, key_count, orphan_count }) => [
    ...(row_count === key_count ? [] : [`${table_name}: ${row_count} rows have only ${key_count} keys`]),
    ...(Number(orphan_count) === 0 ? [] : [`${table_name}: ${orphan_count} rows lack a parent`]),
  ]);
  return [...recorded, ...inherent];
}
