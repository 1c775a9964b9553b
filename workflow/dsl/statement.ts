/** IAM statements as data, with tokens where ARNs will stand. */
import { actionsOf } from "./permissions/actions.ts";
import type { AnyCommand } from "./sdk.ts";

export interface Statement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Why it cannot be narrower, where it is wide. */
  readonly reason?: string;
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** An action's name in IAM, such as `s3:GetObject`. */
export type ActionName = `${string}:${string}`;

/**
 * What a Lambda or a machine may do, as commands of the AWS SDK, as names of IAM actions, or both:
 * `allow([GetObjectCommand, "s3:GetObjectVersion"], arn)`. Nothing is allowed that is not said. The resource `"*"` is for
 * actions alone for which AWS offers no resource level.
 */
export const allow = (actions: readonly (AnyCommand | ActionName)[], ...resources: readonly string[]): Statement => ({
  actions: [...new Set(actions.flatMap((each) => (typeof each === "string" ? [each] : actionsOf(each))))],
  resources,
});
