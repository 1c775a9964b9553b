/**
 * What a dataset promises: its columns, key, parents and rules. A contract is data, checked once when it is declared;
 * load order, job arguments, catalog columns and Athena checks are all derived from it, so nothing else lists columns.
 */
import * as z from "zod";

/** A name that Delta, Glue and Athena all take as it is: lower case, no leading underscore (those are lineage columns). */
const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, "must be lower case letters, digits and underscores, and start with a letter");

/** `integer` is a 64-bit integer, `money` a decimal(12,2), `timestamp` an instant in UTC, `date` a calendar day. */
export const columnType = z.enum(["integer", "string", "money", "timestamp", "date"]);
export type ColumnType = z.infer<typeof columnType>;

const column = z.strictObject({
  name: identifier,
  type: columnType,
  description: z.string().min(1),
  /** Whether a row may leave it empty. */
  nullable: z.boolean(),
  /** Whether a file may lack the column altogether. */
  optional: z.boolean(),
  /** The timestamp column whose day this column is; a file's own value is only compared with it. */
  derivedFrom: identifier.optional(),
});
export type Column = z.infer<typeof column>;

const ruleFields = { id: identifier, column: identifier };
/** A hard rule: a row that breaks it is rejected, with the ids of all the rules that it broke. Bounds are decimal text. */
const rule = z.discriminatedUnion("kind", [
  z.strictObject({ ...ruleFields, kind: z.literal("not_null") }),
  z.strictObject({ ...ruleFields, kind: z.literal("above"), value: z.string() }),
  z.strictObject({ ...ruleFields, kind: z.literal("at_least"), value: z.string() }),
  z.strictObject({ ...ruleFields, kind: z.literal("one_of"), values: z.array(z.string()).min(1) }),
  z.strictObject({
    ...ruleFields,
    kind: z.literal("between"),
    from: z.iso.datetime(),
    /** The latest instant allowed, in days after the clock of the run. */
    untilDaysAfterNow: z.number().nonnegative(),
  }),
]);
export type Rule = z.infer<typeof rule>;

const parent = z.strictObject({
  dataset: identifier,
  /** This dataset's column → the parent's key column. */
  columns: z.record(identifier, identifier),
  /** The rule that a row breaks when its parent has not come within `pendingForDays`. */
  rule: identifier,
});
export type Parent = z.infer<typeof parent>;

/**
 * A column that the lakehouse computes: each row's share of its group's total. Where every row of the group has both
 * weight columns the share is their product; else the parent's total is shared evenly to the cent, the odd cents going
 * to the lowest keys, so that the shares add up to the total exactly.
 */
const allocation = z.strictObject({
  column: identifier,
  description: z.string().min(1),
  type: z.literal("money"),
  kind: z.literal("allocate"),
  group: identifier,
  weight: z.tuple([identifier, identifier]),
  parent: identifier,
  total: identifier,
});

export const contractSchema = z
  .strictObject({
    name: identifier,
    /** The name in states, jobs and headings: PascalCase. */
    title: z.string().regex(/^[A-Z][A-Za-z0-9]*$/, "must be PascalCase"),
    description: z.string().min(1),
    columns: z.array(column).min(1),
    rules: z.array(rule),
    key: z.array(identifier).min(1),
    /** The column that says which of two rows of a key is newer; null where only the files' times do. */
    recency: identifier.nullable(),
    partitionBy: z.array(identifier),
    parents: z.array(parent),
    derived: z.array(allocation),
    /** A file with more than this share of its rows rejected is quarantined as a whole. */
    maxRejectRate: z.number().min(0).max(1),
    /** How long a row may wait for its parents, in days from its first parking. */
    pendingForDays: z.number().positive(),
  })
  .superRefine((contract, context) => {
    const names = contract.columns.map((each) => each.name);
    const known = new Set(names);
    const complain = (message: string): void => {
      context.addIssue({ code: "custom", message: `${contract.name}: ${message}` });
    };
    for (const name of names.filter((each, index) => names.indexOf(each) !== index)) {
      complain(`column "${name}" is declared twice`);
    }
    const used = {
      key: contract.key,
      partitionBy: contract.partitionBy,
      recency: contract.recency === null ? [] : [contract.recency],
      rules: contract.rules.map((each) => each.column),
      parents: contract.parents.flatMap((each) => Object.keys(each.columns)),
      derivedFrom: contract.columns.flatMap((each) => each.derivedFrom ?? []),
      derived: contract.derived.flatMap((each) => [each.group, ...each.weight]),
    };
    for (const [where, columns] of Object.entries(used)) {
      for (const name of columns.filter((each) => !known.has(each))) {
        complain(`${where} names "${name}", which is no column of it`);
      }
    }
    for (const each of contract.derived) {
      if (!contract.parents.some((candidate) => candidate.dataset === each.parent)) {
        complain(`derived column "${each.column}" takes its total from "${each.parent}", which is no parent of it`);
      }
    }
  });

/** A dataset's contract, whole and checked. */
export type Contract = z.infer<typeof contractSchema>;
