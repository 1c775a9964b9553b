/** The IAM actions that an SDK command needs. Most operations are authorised by an action of their own name. */
import { operationOf, type AnyCommand, type Operation } from "../sdk.ts";
import { exceptions } from "./exceptions.ts";
import { prefixes } from "./prefixes.ts";

/**
 * The actions that a call of the operation always needs; what only some inputs need (a version of an S3 object, its
 * tags, `iam:PassRole`) is for `allow` to name.
 * @throws TypeError if the class is no command of the AWS SDK v3, and no workflow is being written that could tell of it
 */
export function actionsOf(command: AnyCommand): readonly string[] {
  const operation = operationOf(command);
  return operation === undefined ? [] : actionsOfOperation(operation);
}

export function actionsOfOperation({ service, name }: Operation): readonly string[] {
  const prefix = prefixes.get(service) ?? service;
  const actions = exceptions[service]?.[name]?.split(" ") ?? [name];
  return actions.map((action) => (action.includes(":") ? action : `${prefix}:${action}`));
}

/** Operations on many items, whose input decides which of their actions they need: at least one. */
const byInput: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ["BatchExecuteStatement", "ExecuteStatement", "ExecuteTransaction", "TransactWriteItems"],
};

export const needsOneOf = ({ service, name }: Operation): boolean => byInput[service]?.includes(name) === true;
