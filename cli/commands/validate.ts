/** `lakehouse validate`: everything that can be said of a definition without its types, whoever wrote it. */
import { readFile } from "node:fs/promises";
import { validate, type Finding } from "../../workflow/dsl/definition/validate/index.ts";
import { UserError } from "../errors.ts";

export interface ValidateDocument {
  /** Warnings are fine. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** @throws UserError if there is no such file, or no definition in it */
export async function validateFile(path: string): Promise<ValidateDocument> {
  const findings = validate(parse(path, await read(path)));
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

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new UserError(`can't read the definition ${path}: ${reason(error)}`);
  }
}

function parse(path: string, text: string): object {
  const value = ((): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new UserError(`${path} is not JSON: ${reason(error)}`);
    }
  })();
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UserError(`${path} holds no definition: it has to be a JSON object with StartAt and States`);
  }
  return value;
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
