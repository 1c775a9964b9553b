/** `lakehouse validate`: everything that can be said of a definition without its types, whoever wrote it. */
import { validate, type Finding } from "../../workflow/dsl/definition/validate/index.ts";
import { requireObject } from "../definition.ts";
import { readJsonFile } from "../json_file.ts";

export interface ValidateDocument {
  /** Warnings are fine. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** @throws UserError if there is no such file, or no definition in it */
export async function validateFile(path: string): Promise<ValidateDocument> {
  const definition = await readJsonFile(path);
  requireObject(definition, path);
  const findings = validate(definition);
  return { ok: findings.every(({ severity }) => severity === "warning"), findings };
}

/** A finding a line: severity, state, reason. */
export const lines = ({ findings }: ValidateDocument): string =>
  findings.map((each) => `${each.severity} ${where(each)}: ${each.message} [${each.code}]\n`).join("");

/** The state's name, within what it is in; the field's place where no state is meant. */
function where({ state, machine, path }: Finding): string {
  if (state === "") return path === "" ? "the definition" : path;
  return machine === "" ? state : `${machine}/${state}`;
}
