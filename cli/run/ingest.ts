/** Runs files through a running lakehouse and reads back what became of them. */
import { GetTablesCommand } from "@aws-sdk/client-glue";
import * as z from "zod";
import { datasets, tables } from "../../datasets/index.ts";
import { QueryError, type Execution, type Lakehouse } from "../../local/index.ts";
import { tell } from "./follow.ts";
import { deltaVersion } from "./delta_version.ts";
import { auditedFile, lastWord, type AuditedFile, type RunDocument, type TableState } from "./document.ts";

/** A file for the raw zone: a path on the disk, or its bytes. */
export interface Upload {
  readonly key: string;
  readonly source: string | Uint8Array;
  /** Seconds since the epoch with a fraction. */
  readonly mtime: string;
}

async function rowsOf<T>(lakehouse: Lakehouse, sql: string, row: z.ZodType<T>): Promise<T[]> {
  const { columns, rows } = await lakehouse.query(sql);
  return rows.map((values) => row.parse(Object.fromEntries(columns.map(({ name }, index) => [name, values[index]]))));
}

const literals = (values: readonly string[]): string =>
  values.map((value) => `'${value.replaceAll("'", "''")}'`).join(", ");

function audited(lakehouse: Lakehouse, runs: readonly string[]): Promise<AuditedFile[]> {
  return rowsOf(
    lakehouse,
    `SELECT key, dataset, status, reason, rows_in, loaded, duplicate, rejected, pending, run_id FROM ingest_files WHERE run_id IN (${literals(runs)}) ORDER BY batch_created_at, key`,
    auditedFile,
  );
}

const rowCount = z.object({ row_count: z.coerce.number() });
const brokenRule = z.object({ rule: z.string(), row_count: z.coerce.number() });

async function rejects(
  lakehouse: Lakehouse,
  runs: readonly string[],
  existing: ReadonlySet<string>,
): Promise<RunDocument["rejects"]> {
  const found = datasets
    .filter((dataset) => existing.has(dataset.name))
    .map(async (dataset) => {
      const broken = await rowsOf(
        lakehouse,
        `SELECT rule, count(*) AS row_count FROM ${tables(dataset).rejects} CROSS JOIN UNNEST(rule_ids) AS broken (rule) WHERE run_id IN (${literals(runs)}) GROUP BY rule ORDER BY rule`,
        brokenRule,
      );
      return [dataset.name, Object.fromEntries(broken.map(({ rule, row_count }) => [rule, row_count]))] as const;
    });
  return Object.fromEntries((await Promise.all(found)).filter(([, broken]) => Object.keys(broken).length > 0));
}

/** The tables that the catalog knows: those that a run got as far as crawling. */
async function tablesOf({ clients, outputs }: Lakehouse): Promise<ReadonlySet<string>> {
  const { TableList } = await clients.glue.send(new GetTablesCommand({ DatabaseName: outputs.database }));
  return new Set((TableList ?? []).flatMap(({ Name }) => Name ?? []));
}

/** A table's rows; null where it can't be read, which is told. */
async function countRows(lakehouse: Lakehouse, table: string): Promise<number | null> {
  try {
    const counts = await rowsOf(lakehouse, `SELECT count(*) AS row_count FROM ${table}`, rowCount);
    return counts[0]?.row_count ?? 0;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    tell(`warning: the table ${table} can't be read: ${error.message}`);
    return null;
  }
}

async function tableStates(lakehouse: Lakehouse): Promise<RunDocument["tables"]> {
  const states: Record<string, TableState> = {};
  const cataloged = await tablesOf(lakehouse);
  for (const { name } of datasets.filter((dataset) => cataloged.has(dataset.name))) {
    const version = await deltaVersion(lakehouse.clients.s3, lakehouse.outputs.buckets.processed, name);
    if (version !== undefined) states[name] = { rows: await countRows(lakehouse, name), version };
  }
  return states;
}

/** The files that are left in the raw zone: they failed, and wait for their next attempt or for a person. */
const left = (raw: readonly { readonly key: string }[], said: readonly AuditedFile[]): AuditedFile[] =>
  raw
    .filter(({ key }) => !said.some((file) => file.key === key && file.status === "failed"))
    .map(({ key }) => ({
      key,
      dataset: null,
      status: "failed",
      reason: "it is still in the raw zone, and no run that is left to do would take it",
      rows_in: 0,
      loaded: 0,
      duplicate: 0,
      rejected: 0,
      pending: 0,
      run_id: "",
    }));

/** Uploads the files in waves, each when all of the one before is done, and waits until nothing is left to do. */
export async function ingest(
  lakehouse: Lakehouse,
  waves: readonly (readonly Upload[])[],
  since: Date,
  signal: AbortSignal,
): Promise<Omit<RunDocument, "seconds">> {
  for (const wave of waves) {
    for (const { key, source, mtime } of wave) {
      await lakehouse.upload(key, source, { mtime });
      tell(`uploaded ${key}`);
    }
    await lakehouse.ring();
    await lakehouse.idle({ signal });
  }
  const executions = (await lakehouse.executions()).filter(({ startDate }) => startDate >= since).reverse();
  const runs = executions.map(({ name }) => name);
  const said = runs.length === 0 ? [] : await audited(lakehouse, runs);
  const { raw } = await lakehouse.state();
  const files = lastWord([...said, ...left(raw, said)]);
  const states = await tableStates(lakehouse);
  return {
    ok: files.every(({ status }) => status !== "failed"),
    executions: executions.map(({ name, status, seconds }: Execution) => ({ name, status, seconds })),
    files,
    tables: states,
    alerts: (await lakehouse.messages()).map(({ subject, message }) => ({ subject, message })),
    rejects: runs.length === 0 ? {} : await rejects(lakehouse, runs, new Set(Object.keys(states))),
  };
}
