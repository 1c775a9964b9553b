/** Names of state machines, versions, aliases and executions. */
import { invalidArn } from "./api-error.ts";

/** Account and region that the ARNs are in. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

export function machineArn({ region, account }: Place, name: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${name}`;
}

export function executionArn({ region, account }: Place, machineName: string, name: string): string {
  return `arn:aws:states:${region}:${account}:execution:${machineName}:${name}`;
}

const machinePattern = /^(arn:aws[^:]*:states:[^:]+:\d{12}:stateMachine:([^:]+))(?::([^:]+))?$/;

export interface MachineReference {
  /** Without version or alias. */
  readonly machineArn: string;
  readonly name: string;
  /** A version's number or an alias' name. */
  readonly qualifier: string | undefined;
}

/** @throws {ApiError} InvalidArn */
export function readMachineArn(arn: string): MachineReference {
  const [, machine, name, qualifier] = machinePattern.exec(arn) ?? [];
  if (machine === undefined || name === undefined) throw invalidArn(arn);
  return { machineArn: machine, name, qualifier };
}

/** @throws {ApiError} InvalidArn */
export function checkExecutionArn(arn: string): string {
  if (!/^arn:aws[^:]*:states:[^:]+:\d{12}:execution:[^:]+:[^:]+$/.test(arn)) throw invalidArn(arn);
  return arn;
}

// Whitespace, control characters, brackets, wildcards and others that the service refuses in names.
const forbidden = /[\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/]/u;

export function isName(name: string): boolean {
  return name.length >= 1 && name.length <= 80 && !forbidden.test(name);
}
