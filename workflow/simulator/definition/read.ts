/** Turns a plain object or its JSON text into a machine that can be run, or says everything that is wrong with it. */
import type { z } from "zod";
import { readExpression, syntaxError } from "../expression.ts";
import { isObject } from "../json.ts";
import { maxDefinitionCharacters } from "../limits.ts";
import type { Machine, State } from "./asl.ts";
import { diagnostic, InvalidDefinition, type Diagnostic } from "./diagnostic.ts";
import { errorDiagnostics } from "./errors.ts";
import { expressDiagnostics } from "./express.ts";
import { resolveLanguages } from "./languages.ts";
import { machineSchema } from "./schema.ts";
import { transitionDiagnostics } from "./transitions.ts";
import { variableDiagnostics } from "./variables.ts";
import { statesOfBranch } from "./walk.ts";

export type MachineType = "STANDARD" | "EXPRESS";

/** @throws {InvalidDefinition} naming all findings at once, as CreateStateMachine refuses them */
export function readDefinition(definition: unknown, type: MachineType = "STANDARD"): Machine {
  const raw = typeof definition === "string" ? parse(definition) : definition;
  if (JSON.stringify(raw).length > maxDefinitionCharacters) {
    throw new InvalidDefinition([
      diagnostic("/", `the definition is longer than ${maxDefinitionCharacters} characters`),
    ]);
  }
  const resolved = resolveLanguages(raw);
  if (resolved.diagnostics.length > 0) throw new InvalidDefinition(resolved.diagnostics);
  const read = machineSchema.safeParse(resolved.definition);
  if (!read.success) {
    throw new InvalidDefinition(read.error.issues.map((issue) => shapeDiagnostic(issue, resolved.definition)));
  }
  const machine = read.data;
  const syntax = syntaxDiagnostics(machine, "");
  const found = [
    ...transitionDiagnostics(machine),
    ...statesOfBranch(machine).flatMap(({ state, pointer }) => [
      ...errorDiagnostics(state, pointer),
      ...mapDiagnostics(state, pointer),
    ]),
    ...(type === "EXPRESS" ? expressDiagnostics(machine) : []),
    ...syntax,
    // Variables can be looked for in expressions that can be read.
    ...(syntax.length === 0 ? variableDiagnostics(machine) : []),
  ];
  if (found.length > 0) throw new InvalidDefinition(found);
  return machine;
}

/** JSONPath is the default, so JSONata's fields without its QueryLanguage are the mistake that is made most. */
function shapeDiagnostic(issue: z.core.$ZodIssue, definition: unknown): Diagnostic {
  const place = issue.path.reduce(member, definition);
  const jsonataOnly =
    issue.code === "unrecognized_keys" &&
    issue.keys.some((key) => ["Arguments", "Output", "Items"].includes(key)) &&
    isObject(place) &&
    place.QueryLanguage === "JSONPath";
  const hint = jsonataOnly
    ? ": it is JSONata's, and the state is in JSONPath mode, the default; " +
      'set "QueryLanguage": "JSONata" on the machine or the state'
    : "";
  return diagnostic(`/${issue.path.map(String).join("/")}`, `${issue.message}${hint}`);
}

function member(value: unknown, key: PropertyKey): unknown {
  if (Array.isArray(value)) return value[Number(key)] as unknown;
  return isObject(value) ? value[String(key)] : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidDefinition([diagnostic("/", `not JSON: ${reason}`, "INVALID_JSON_DESCRIPTION")]);
  }
}

const distributedFields = [
  "ItemReader",
  "ItemBatcher",
  "ResultWriter",
  "ToleratedFailureCount",
  "ToleratedFailurePercentage",
] as const;

function mapDiagnostics(state: State, pointer: string): readonly Diagnostic[] {
  if (state.Type !== "Map") return [];
  const { Mode: mode, ExecutionType: type } = state.ItemProcessor.ProcessorConfig ?? {};
  const misplaced = distributedFields
    .filter((field) => mode !== "DISTRIBUTED" && state[field] !== undefined)
    .map((field) => diagnostic(`${pointer}/${field}`, "only a Map with ProcessorConfig.Mode DISTRIBUTED has it"));
  const express = type === "EXPRESS" ? expressDiagnostics(state.ItemProcessor, `${pointer}/ItemProcessor`) : [];
  return [...misplaced, ...express];
}

/** A bad expression is refused at creation, wherever it stands. */
function syntaxDiagnostics(value: unknown, path: string): readonly Diagnostic[] {
  if (typeof value === "string") {
    const source = readExpression(value);
    const problem = source === undefined ? undefined : syntaxError(source);
    return problem === undefined ? [] : [diagnostic(path, `${problem} in the expression '${source ?? ""}'`)];
  }
  if (typeof value !== "object" || value === null) return [];
  // What looks like an expression is plain text to a JSONPath state, but not to the states inside of it.
  const plain = isObject(value) && value.QueryLanguage === "JSONPath";
  return Object.entries(value)
    .filter(([key]) => (plain ? key === "Branches" || key === "ItemProcessor" : key !== "Comment"))
    .flatMap(([key, member]) => syntaxDiagnostics(member, `${path}/${key}`));
}
