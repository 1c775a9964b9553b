/** The step after the loads: reads what the jobs reported, accounts for every file and writes down how each is settled. */
import { checks, datasets, tableNames } from "../datasets/index.ts";
import { account } from "./account.ts";
import { causeText, type CaughtError } from "./failure.ts";
import { readJson, writeJson } from "./objects.ts";
import { files as filesSchema, report as reportSchema, runKey } from "./run.ts";
import { catalogedTables, existingTables } from "./tables.ts";

/** What became of a dataset's job in this run; `error` only where it failed. */
export interface Load {
  readonly dataset: string;
  readonly outcome: "loaded" | "unchanged" | "failed";
  readonly error?: CaughtError;
}

export interface AccountEvent {
  readonly batch: string;
  /** The key of the identified files. */
  readonly files: string;
  /** The processed bucket. */
  readonly bucket: string;
  /** The Glue database. */
  readonly database: string;
  readonly loads: readonly Load[];
}

export interface Accounted {
  /** The key of the settlements. */
  readonly settle: string;
  readonly settlements: number;
  /** Whether the catalog lacks a table, be it because an earlier run failed before its crawl, or a column. */
  readonly catalogStale: boolean;
  /** The query that checks the tables that exist; empty if there is none yet. */
  readonly checks: string;
  /** Dataset → rows in its table, for those that were loaded. */
  readonly rows: Record<string, number>;
  /** Why each failed load failed, a sentence each. */
  readonly failures: string[];
}

const failure = ({ dataset, error }: Load): string =>
  `the job that loads ${dataset} failed with ${error?.Error ?? "an unknown error"}: ${causeText(error?.Cause)}`;

export async function accountRun({ batch, files, bucket, database, loads }: AccountEvent): Promise<Accounted> {
  const of = (outcome: Load["outcome"]): Load[] => loads.filter((load) => load.outcome === outcome);
  const identified = await readJson({ bucket, key: files }, filesSchema);
  const reports = await Promise.all(
    of("loaded").map(({ dataset }) =>
      readJson({ bucket, key: runKey(batch, `reports/${dataset}.json`) }, reportSchema),
    ),
  );
  const failed = of("failed");
  const { settlements, schemaChanged, rows } = account(
    identified,
    reports,
    failed.map(({ dataset }) => dataset),
  );
  const settle = runKey(batch, "settle.json");
  await writeJson({ bucket, key: settle }, settlements);
  const [existing, cataloged] = await Promise.all([
    existingTables(bucket, datasets.flatMap(tableNames)),
    catalogedTables(database),
  ]);
  return {
    settle,
    settlements: settlements.length,
    catalogStale: schemaChanged || existing.some((table) => !cataloged.has(table)),
    checks: checks(datasets.filter(({ name }) => existing.includes(name))),
    rows,
    failures: failed.map(failure),
  };
}
