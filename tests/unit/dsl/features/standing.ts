/** What stands at a row's field in a definition. */
import { allMachines, fieldsOf, machineOf } from "../../../../workflow/dsl/definition/machine.ts";

/** One step further from each value; `Retry[]` steps into the elements. */
function step(values: readonly unknown[], segment: string): readonly unknown[] {
  const name = segment.replace("[]", "");
  const found = values.flatMap((value) => {
    const fields = fieldsOf(value);
    return Object.hasOwn(fields, name) ? [fields[name]] : [];
  });
  return segment.endsWith("[]") ? found.flat() : found;
}

/** The values of a field such as `Task.Retry[].MaxAttempts`, over all states of the type, from the outermost machine on. */
export function standing(definition: object, field: string): readonly unknown[] {
  const [type, ...path] = field.split(".");
  if (type === "Machine") return path.reduce(step, [definition]);
  const states = allMachines(machineOf(definition)).flatMap((machine) => machine.states);
  return path.reduce(
    step,
    states.filter((state) => type === "State" || state.type === type).map(({ fields }) => fields),
  );
}
