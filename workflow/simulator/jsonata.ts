/** States in JSONata mode: every `{% … %}` in a field, at any depth, becomes its value. */
import { context } from "./context.ts";
import { evaluate, ExpressionError, readExpression, type Bindings } from "./expression.ts";
import { checkSize, evaluationFailure } from "./failures.ts";
import { stepFunctions } from "./functions.ts";
import { isObject, typeName, type Json } from "./json.ts";
import type { StateFailure } from "./errors.ts";
import type { FieldType, Known, QueryLanguage } from "./query-language.ts";
import { visibleVariables } from "./scope.ts";
import type { Visit } from "./visit.ts";

export const jsonata: QueryLanguage = {
  enter: (visit) => visit.input,
  query: (visit, template, location, known) => fill(visit, template, location, bindingsIn(visit, known)),
  queryNumber: async (visit, template, location, bounds) => {
    const value = await jsonata.query(visit, template, location, {});
    if (typeof value !== "number" || (bounds.integer && !Number.isInteger(value))) {
      throw wrongType(visit, template, location, bounds.integer ? "integer" : "number", value);
    }
    if (value < bounds.from || value > bounds.to) {
      const reason = `${location} must be between ${bounds.from} and ${bounds.to}, but was: ${value}`;
      throw evaluationFailure(visit, location, reason);
    }
    return value;
  },
  test: async (visit, condition, location) => {
    if (isObject(condition)) throw new TypeError(`'${visit.name}' has a rule of JSONPath mode`);
    const met = await jsonata.query(visit, condition, location, {});
    if (typeof met !== "boolean") throw wrongType(visit, condition, location, "boolean", met);
    return met;
  },
  wrongType,
  leave: async (visit, fields, exit) => {
    const { prefix = "", known = {} } = exit;
    const bindings = bindingsIn(visit, known);
    const assigned: [string, Json][] = [];
    for (const [name, template] of Object.entries(fields.Assign ?? {})) {
      assigned.push([name, await fill(visit, template, `${prefix}Assign/${name}`, bindings)]);
    }
    const { Output: template } = fields;
    const output = template === undefined ? exit.fallback : await fill(visit, template, `${prefix}Output`, bindings);
    const variables = Object.fromEntries(assigned);
    checkSize(output, visit.name);
    checkSize(variables, visit.name);
    return {
      output,
      assigned: variables,
      next: exit.next,
      exit: exit.exit ?? (exit.next === undefined ? "End" : "Next"),
    };
  },
};

/** What expressions see. It is put together for the first of them: many fields have none. */
function bindingsIn(visit: Visit, known: Known): () => Bindings {
  const { services } = visit.run;
  let bindings: Bindings | undefined;
  return () => {
    bindings ??= {
      ...stepFunctions({ now: () => services.clock.now(), random: services.random, uuid: services.uuid }),
      ...visibleVariables(visit.frame.progress.scope),
      states: { input: visit.input, context: context(visit), ...known },
    };
    return bindings;
  };
}

async function fill(visit: Visit, template: Json, location: string, bindings: () => Bindings): Promise<Json> {
  if (typeof template === "string") {
    const source = readExpression(template);
    if (source === undefined) return template;
    try {
      return await evaluate(source, bindings());
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const reason = `The JSONata expression '${source}' specified for the field '${location}' ${error.message}`;
      throw evaluationFailure(visit, location, reason);
    }
  }
  if (typeof template !== "object" || template === null) return template;
  // One after the other: what fails first, and what $random draws, must not depend on timing.
  if (isArray(template)) {
    const filled: Json[] = [];
    for (const [index, member] of template.entries()) {
      filled.push(await fill(visit, member, `${location}[${index}]`, bindings));
    }
    return filled;
  }
  const filled: [string, Json][] = [];
  for (const [key, member] of Object.entries(template)) {
    filled.push([key, await fill(visit, member, `${location}/${key}`, bindings)]);
  }
  return Object.fromEntries(filled);
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function wrongType(visit: Visit, template: Json, location: string, expected: FieldType, value: Json): StateFailure {
  if (expected === "timestamp") {
    return evaluationFailure(
      visit,
      location,
      `The ${location} field cannot be parsed as an ISO-8601 extended offset date-time format string: ` +
        (typeof value === "string" ? value : JSON.stringify(value)),
    );
  }
  const source = typeof template === "string" ? (readExpression(template) ?? template) : JSON.stringify(template);
  return evaluationFailure(
    visit,
    location,
    `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. ` +
      `Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );
}
