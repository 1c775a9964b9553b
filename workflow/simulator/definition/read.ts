/** Turns a plain object or its JSON text into a machine that can be run, or says everything that is wrong with it. */
import { readExpression, syntaxError } from "../expression.ts";
import { isObject } from "../json.ts";
import { maxDefinitionCharacters } from "../limits.ts";
import type { Branch, Machine, State } from "./asl.ts";
import { expressFindings } from "./express.ts";
import { machineSchema } from "./schema.ts";

/** Every reason why a definition can't be run; `findings` has one line each, with the place as a JSON path. */
export class InvalidDefinition extends Error {
  override readonly name = "InvalidDefinition";
  readonly findings: readonly string[];
  constructor(findings: readonly string[]) {
    super(`The state machine's definition can't be run:\n${findings.map((finding) => `  ${finding}`).join("\n")}`);
    this.findings = findings;
  }
}

/** @throws {InvalidDefinition} naming all findings at once */
export function readDefinition(definition: unknown): Machine {
  const raw = typeof definition === "string" ? parse(definition) : definition;
  if (JSON.stringify(raw).length > maxDefinitionCharacters) {
    throw new InvalidDefinition([`/: the definition is longer than ${maxDefinitionCharacters} characters`]);
  }
  const jsonPath = jsonPathStates(raw, "", "JSONPath");
  if (jsonPath.length > 0) throw new InvalidDefinition(jsonPath);
  const read = machineSchema.safeParse(raw);
  if (!read.success) {
    throw new InvalidDefinition(
      read.error.issues.map((issue) => `/${issue.path.map(String).join("/")}: ${issue.message}`),
    );
  }
  const findings = [...branchFindings(read.data, ""), ...syntaxFindings(read.data, "")];
  if (findings.length > 0) throw new InvalidDefinition(findings);
  return read.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidDefinition([`/: not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

/** JSONPath is the service's default, and a state's own QueryLanguage beats the machine's. */
function jsonPathStates(raw: unknown, path: string, inherited: unknown): string[] {
  if (!isObject(raw) || !isObject(raw.States)) return [];
  const language = raw.QueryLanguage ?? inherited;
  return Object.entries(raw.States).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    const place = `${path}/States/${name}`;
    const own = state.QueryLanguage ?? language;
    const found =
      own === "JSONata"
        ? []
        : [
            `${place}: state '${name}' is in JSONPath mode; the simulator runs JSONata only: ` +
              `set "QueryLanguage": "JSONata" on the machine`,
          ];
    const branches: unknown[] = Array.isArray(state.Branches) ? state.Branches : [];
    return [
      ...found,
      ...branches.flatMap((branch, index) => jsonPathStates(branch, `${place}/Branches/${index}`, language)),
      ...jsonPathStates(state.ItemProcessor, `${place}/ItemProcessor`, language),
    ];
  });
}

function targets(state: State): string[] {
  const next = "Next" in state ? [state.Next] : [];
  const caught = "Catch" in state ? (state.Catch ?? []).map((catcher) => catcher.Next) : [];
  if (state.Type !== "Choice") return [...next, ...caught];
  return [...state.Choices.map((rule) => rule.Next), ...(state.Default === undefined ? [] : [state.Default])];
}

function branchFindings(branch: Branch, path: string): string[] {
  const missing = (name: string): boolean => !Object.hasOwn(branch.States, name);
  const start = missing(branch.StartAt) ? [`${path}/StartAt: there is no state '${branch.StartAt}' beside it`] : [];
  return [
    ...start,
    ...Object.entries(branch.States).flatMap(([name, state]) => stateFindings(name, state, missing, path)),
  ];
}

function stateFindings(name: string, state: State, missing: (name: string) => boolean, path: string): string[] {
  const place = `${path}/States/${name}`;
  const lost = targets(state)
    .filter(missing)
    .map((target) => `${place}: leads to '${target}', which is no state beside it`);
  const terminal = state.Type === "Choice" || state.Type === "Succeed" || state.Type === "Fail";
  const exits = terminal ? 1 : Number(state.Next !== undefined) + Number(state.End === true);
  const ends = exits === 1 ? [] : [`${place}: needs either Next or End`];
  if (state.Type === "Parallel") {
    return [...lost, ...ends, ...state.Branches.flatMap((b, index) => branchFindings(b, `${place}/Branches/${index}`))];
  }
  if (state.Type !== "Map") return [...lost, ...ends];
  const inline = state.ItemProcessor.ProcessorConfig?.Mode !== "DISTRIBUTED";
  const distributedOnly = (
    ["ItemReader", "ItemBatcher", "ResultWriter", "ToleratedFailureCount", "ToleratedFailurePercentage"] as const
  )
    .filter((field) => inline && state[field] !== undefined)
    .map((field) => `${place}/${field}: only a Map with ProcessorConfig.Mode DISTRIBUTED has it`);
  const inner = `${place}/ItemProcessor`;
  const express =
    state.ItemProcessor.ProcessorConfig?.ExecutionType === "EXPRESS" ? expressFindings(state.ItemProcessor, inner) : [];
  return [...lost, ...ends, ...distributedOnly, ...express, ...branchFindings(state.ItemProcessor, inner)];
}

/** A bad expression is refused at creation, wherever it stands. */
function syntaxFindings(value: unknown, path: string): string[] {
  if (typeof value === "string") {
    const source = readExpression(value);
    const problem = source === undefined ? undefined : syntaxError(source);
    return problem === undefined ? [] : [`${path}: ${problem} in the expression '${source ?? ""}'`];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== "Comment")
    .flatMap(([key, member]) => syntaxFindings(member, `${path}/${key}`));
}
