/** Which state of a definition a place in it belongs to. */
import { allMachines, machineOf, type Fields } from "../../workflow/dsl/definition/machine.ts";
import type { Place } from "../../workflow/dsl/definition/validate/index.ts";

export interface Owner extends Place {
  /** The members that lead from the state, or from the definition, to the place. */
  readonly members: readonly string[];
  readonly fields: Fields;
}

/** The innermost state around a JSON pointer, or the definition itself. Pointers may have `/` and `~` of names unescaped. */
export function ownerIn(definition: unknown): (pointer: string) => Owner {
  const program = machineOf(definition);
  // Outer states come before those in them.
  const states = allMachines(program).flatMap(({ path, states: inside }) =>
    inside.map(({ name, pointer, fields }) => ({ name, machine: path, pointer, fields })),
  );
  const whole = { name: "", machine: "", pointer: "", fields: program.fields };
  return (pointer) => {
    const place = unescaped(pointer);
    const innermost = states.findLast((each) => `${place}/`.startsWith(`${unescaped(each.pointer)}/`)) ?? whole;
    const field = place.slice(unescaped(innermost.pointer).length);
    return {
      state: innermost.name,
      machine: innermost.machine,
      path: `${innermost.pointer}${field === "/" ? "" : field}`,
      members: field
        .split("/")
        .slice(1)
        .filter((member) => member !== ""),
      fields: innermost.fields,
    };
  };
}

const unescaped = (pointer: string): string => pointer.replaceAll("~1", "/").replaceAll("~0", "~");
