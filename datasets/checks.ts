/** The Athena query that looks at the tables as an analyst would, so that a run can compare it with what it recorded. */
import type { Contract, Parent } from "./contract.ts";

/** What the query says of a table; Athena gives every value as text. */
export const checkColumns = ["table_name", "row_count", "key_count", "orphan_count"] as const;

const quoted = (name: string): string => `"${name}"`;

/** Rows of the table whose parent is in none of the parent's rows. */
function orphans(dataset: Contract, { dataset: parent, columns }: Parent): string {
  const match = Object.entries(columns).map(([child, key]) => `parent.${quoted(key)} = child.${quoted(child)}`);
  const [key] = Object.values(columns);
  return (
    `(SELECT count(*) FROM ${quoted(dataset.name)} AS child LEFT JOIN ${quoted(parent)} AS parent ON ${match.join(" AND ")}` +
    ` WHERE parent.${quoted(key ?? "")} IS NULL)`
  );
}

function check(dataset: Contract, tables: readonly Contract[]): string {
  const [key] = dataset.key;
  const distinct = dataset.key.length === 1 ? quoted(key ?? "") : `(${dataset.key.map(quoted).join(", ")})`;
  const orphanCount =
    dataset.parents
      .filter((parent) => tables.some(({ name }) => name === parent.dataset))
      .map((parent) => orphans(dataset, parent))
      .join(" + ") || "0";
  return (
    `SELECT '${dataset.name}' AS table_name, count(*) AS row_count, count(DISTINCT ${distinct}) AS key_count, ` +
    `${orphanCount} AS orphan_count FROM ${quoted(dataset.name)}`
  );
}

/**
 * One query over the tables of the given datasets, a row a table with the columns of {@link checkColumns}. A parent that
 * is not among them has no table yet: without it no row can have been loaded, so there are no orphans to count.
 */
export const checks = (tables: readonly Contract[]): string =>
  tables.map((dataset) => check(dataset, tables)).join(" UNION ALL ");
