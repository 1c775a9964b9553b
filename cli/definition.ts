/** The definition that a person names: by a machine of this project, or by a JSON file. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { compile } from "../workflow/dsl/index.ts";
import { machineOf, type Machine } from "../workflow/dsl/definition/machine.ts";
import { machines } from "../workflow/index.ts";
import { UserError } from "./errors.ts";
import { readJsonFile } from "./json_file.ts";

export interface NamedMachine {
  readonly name: string;
  readonly machine: Machine;
}

/** @throws {UserError} if there is neither such a machine nor such a file, or the file has no states in it */
export async function namedMachine(target: string): Promise<NamedMachine> {
  const own = machines.find(({ name }) => name === target);
  if (own !== undefined) return { name: own.name, machine: machineOf((await compile(own)).definition) };
  if (target !== "-" && !existsSync(target)) {
    const names = machines.map(({ name }) => name).join(", ");
    throw new UserError(`there is no file ${target} and no machine of that name; the machines are ${names}`);
  }
  const machine = machineOf(await readJsonFile(target));
  if (machine.states.length === 0) {
    throw new UserError(
      `${target} is no definition of a state machine: it should be an object with "StartAt" and "States"`,
    );
  }
  return { name: target === "-" ? "standard input" : basename(target, ".json"), machine };
}
