/** IAM policies as data. What least privilege means here is checked as a policy is written, not in a review afterwards. */

/** Condition operator → key → values, as IAM's JSON has it. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A permission: these actions on these resources. */
export interface Statement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why the resource is `*`: only where AWS offers no resource level for the action. */
  readonly reason?: string;
}

function check({ actions, resources, reason }: Statement): void {
  const wild = actions.find((action) => action.includes("*"));
  if (wild !== undefined) {
    throw new Error(`A policy may not allow ${wild}: name the actions that are needed.`);
  }
  if (resources.includes("*") && reason === undefined) {
    throw new Error(
      `A policy may not allow ${actions.join(", ")} on every resource: name the resources or, where AWS offers no resource level, give the reason.`,
    );
  }
}

/**
 * The JSON of a policy that allows the statements.
 * @throws Error naming the actions, if one is a wildcard or `*` is allowed without a reason
 */
export function policyJson(statements: readonly Statement[]): string {
  statements.forEach(check);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, actions, resources, conditions }) => ({
      ...(sid !== undefined && { Sid: sid }),
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(conditions !== undefined && { Condition: conditions }),
    })),
  });
}

/**
 * Who may assume a role: one AWS service, where the service says so only on behalf of this account
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 */
export function trustJson(service: string, account?: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: service },
        ...(account !== undefined && { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
      },
    ],
  });
}
