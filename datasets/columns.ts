/** The words contracts are written in: a column with what must hold for it, in one place. */
import type { Column, ColumnType, Rule } from "./contract.ts";

/** The part of a rule that its column does not already say. */
type Bound =
  | { kind: "above" | "at_least"; value: string }
  | { kind: "one_of"; values: string[] }
  | { kind: "between"; from: string; untilDaysAfterNow: number };

/** A column on its way into a contract: what it holds and the rules that belong to it alone. */
export interface ColumnDraft {
  readonly type: ColumnType;
  readonly description: string;
  readonly nullable: boolean;
  readonly optional: boolean;
  readonly derivedFrom?: string;
  readonly bounds: readonly Bound[];
}

const draft =
  (type: ColumnType) =>
  (description: string, ...bounds: Bound[]): ColumnDraft => ({
    type,
    description,
    nullable: false,
    optional: false,
    bounds,
  });

export const integer = draft("integer");
export const string = draft("string");
export const money = draft("money");
export const timestamp = draft("timestamp");

/** A column whose value may be missing from a row, though every file has the column. */
export const nullable = (column: ColumnDraft): ColumnDraft => ({ ...column, nullable: true });

/** A column that only some producers send; its values may be missing too. */
export const optional = (column: ColumnDraft): ColumnDraft => ({ ...column, nullable: true, optional: true });

/** The calendar day (UTC) of a timestamp column. */
export const dayOf = (timestampColumn: string, description: string): ColumnDraft => ({
  ...optional(draft("date")(description)),
  derivedFrom: timestampColumn,
});

export const above = (value: number): Bound => ({ kind: "above", value: String(value) });
export const atLeast = (value: number): Bound => ({ kind: "at_least", value: String(value) });
export const oneOf = (...values: number[]): Bound => ({ kind: "one_of", values: values.map(String) });

/** Later than `from` (ISO 8601, UTC) and no further ahead of the run's clock than `days`. */
export const between = (from: string, days: number): Bound => ({ kind: "between", from, untilDaysAfterNow: days });

/** How a broken bound is called in a reject: the kind of rule and the column, as in `at_least_quantity`. */
const ruleId = (kind: Rule["kind"], column: string): string => `${kind}_${column}`;

export function columnsOf(drafts: Readonly<Record<string, ColumnDraft>>): Column[] {
  return Object.entries(drafts).map(([name, { bounds: _, ...column }]) => ({ name, ...column }));
}

/** Every column's rules, in the columns' order; a column that is not nullable has its `not_null` rule first. */
export function rulesOf(drafts: Readonly<Record<string, ColumnDraft>>): Rule[] {
  return Object.entries(drafts).flatMap(([column, { nullable: mayBeNull, bounds }]): Rule[] => [
    ...(mayBeNull ? [] : [{ id: ruleId("not_null", column), kind: "not_null" as const, column }]),
    ...bounds.map((bound): Rule => ({ id: ruleId(bound.kind, column), column, ...bound })),
  ]);
}
