/** What the code of a Lambda can call, and its statements don't allow. */
import type { AwsCalls } from "../bundle/index.ts";
import type { Operation } from "../sdk.ts";
import type { Statement } from "../statement.ts";
import { actionsOfOperation, needsOneOf } from "./actions.ts";

export interface Unallowed {
  readonly code: "unallowed-call" | "unseen-call";
  readonly message: string;
}

/** The actions that the operation lacks; on which resources an action is allowed, isn't looked at. */
function lacking(operation: Operation, allowed: ReadonlySet<string>): readonly string[] {
  const actions = actionsOfOperation(operation);
  const missing = actions.filter((action) => !allowed.has(action));
  return needsOneOf(operation) && missing.length < actions.length ? [] : missing;
}

export function unallowed({ operations, unseen }: AwsCalls, permissions: readonly Statement[]): readonly Unallowed[] {
  const allowed = new Set(permissions.flatMap(({ actions }) => actions));
  return [
    ...operations.flatMap((operation): Unallowed[] => {
      const actions = lacking(operation, allowed);
      if (actions.length === 0) return [];
      const command = `${operation.name}Command`;
      const message = `its code has ${command}, and its \`permissions\` don't allow ${actions.join(", ")}: add allow([${command}], …ARNs) to them. If it never sends it, say so: accept: { "unallowed-call": "…" }.`;
      return [{ code: "unallowed-call", message }];
    }),
    ...unseen.map((what): Unallowed => {
      const message = `its code has ${what}, which doesn't tell what it calls: name the actions in its \`permissions\`, such as allow(["s3:PutObject"], …ARNs), and say that they are all: accept: { "unseen-call": "…" }. Commands (new PutObjectCommand(…)) tell by themselves.`;
      return { code: "unseen-call", message };
    }),
  ];
}
