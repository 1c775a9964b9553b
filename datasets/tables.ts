/** The Delta tables that a dataset lives in. */
import type { Contract } from "./contract.ts";

/** A dataset's tables by what they hold: trusted rows, rejected rows, and rows that wait for their parents. */
export interface Tables {
  readonly main: string;
  readonly rejects: string;
  /** Only where the dataset has parents to wait for. */
  readonly pending?: string;
}

export function tables({ name, parents }: Pick<Contract, "name" | "parents">): Tables {
  return { main: name, rejects: `${name}_rejects`, ...(parents.length > 0 && { pending: `${name}_pending` }) };
}

/** The names of all tables of a dataset. */
export function tableNames(dataset: Contract): string[] {
  const { main, rejects, pending } = tables(dataset);
  return [main, rejects, ...(pending === undefined ? [] : [pending])];
}
