/** Steps that only say no: each throws an error of its own name, for the machine to catch, when a run can't be trusted. */
import { differences, type TableCheck } from "./account.ts";

/** What Athena counts is not what the run recorded. */
export class TablesDiffer extends Error {
  override readonly name = "TablesDiffer";
}

/** Jobs failed; what they did not fail for is settled by now. */
export class LoadsFailed extends Error {
  override readonly name = "LoadsFailed";
}

export interface CompareTablesEvent {
  readonly found: readonly TableCheck[];
  /** Dataset → rows in its table, as its job recorded them. */
  readonly recorded: Readonly<Record<string, number>>;
}

/** @throws TablesDiffer */
export function compareTables({ found, recorded }: CompareTablesEvent): void {
  const wrong = differences(recorded, found);
  if (wrong.length > 0)
    throw new TablesDiffer(`${wrong.join("; ")}. Something else writes these tables, or the catalog names other ones.`);
}

/** @throws LoadsFailed */
export function failLoads({ failures }: { readonly failures: readonly string[] }): void {
  throw new LoadsFailed(failures.join("; "));
}
