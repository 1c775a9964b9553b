/**
 * Payload templates: in `Parameters`, `ResultSelector`, `ItemSelector` and `Assign`, a key that ends in `.$` has a path or
 * an intrinsic function as its value; everything else stands for itself.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html
 */
import { isObject, type Json } from "../json.ts";
import { isCall, parseCall, unescape, type Argument, type Call } from "./call.ts";
import { intrinsic, IntrinsicError, type Chance } from "./functions.ts";
import { find, pathError, type Roots } from "./path.ts";

/** What a template is filled from. */
export interface Sources {
  readonly roots: Roots;
  readonly chance: Chance;
}

/** Why a template or a path gave no value, and under which of the service's error names that goes. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly error: "States.Runtime" | "States.IntrinsicFailure";
  constructor(error: TemplateError["error"], message: string) {
    super(message);
    this.error = error;
  }
}

/** @throws {TemplateError} for a path that finds nothing or a function that fails */
export function fill(template: Json, sources: Sources): Json {
  if (Array.isArray(template)) return (template as readonly Json[]).map((member) => fill(member, sources));
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, member]) =>
      key.endsWith(".$") && typeof member === "string"
        ? [key.slice(0, -2), dynamic(member, key, sources)]
        : [key, fill(member, sources)],
    ),
  );
}

/**
 * The value of one path or call.
 * @param field where it stands, for the message
 */
export function dynamic(source: string, field: string, sources: Sources): Json {
  if (isCall(source)) return evaluate(parseCall(source), source, sources);
  const found = find(source, sources.roots);
  if ("value" in found) return found.value;
  const input = JSON.stringify(sources.roots.data);
  throw new TemplateError(
    "States.Runtime",
    `The JSONPath '${source}' specified for the field '${field}' could not be found in the input '${input}'`,
  );
}

/** Everything wrong in a template's grammar: its place and what it is. */
export function templateErrors(
  template: unknown,
  place: readonly (string | number)[] = [],
): [(string | number)[], string][] {
  if (Array.isArray(template)) return template.flatMap((member, index) => templateErrors(member, [...place, index]));
  if (!isObject(template)) return [];
  return Object.entries(template).flatMap(([key, member]) => {
    if (!key.endsWith(".$")) return templateErrors(member, [...place, key]);
    const problem = typeof member === "string" ? dynamicError(member) : "it is no text";
    return problem === undefined
      ? []
      : [[[...place, key], `must be a valid JSONPath or a valid intrinsic function call: ${problem}`]];
  });
}

/** What is wrong with a path's or call's grammar, or undefined. */
export function dynamicError(source: string): string | undefined {
  if (!isCall(source)) return pathError(source);
  try {
    const unknown = names(parseCall(source)).find((name) => intrinsic(name) === undefined);
    return unknown === undefined ? undefined : `there is no function ${unknown}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function names(call: Call): readonly string[] {
  return [call.name, ...call.args.flatMap((argument) => ("call" in argument ? names(argument.call) : []))];
}

function evaluate(call: Call, source: string, sources: Sources): Json {
  const args = call.args.map((argument, index) =>
    argumentValue(argument, source, sources, call.name === "States.Format" && index === 0),
  );
  const apply = intrinsic(call.name);
  try {
    if (apply === undefined) throw new IntrinsicError(`there is no function ${call.name}`);
    return apply(args, sources.chance);
  } catch (error) {
    if (!(error instanceof IntrinsicError)) throw error;
    const message = `The function '${source}' had the following error: ${call.name}: ${error.message}`;
    throw new TemplateError("States.IntrinsicFailure", message);
  }
}

function argumentValue(argument: Argument, source: string, sources: Sources, raw: boolean): Json {
  if ("value" in argument) return argument.value;
  if ("text" in argument) return raw ? argument.text : unescape(argument.text);
  if ("call" in argument) return evaluate(argument.call, source, sources);
  const found = find(argument.path, sources.roots);
  if ("value" in found) return found.value;
  const input = JSON.stringify(sources.roots.data);
  throw new TemplateError(
    "States.Runtime",
    `The function '${source}' had the following error: The JsonPath argument for the field '${argument.path}' ` +
      `could not be found in the input '${input}'`,
  );
}
