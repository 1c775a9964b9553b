/** Names that come again in one object of the file, which JSON.parse hides: all values but the last are lost. */
import { allMachines, machineOf, pointerTo } from "../../workflow/dsl/definition/machine.ts";
import type { Places } from "../json_places.ts";
import type { Found } from "./found.ts";
import { ownerIn } from "./states.ts";

/**
 * Two states of one name are refused. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 * Other members are only lost.
 */
export function duplicatesOf(definition: unknown, { duplicates }: Places): readonly Found[] {
  const machines = new Map(allMachines(machineOf(definition)).map((each) => [`${each.pointer}/States`, each]));
  const ownerOf = ownerIn(definition);
  return duplicates.map(({ pointer, name, lines }): Found => {
    const path = pointerTo(pointer, name);
    const where = onLines([...new Set(lines)]);
    const machine = machines.get(pointer);
    if (machine !== undefined) {
      const message = `the name stands ${times(lines.length)} among these states, ${where}: names are unique in the whole machine. Rename one.`;
      return { code: "duplicate-name", severity: "error", state: name, machine: machine.path, path, message };
    }
    const { state, machine: around } = ownerOf(pointer);
    const message = `the field "${name}" stands ${times(lines.length)} in one object, ${where}, and only the last counts: remove the others`;
    return { code: "duplicate-field", severity: "warning", state, machine: around, path, message };
  });
}

const times = (count: number): string => (count === 2 ? "twice" : `${count} times`);

const onLines = (lines: readonly number[]): string =>
  lines.length === 1
    ? `on line ${lines.join()}`
    : `on lines ${lines.slice(0, -1).join(", ")} and ${lines.at(-1) ?? ""}`;
