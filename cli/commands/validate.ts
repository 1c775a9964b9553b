/** `lakehouse validate`: everything that can be said of a definition without its types, whoever wrote it. */
import { validate } from "../../workflow/dsl/definition/validate/index.ts";
import { namedDefinition, requireDefinition, type NamedDefinition } from "../definition.ts";
import { placesIn, type Places } from "../json_places.ts";
import { duplicatesOf } from "../validate/duplicates.ts";
import type { Found } from "../validate/found.ts";
import { refusalsOf } from "../validate/refusals.ts";

export interface ValidateOptions {
  /** Warnings fail, too. */
  readonly strict?: true;
}

export interface ValidateDocument {
  readonly ok: boolean;
  readonly findings: readonly PlacedFinding[];
}

/** With the line of the definition's file, or of the program that made the state. */
export interface PlacedFinding extends Found {
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/**
 * @param target a file, "-" for standard input, or a machine of this project
 * @throws UserError if there is no such file, or no definition in it
 */
export async function validateFile(target: string, { strict }: ValidateOptions = {}): Promise<ValidateDocument> {
  const named = await namedDefinition(target);
  requireDefinition(named);
  const { definition, file } = named;
  const places = file === undefined ? undefined : placesIn(file.text);
  const found: readonly Found[] = [
    ...(places === undefined ? [] : duplicatesOf(definition, places)),
    ...validate(definition),
  ];
  const all = found.some(isError) ? found : [...refusalsOf(definition), ...found];
  const findings = [...all.filter(isError), ...all.filter((each) => !isError(each))].map((each): PlacedFinding => ({
    ...each,
    ...siteOf(each, named, places),
  }));
  return { ok: strict ? findings.length === 0 : !findings.some(isError), findings };
}

const isError = ({ severity }: Found): boolean => severity === "error";

function siteOf(
  { state, path }: Found,
  { file, sites }: NamedDefinition,
  places: Places | undefined,
): Pick<PlacedFinding, "file" | "line"> {
  if (file !== undefined && places !== undefined) return { file: file.name, line: places.lineOf(path) };
  const site = sites[state];
  return site === undefined ? {} : { file: site.file, line: site.line };
}

/** A finding a line: place, severity, state, reason. */
export const lines = ({ findings }: ValidateDocument): string =>
  findings.map((each) => `${place(each)}${each.severity} ${where(each)}: ${each.message} [${each.code}]\n`).join("");

/** `file:line` can be clicked in terminals and editors. */
const place = ({ file, line }: PlacedFinding): string => (file === undefined ? "" : `${file}:${line}: `);

/** The state's name, within what it is in; the field's place where no state is meant. */
function where({ state, machine, path }: Found): string {
  if (state === "") return path === "" ? "the definition" : path;
  return machine === "" ? state : `${machine}/${state}`;
}
