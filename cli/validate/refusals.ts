/** What Step Functions refuses though no rule names it, such as a mistake in a JSONPath or a comparison: the simulator knows it. */
import { listOf, fieldsOf } from "../../workflow/dsl/definition/machine.ts";
import { hasPlaceholder } from "../../workflow/dsl/definition/placeholder.ts";
import { InvalidDefinition, readDefinition } from "../../workflow/simulator/index.ts";
import type { Found } from "./found.ts";
import { ownerIn, type Owner } from "./states.ts";

export function refusalsOf(definition: unknown): readonly Found[] {
  try {
    readDefinition(definition);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    const ownerOf = ownerIn(definition);
    return error.diagnostics.flatMap(({ location, message }): Found[] => {
      const owner = ownerOf(location);
      if (hasPlaceholder(valueAt(owner))) return [];
      const { state, machine, path, members } = owner;
      const reason = state === "" || members.length === 0 ? message : `${members.join("/")}: ${message}`;
      return [{ code: "refused", severity: "error", state, machine, path, message: reason }];
    });
  }
}

const valueAt = ({ fields, members }: Owner): unknown =>
  members.reduce<unknown>(
    (value, member) => (Array.isArray(value) ? listOf(value)[Number(member)] : fieldsOf(value)[member]),
    fields,
  );
