/** `lakehouse local query`: Athena SQL over the local tables; of the lakehouse that is up, or else of one started for it. */
import { queryRunning, runningLakehouse, startLakehouse, type QueryResult } from "../../local/index.ts";
import { projectDir } from "../project.ts";
import { csv, textTable } from "../table.ts";

export const formats = ["table", "csv", "json"] as const;
export type Format = (typeof formats)[number];

interface Column {
  readonly name: string;
  readonly type: string;
}

const numeric = /^(tinyint|smallint|integer|int|bigint|double|float|real)$/i;

/** Athena gives every value as text; whole and floating numbers become numbers, decimals stay text and so exact. */
const typed = (value: string | null | undefined, { type }: Column): string | number | null =>
  value === null || value === undefined ? null : numeric.test(type) ? Number(value) : value;

export async function localQuery(
  { home, format }: { readonly home: string; readonly format: Format },
  sql: string,
  signal: AbortSignal,
): Promise<string> {
  const { columns, rows } = await answer(home, sql, signal);
  const header = columns.map(({ name }) => name);
  const values = rows.map((row) => columns.map((column, index) => typed(row[index], column)));
  switch (format) {
    case "table":
      return textTable(header, values);
    case "csv":
      return csv(header, values);
    case "json":
      return `${JSON.stringify(values.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]]))))}\n`;
  }
}

async function answer(home: string, sql: string, signal: AbortSignal): Promise<QueryResult> {
  const running = await runningLakehouse(home);
  if (running !== undefined) return queryRunning(running, sql);
  const lakehouse = await startLakehouse({ home, projectDir, jobs: "on demand", signal });
  try {
    return await lakehouse.query(sql);
  } finally {
    await lakehouse.close();
  }
}
