/** The IAM actions that an SDK command needs. Most operations are authorised by an action of their own name. */
import { operationOf, type AnyCommand } from "../sdk.ts";
import { exceptions } from "./exceptions.ts";
import { prefixes } from "./prefixes.ts";

/**
 * The actions that a call of the operation always needs; what only some inputs need (a version of an S3 object, its
 * tags, `iam:PassRole`) is for `allow` to name.
 * @throws TypeError if the class is no command of the AWS SDK v3
 */
export function actionsOf(command: AnyCommand): readonly string[] {
  const { service, name } = operationOf(command);
  const prefix = prefixes.get(service) ?? service;
  const actions = exceptions[service]?.[name]?.split(" ") ?? [name];
  return actions.map((action) => (action.includes(":") ? action : `${prefix}:${action}`));
}
