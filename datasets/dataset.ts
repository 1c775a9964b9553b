/** Declares a dataset: typed shorthand in, a checked contract out. */
import { columnsOf, rulesOf, type ColumnDraft } from "./columns.ts";
import { contractSchema, type Contract } from "./contract.ts";

/** A dataset that rows of another belong to: which of the child's columns hold the parent's key. */
export interface ParentDraft<Name extends string> {
  readonly parent: Contract;
  readonly columns: Readonly<Partial<Record<Name, string>>>;
}

interface DatasetDraft<Name extends string> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly columns: Readonly<Record<Name, ColumnDraft>>;
  readonly key: readonly NoInfer<Name>[];
  readonly recency?: NoInfer<Name>;
  readonly partitionBy?: readonly NoInfer<Name>[];
  readonly parents?: readonly ParentDraft<NoInfer<Name>>[];
  /** Columns that share a parent's total over the rows of its group; see {@link Contract}. */
  readonly allocations?: Readonly<Record<string, AllocationDraft<NoInfer<Name>>>>;
  /** @default 0.5 */
  readonly maxRejectRate?: number;
  /** @default 7 */
  readonly pendingForDays?: number;
}

interface AllocationDraft<Name extends string> {
  readonly description: string;
  readonly group: Name;
  readonly weight: readonly [Name, Name];
  readonly parent: Contract;
  readonly total: string;
}

/**
 * Declares a dataset.
 * @throws ZodError that lists everything wrong with the declaration, e.g. a key that is no column.
 */
export function dataset<const Name extends string>(draft: DatasetDraft<Name>): Contract {
  return contractSchema.parse({
    name: draft.name,
    title: draft.title,
    description: draft.description,
    columns: columnsOf(draft.columns),
    rules: rulesOf(draft.columns),
    key: [...draft.key],
    recency: draft.recency ?? null,
    partitionBy: [...(draft.partitionBy ?? [])],
    parents: (draft.parents ?? []).map(({ parent, columns }) => ({
      dataset: parent.name,
      columns,
      rule: `orphan_${Object.keys(columns).join("_")}`,
    })),
    derived: Object.entries(draft.allocations ?? {}).map(([column, { parent, ...allocation }]) => ({
      column,
      ...allocation,
      type: "money",
      kind: "allocate",
      parent: parent.name,
    })),
    maxRejectRate: draft.maxRejectRate ?? 0.5,
    pendingForDays: draft.pendingForDays ?? 7,
  });
}
