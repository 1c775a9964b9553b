/** Turns a plain object or its JSON text into a machine that can be run, or says everything that is wrong with it. */
import { readExpression, syntaxError } from "../expression.ts";
import { isObject } from "../json.ts";
import { maxDefinitionCharacters } from "../limits.ts";
import type { Machine, State } from "./asl.ts";
import { diagnostic, InvalidDefinition, type Diagnostic } from "./diagnostic.ts";
import { errorDiagnostics } from "./errors.ts";
import { expressDiagnostics } from "./express.ts";
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
  const jsonPath = jsonPathStates(raw, "", "JSONPath");
  if (jsonPath.length > 0) throw new InvalidDefinition(jsonPath);
  const read = machineSchema.safeParse(raw);
  if (!read.success) {
    throw new InvalidDefinition(
      read.error.issues.map((issue) => diagnostic(`/${issue.path.map(String).join("/")}`, issue.message)),
    );
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidDefinition([diagnostic("/", `not JSON: ${reason}`, "INVALID_JSON_DESCRIPTION")]);
  }
}

/** JSONPath is the service's default, and a state's own QueryLanguage beats the machine's. */
function jsonPathStates(raw: unknown, path: string, inherited: unknown): Diagnostic[] {
  if (!isObject(raw) || !isObject(raw.States)) return [];
  const language = raw.QueryLanguage ?? inherited;
  return Object.entries(raw.States).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    const place = `${path}/States/${name}`;
    const own = state.QueryLanguage ?? language;
    const problem =
      `state '${name}' is in JSONPath mode; the simulator runs JSONata only: ` +
      `set "QueryLanguage": "JSONata" on the machine`;
    const found = own === "JSONata" ? [] : [diagnostic(place, problem)];
    const branches: unknown[] = Array.isArray(state.Branches) ? state.Branches : [];
    return [
      ...found,
      ...branches.flatMap((branch, index) => jsonPathStates(branch, `${place}/Branches/${index}`, language)),
      ...jsonPathStates(state.ItemProcessor, `${place}/ItemProcessor`, language),
    ];
  });
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
  return Object.entries(value)
    .filter(([key]) => key !== "Comment")
    .flatMap(([key, member]) => syntaxDiagnostics(member, `${path}/${key}`));
}
