/** The definition that a person names: by a machine of this project, or by a JSON file. */
import { existsSync } from "node:fs";
import { basename, relative } from "node:path";
import { define, type Defined } from "../workflow/dsl/index.ts";
import { machineOf, type Machine } from "../workflow/dsl/definition/machine.ts";
import { machines } from "../workflow/index.ts";
import { UserError } from "./errors.ts";
import { readJsonFile } from "./json_file.ts";
import { projectDir } from "./project.ts";

export interface NamedDefinition {
  /** The machine's, else the file's. */
  readonly name: string;
  /** Whether it is a machine of this project. */
  readonly own: boolean;
  /** As it was found: a file may hold any JSON. */
  readonly definition: unknown;
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
    return { name: own.name, own: true, definition, sites: Object.fromEntries(lines) };
  }
  if (target !== "-" && !existsSync(target)) {
    const names = machines.map(({ name }) => name).join(", ");
    throw new UserError(`there is no file ${target} and no machine of that name; the machines are ${names}`);
  }
  const name = target === "-" ? "standard input" : basename(target).replace(/(\.asl)?\.json$/, "");
  return { name, own: false, definition: await readJsonFile(target), sites: {} };
}

/** @throws {UserError} if what was found in `place` is no JSON object */
export function requireObject(definition: unknown, place: string): void {
  if (typeof definition === "object" && definition !== null && !Array.isArray(definition)) return;
  throw new UserError(`${place} holds no definition: it has to be a JSON object with StartAt and States`);
}

/** @throws {UserError} as {@link namedDefinition} does, and for a file that has no states in it */
export async function namedMachine(target: string): Promise<NamedMachine> {
  const { name, definition, sites } = await namedDefinition(target);
  const machine = machineOf(definition);
  if (machine.states.length > 0) return { name, machine, sites };
  throw new UserError(
    `${target} is no definition of a state machine: it should be an object with "StartAt" and "States"`,
  );
}
