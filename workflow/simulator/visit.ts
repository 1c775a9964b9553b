/** One stay in one state, and its fields' values in the language that the state is in. */
import type { Expression, Leaving, State, StateKinds, StateType } from "./definition/asl.ts";
import type { StateFailure } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import { jsonata } from "./jsonata.ts";
import type { Comparison } from "./jsonpath/comparison.ts";
import { jsonPath } from "./jsonpath/language.ts";
import type { Stay } from "./progress.ts";
import type { Bounds, FieldType, Known, Leave, QueryLanguage } from "./query-language.ts";
import type { Frame, Run } from "./run.ts";
import type { Exit } from "./trace.ts";

export interface Visit<K extends StateType = StateType> {
  readonly run: Run;
  readonly frame: Frame;
  readonly stay: Stay;
  readonly name: string;
  readonly state: StateKinds[K];
  /** What the state's fields see as input: in JSONPath mode InputPath has cut it. */
  readonly input: Json;
  /** What came in. */
  readonly rawInput: Json;
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

/** The visit as the state's fields see it. */
export function asSeen(visit: Visit): Visit {
  return { ...visit, input: language(visit).enter(visit) };
}

/** The value of a field. `location` names it in causes. */
export function query(visit: Visit, template: Json, location: string, known: Known = {}): Promise<Json> {
  return language(visit).query(visit, template, location, known);
}

/** The value of a field that must be a number within bounds. */
export function queryNumber(visit: Visit, template: Json, location: string, bounds: Bounds): Promise<number> {
  return language(visit).queryNumber(visit, template, location, bounds);
}

/** Whether a Choice's rule matches. */
export function test(visit: Visit, condition: boolean | Expression | Comparison, location: string): Promise<boolean> {
  return language(visit).test(visit, condition, location);
}

/** The failure of a field whose value has the wrong type. */
export function wrongType(
  visit: Visit,
  template: Json,
  location: string,
  expected: FieldType,
  value: Json,
): StateFailure {
  return language(visit).wrongType(visit, template, location, expected, value);
}

/** Leaves the state: `fields` are those of the state, of a Choice's rule or of a catcher. */
export function leave(visit: Visit, fields: Leaving, exit: Leave): Promise<Outcome> {
  return language(visit).leave(visit, fields, exit);
}

/** The state that follows without any choice or error. */
export function following(state: State): string | undefined {
  return "Next" in state ? state.Next : undefined;
}

function language(visit: Visit): QueryLanguage {
  return visit.state.QueryLanguage === "JSONPath" ? jsonPath : jsonata;
}
