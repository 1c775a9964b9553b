/**
 * States in JSONPath mode: InputPath → Parameters → the state's work → ResultSelector → ResultPath → OutputPath.
 * A path that finds nothing ends the execution with States.Runtime, past every Catch: so it was recorded on AWS,
 * also where the documents name States.ParameterPathFailure.
 */
import { context } from "../context.ts";
import { isReference, pathKey, type Leaving } from "../definition/asl.ts";
import type { StateFailure } from "../errors.ts";
import { checkSize, failure } from "../failures.ts";
import type { Json } from "../json.ts";
import type { Bounds, FieldType, QueryLanguage } from "../query-language.ts";
import { visibleVariables } from "../scope.ts";
import type { Visit } from "../visit.ts";
import { holds, InvalidConditionPath } from "./comparison.ts";
import { find, put, referenceSteps } from "./path.ts";
import { dynamic, fill, TemplateError, type Sources } from "./template.ts";

export const jsonPath: QueryLanguage = {
  enter: (visit) => cut(visit, visit.state.InputPath, visit.rawInput),
  query: (visit, template, location) =>
    settled(() => {
      if (!isReference(template)) return failing(visit, () => fill(template, sources(visit, visit.input)));
      return lookUp(visit, template[pathKey], location);
    }),
  queryNumber: (visit, template, location, bounds) =>
    settled(() => {
      const path = isReference(template) ? template[pathKey] : undefined;
      const value = path === undefined ? template : lookUp(visit, path, location);
      return toNumber(visit, value, location, path ?? location, bounds);
    }),
  test: (visit, condition) =>
    settled(() => {
      if (typeof condition !== "object") throw new TypeError(`'${visit.name}' has a rule of JSONata mode`);
      const { roots } = sources(visit, visit.input);
      try {
        return holds(condition, (path) => {
          const found = find(path, roots);
          return "value" in found ? found.value : undefined;
        });
      } catch (error) {
        if (error instanceof InvalidConditionPath) throw runtime(visit, error.message);
        throw error;
      }
    }),
  wrongType: (visit, template, location, expected, value) => {
    const path = isReference(template) ? template[pathKey] : location;
    return runtime(visit, wrong(location, path, expected, value));
  },
  leave: (visit, fields, exit) =>
    settled(() => {
      // `$` is the result from here on; Assign sees it before ResultSelector does.
      const result = sources(visit, exit.fallback);
      const assigned = failing(visit, () => fill(fields.Assign ?? {}, result)) as Readonly<Record<string, Json>>;
      const { ResultSelector: selector } = fields;
      const selected = selector === undefined ? exit.fallback : failing(visit, () => fill(selector, result));
      const output = cut(visit, fields.OutputPath, merge(visit, fields, selected));
      checkSize(output, visit.name);
      checkSize(assigned, visit.name);
      return { output, assigned, next: exit.next, exit: exit.exit ?? (exit.next === undefined ? "End" : "Next") };
    }),
};

/** Nothing here waits; the interface's promises are for JSONata. */
function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

function sources(visit: Visit, data: Json): Sources {
  const { random, uuid } = visit.run.services;
  const variables = visibleVariables(visit.frame.progress.scope);
  return { roots: { data, context: context(visit), variables }, chance: { random, uuid } };
}

function runtime(visit: Visit, reason: string): StateFailure {
  return failure(visit, "States.Runtime", reason);
}

function failing<T>(visit: Visit, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw failure(visit, error.error, error.message);
  }
}

/** InputPath and OutputPath: null discards everything, nothing keeps everything. */
function cut(visit: Visit, path: string | null | undefined, data: Json): Json {
  if (path === undefined) return data;
  if (path === null) return {};
  const found = find(path, sources(visit, data).roots);
  if ("missing" in found) throw runtime(visit, `Invalid path '${path}' : ${found.missing}`);
  return found.value;
}

/** ResultPath puts the result into what came in; null drops the result. */
function merge(visit: Visit, fields: Leaving, result: Json): Json {
  const { ResultPath: path = "$" } = fields;
  if (path === null) return visit.rawInput;
  const merged = put(visit.rawInput, referenceSteps(path) ?? [], result);
  if (merged !== undefined) return merged;
  const input = JSON.stringify(visit.rawInput);
  throw failure(visit, "States.ResultPathMatchFailure", `Unable to apply ResultPath '${path}' to the input '${input}'`);
}

/** The value of a field like SecondsPath, whose `location` is Seconds. */
function lookUp(visit: Visit, path: string, location: string): Json {
  const field = `${location.split("/").at(-1) ?? location}Path`;
  if (field === "ErrorPath" || field === "CausePath") {
    return failing(visit, () => dynamic(path, field, sources(visit, visit.input)));
  }
  const found = find(path, sources(visit, visit.input).roots);
  if ("value" in found) return found.value;
  const waits = field === "SecondsPath" || field === "TimestampPath";
  throw runtime(
    visit,
    waits
      ? `The ${field} parameter does not reference an input value: ${path}`
      : `Invalid path '${path}' : ${found.missing}`,
  );
}

/** The service takes a number's text for the number everywhere but in a Wait. */
function toNumber(visit: Visit, value: Json, location: string, path: string, bounds: Bounds): number {
  const field = location.split("/").at(-1) ?? location;
  const parsed = typeof value === "string" && field !== "Seconds" && value.trim() !== "" ? Number(value) : value;
  if (typeof parsed !== "number" || Number.isNaN(parsed) || (bounds.integer && !Number.isInteger(parsed))) {
    throw runtime(visit, wrong(location, path, bounds.integer ? "integer" : "number", value));
  }
  if (parsed >= bounds.from && parsed <= bounds.to) return parsed;
  if (field === "Seconds" && parsed < 0) {
    throw runtime(visit, `The SecondsPath parameter references a negative value: ${path} == ${parsed}`);
  }
  const percentage = field === "ToleratedFailurePercentage";
  throw runtime(
    visit,
    parsed < 0 && !percentage
      ? `${field} cannot be negative.`
      : `${field} must be between ${bounds.from} and ${bounds.to}.`,
  );
}

function wrong(location: string, path: string, expected: FieldType, value: Json): string {
  const field = location.split("/").at(-1) ?? location;
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  if (expected === "array") return `Reference path "${path.replace(/^\$\$/, "$")}" must point to array.`;
  if (expected === "timestamp") {
    return (
      `The ${field}Path parameter does not reference a valid ISO-8601 extended offset date-time format string: ` +
      `${path} == ${shown}`
    );
  }
  if (field === "Seconds") return `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${shown}`;
  const type = expected === "number" ? "float" : expected;
  return `The ${field}Path field refers to value "${shown}" which is not a valid ${type}: ${path}`;
}
