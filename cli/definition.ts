/** The definition that a person names: by a machine of this project, or by a JSON file. */
import { existsSync } from "node:fs";
import { basename, relative } from "node:path";
import { define, type Defined } from "../workflow/dsl/index.ts";
import { isObject, machineOf, type Fields, type Machine } from "../workflow/dsl/definition/machine.ts";
import { machines } from "../workflow/index.ts";
import { UserError } from "./errors.ts";
import { readJson, type JsonFile } from "./json_file.ts";
import { projectDir } from "./project.ts";

export interface NamedDefinition {
  /** The machine's, else the file's. */
  readonly name: string;
  /** Whether it is a machine of this project. */
  readonly own: boolean;
  /** As it was found: a file may hold any JSON. */
  readonly definition: unknown;
  /** Undefined for a machine of this project. */
  readonly file: JsonFile | undefined;
  /** The line of the program that made each state, in a file relative to the project; none of a file's definition. */
  readonly sites: Defined["sites"];
}

export interface NamedMachine extends Pick<NamedDefinition, "name" | "sites"> {
  readonly machine: Machine;
}

/**
 * @param target a machine's name or a file, "-" for standard input
 * @throws {UserError} if there is neither such a machine nor such a file, or the file isn't JSON
 */
export async function namedDefinition(target: string): Promise<NamedDefinition> {
  const own = machines.find(({ name }) => name === target);
  if (own !== undefined) {
    const { definition, sites } = await define(own);
    const lines = Object.entries(sites).map(
      ([state, site]) => [state, { ...site, file: relative(projectDir, site.file) }] as const,
    );
    return { name: own.name, own: true, definition, file: undefined, sites: Object.fromEntries(lines) };
  }
  if (target !== "-" && !existsSync(target)) {
    const names = machines.map(({ name }) => name).join(", ");
    throw new UserError(`there is no file ${target} and no machine of that name; the machines are ${names}`);
  }
  const name = target === "-" ? "standard input" : basename(target).replace(/(\.asl)?\.json$/, "");
  const file = await readJson(target);
  return { name, own: false, definition: file.value, file, sites: {} };
}

/** @throws {UserError} if it can be no definition: no JSON object, or an object of another kind */
export function requireDefinition({ definition, file, name }: NamedDefinition): void {
  const problem = isObject(definition) ? otherKind(definition) : "";
  if (problem === undefined) return;
  throw new UserError(
    `${file?.name ?? name} holds no definition: ${problem}it has to be a JSON object with StartAt and States`,
  );
}

/** What people give in a definition's place, and where theirs is. */
function otherKind(fields: Fields): string | undefined {
  if ("StartAt" in fields || "States" in fields) return undefined;
  if ("AWSTemplateFormatVersion" in fields || "Transform" in fields || isObject(fields.Resources))
    return "it is a CloudFormation template. Give the state machine's own, which its DefinitionUri names or its DefinitionString holds: ";
  if (Object.keys(fields).some((key) => key.startsWith("Fn::")))
    return "it is a function of CloudFormation. Give what it yields: ";
  if (typeof fields.definition === "string")
    return "it is what `aws stepfunctions describe-state-machine` prints. Add `--query definition --output text` to that: ";
  return undefined;
}

/** @throws {UserError} as {@link namedDefinition} and {@link requireDefinition} do, and for a definition without states */
export async function namedMachine(target: string): Promise<NamedMachine> {
  const named = await namedDefinition(target);
  requireDefinition(named);
  const { name, definition, sites } = named;
  const machine = machineOf(definition);
  if (machine.states.length > 0) return { name, machine, sites };
  throw new UserError(
    `${named.file?.name ?? name} is no definition of a state machine: it should be an object with "StartAt" and "States"`,
  );
}
