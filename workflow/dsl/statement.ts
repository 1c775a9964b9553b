/** IAM statements as data, with tokens where ARNs will stand. */

export interface Statement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Why it cannot be narrower, where it is wide. */
  readonly reason?: string;
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What a Lambda may do. Nothing is allowed that is not said. */
export const allow = (actions: readonly string[], ...resources: readonly string[]): Statement => ({
  actions,
  resources,
});
