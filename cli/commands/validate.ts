/** `lakehouse validate`: everything that can be said of a definition without its types, whoever wrote it. */
import { allMachines, machineOf } from "../../workflow/dsl/definition/machine.ts";
import { validate, type Finding } from "../../workflow/dsl/definition/validate/index.ts";
import { InvalidDefinition, readDefinition } from "../../workflow/simulator/index.ts";
import { requireObject } from "../definition.ts";
import { readJsonFile } from "../json_file.ts";

/** What Step Functions refuses though no rule names it, such as a mistake in a JSONPath or a comparison. */
export interface Refusal extends Omit<Finding, "code"> {
  readonly code: "refused";
}

export interface ValidateDocument {
  /** Warnings are fine. */
  readonly ok: boolean;
  readonly findings: readonly (Finding | Refusal)[];
}

/** @throws UserError if there is no such file, or no definition in it */
export async function validateFile(path: string): Promise<ValidateDocument> {
  const definition = await readJsonFile(path);
  requireObject(definition, path);
  const found = validate(definition);
  const refused = found.some(({ severity }) => severity === "error") ? [] : refusals(definition);
  const findings = [...refused, ...found];
  return { ok: findings.every(({ severity }) => severity === "warning"), findings };
}

/** What the simulator refuses: rules tell the same in better words, so it is for what they leave over. */
function refusals(definition: unknown): readonly Refusal[] {
  try {
    readDefinition(definition);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    // Outer states come before those in them.
    const states = allMachines(machineOf(definition)).flatMap(({ path, states: inside }) =>
      inside.map(({ name, pointer }) => ({ name, machine: path, pointer })),
    );
    return error.diagnostics.map(({ location, message }) => {
      const innermost = states.filter(({ pointer }) => `${location}/`.startsWith(`${pointer}/`)).at(-1);
      const { name: state, machine } = innermost ?? { name: "", machine: "" };
      const field = location.slice(innermost?.pointer.length ?? 0).slice(1);
      const reason = field === "" ? message : `${field}: ${message}`;
      return { code: "refused", severity: "error", state, machine, path: location, message: reason };
    });
  }
}

/** A finding a line: severity, state, reason. */
export const lines = ({ findings }: ValidateDocument): string =>
  findings.map((each) => `${each.severity} ${where(each)}: ${each.message} [${each.code}]\n`).join("");

/** The state's name, within what it is in; the field's place where no state is meant. */
function where({ state, machine, path }: Pick<Finding, "state" | "machine" | "path">): string {
  if (state === "") return path === "" ? "the definition" : path;
  return machine === "" ? state : `${machine}/${state}`;
}
