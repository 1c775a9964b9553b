/** What differs between two definitions, as data; its sentences are made in `sentences.ts`. */
import type { Difference } from "./values.ts";

/** What comes after a state: another one, the end of its machine, or nothing that can be told. */
export type Target = { readonly state: string } | "end" | "nothing";
/** The lists of a state whose order decides: the first that fits is taken. */
export type RuleList = "Choices" | "Catch" | "Retry";

/** Where a change is. Names and paths are those of the new definition, or of the old one for what is gone. */
export interface Place {
  readonly state: string;
  /** Path of the machine that the state is in, such as `Process/Branches[1]`; empty for the program's own. */
  readonly machine: string;
}

/** A rule of a list: `index` is its place in the new list, or in the old one for what is gone. */
interface Rule extends Place {
  readonly list: RuleList;
  readonly index: number;
  /** The condition, or the errors, for people. */
  readonly rule: string;
}

export type Change =
  /** `does` is the service integration of a Task. */
  | (Place & { readonly kind: "added" | "removed"; readonly type: string; readonly does: string | undefined })
  | (Place & { readonly kind: "renamed"; readonly was: string })
  /** `was` is the path of the machine it was in. */
  | (Place & { readonly kind: "moved"; readonly was: string })
  | { readonly kind: "start"; readonly machine: string; readonly was: Target; readonly now: Target }
  | (Place & {
      readonly kind: "rewired";
      readonly field: "Next" | "Default";
      readonly was: Target;
      readonly now: Target;
    })
  | (Rule & { readonly kind: "rule-added" | "rule-removed"; readonly to: Target })
  | (Rule & { readonly kind: "rule-rewired"; readonly was: Target; readonly now: Target })
  /** `rule` is what it is now. */
  | (Rule & { readonly kind: "rule-changed"; readonly was: string; readonly to: Target })
  | (Place & {
      readonly kind: "rules-reordered";
      readonly list: RuleList;
      readonly was: readonly string[];
      readonly now: readonly string[];
    })
  /** The branches of a Parallel by their first states. */
  | (Place & { readonly kind: "branches"; readonly was: readonly string[]; readonly now: readonly string[] })
  /** A field of a state, or of a whole machine where `state` is undefined; an undefined value means that there is none. */
  | (Difference & {
      readonly kind: "field";
      readonly state: string | undefined;
      readonly machine: string;
      /** Of a Map that is distributed, before and now. */
      readonly distributed?: true;
    });
