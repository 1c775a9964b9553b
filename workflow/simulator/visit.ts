/** One stay in one state: evaluates its fields and words its failures as the service does. */
import type { State, StateKinds, StateType } from "./definition/asl.ts";
import { StateFailure, type ErrorOutput } from "./errors.ts";
import { evaluate, ExpressionError, readExpression, type Bindings } from "./expression.ts";
import { stepFunctions } from "./functions.ts";
import { byteSize, typeName, type Json, type JsonObject } from "./json.ts";
import { maxPayloadBytes } from "./limits.ts";
import type { Stay } from "./progress.ts";
import type { Frame, Run } from "./run.ts";
import { visibleVariables } from "./scope.ts";
import type { Exit } from "./trace.ts";

export interface Visit<K extends StateType = StateType> {
  readonly run: Run;
  readonly frame: Frame;
  readonly stay: Stay;
  readonly name: string;
  readonly state: StateKinds[K];
  readonly input: Json;
  /** Retries so far; undefined in states that can't retry. */
  readonly retryCount: number | undefined;
  readonly taskToken: string | undefined;
}

/** What a state hands on; without `next` its branch is over. */
export interface Outcome {
  readonly output: Json;
  readonly assigned: JsonObject;
  readonly next: string | undefined;
  readonly exit: Exit;
}

/** `$states.result` after success, `$states.errorOutput` in a catcher: absent everywhere else. */
export interface Known {
  readonly result?: Json;
  readonly errorOutput?: ErrorOutput;
}

function context(visit: Visit): JsonObject {
  const { run, frame } = visit;
  return {
    Execution: { ...run.context },
    StateMachine: { Id: run.execution.identity.machineArn, Name: run.execution.identity.machineName },
    State: {
      Name: visit.name,
      EnteredTime: new Date(visit.stay.enteredTime).toISOString(),
      ...(visit.retryCount === undefined ? {} : { RetryCount: visit.retryCount }),
    },
    ...(frame.item === undefined ? {} : { Map: { Item: { ...frame.item } } }),
    ...(visit.taskToken === undefined ? {} : { Task: { Token: visit.taskToken } }),
  };
}

/** A failure whose cause starts as all of the service's own do. */
export function failure(visit: Visit, error: string, reason: string): StateFailure {
  const place = `An error occurred while executing the state '${visit.name}' (entered at the event id #${visit.stay.enteredId}).`;
  return new StateFailure(error, `${place} ${reason}`);
}

/** An evaluation failure: recorded in the history, then thrown. One of no field has no location. */
export function evaluationFailure(visit: Visit, location: string | undefined, reason: string): StateFailure {
  const failed = failure(visit, "States.QueryEvaluationError", reason);
  visit.run.execution.history.record(visit.frame.trail, "EvaluationFailed", {
    evaluationFailedEventDetails: {
      error: "States.QueryEvaluationError",
      cause: failed.reason ?? reason,
      ...(location === undefined ? {} : { location }),
      state: visit.name,
    },
  });
  return failed;
}

/** Evaluates a field: every `{% … %}` in it, at any depth, becomes its value. */
export async function query(visit: Visit, template: Json, location: string, known: Known = {}): Promise<Json> {
  const { services } = visit.run;
  const bindings: Bindings = {
    ...stepFunctions({ now: () => services.clock.now(), random: services.random, uuid: services.uuid }),
    ...visibleVariables(visit.frame.progress.scope),
    states: { input: visit.input, context: context(visit), ...known },
  };
  return fill(visit, template, location, bindings);
}

async function fill(visit: Visit, template: Json, location: string, bindings: Bindings): Promise<Json> {
  if (typeof template === "string") {
    const source = readExpression(template);
    if (source === undefined) return template;
    try {
      return await evaluate(source, bindings);
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

/** The failure of a field whose value has the wrong type. */
export function wrongType(visit: Visit, template: Json, location: string, expected: string, value: Json): StateFailure {
  const source = typeof template === "string" ? (readExpression(template) ?? template) : JSON.stringify(template);
  return evaluationFailure(
    visit,
    location,
    `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. ` +
      `Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );
}

/** Evaluates a field that must be a number within bounds, both inclusive. */
export async function queryNumber(
  visit: Visit,
  template: Json,
  location: string,
  bounds: { readonly from: number; readonly to: number; readonly integer: boolean },
): Promise<number> {
  const value = await query(visit, template, location);
  const type = bounds.integer ? "integer" : "number";
  if (typeof value !== "number" || (bounds.integer && !Number.isInteger(value))) {
    throw wrongType(visit, template, location, type, value);
  }
  if (value < bounds.from || value > bounds.to) {
    throw evaluationFailure(
      visit,
      location,
      `${location} must be between ${bounds.from} and ${bounds.to}, but was: ${value}`,
    );
  }
  return value;
}

/** Refuses what is bigger than a payload may be. `what` names the state or the task's service. */
export function checkSize(value: Json, what: string): void {
  if (byteSize(value) <= maxPayloadBytes) return;
  throw new StateFailure(
    "States.DataLimitExceeded",
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** Evaluates Assign and Output, neither of which sees the other's effect. */
export async function leave(
  visit: Visit,
  fields: { readonly Assign?: JsonObject; readonly Output?: Json },
  exit: {
    readonly fallback: Json;
    readonly next: string | undefined;
    readonly known?: Known;
    readonly prefix?: string;
    /** Default: Next, or End without a next state. */
    readonly exit?: Exit;
  },
): Promise<Outcome> {
  const prefix = exit.prefix ?? "";
  const assigned: [string, Json][] = [];
  for (const [name, template] of Object.entries(fields.Assign ?? {})) {
    assigned.push([name, await query(visit, template, `${prefix}Assign/${name}`, exit.known)]);
  }
  const output =
    fields.Output === undefined ? exit.fallback : await query(visit, fields.Output, `${prefix}Output`, exit.known);
  const variables = Object.fromEntries(assigned);
  checkSize(output, visit.name);
  checkSize(variables, visit.name);
  return {
    output,
    assigned: variables,
    next: exit.next,
    exit: exit.exit ?? (exit.next === undefined ? "End" : "Next"),
  };
}

/** The state that follows without any choice or error. */
export function following(state: State): string | undefined {
  return "Next" in state ? state.Next : undefined;
}
