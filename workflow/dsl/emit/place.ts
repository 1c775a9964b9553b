/** Where in a machine a step stands, and what all states have in common. */
import { aslExpression, aslValue, type HandedDown, type Json, type Reader } from "../asl_value.ts";
import type { Binding, Scope } from "../expression.ts";
import { named, type Problem } from "../problem.ts";
import type { Retry, StepNode } from "../tree.ts";

export type State = Readonly<Record<string, Json>>;

/** One States object while it is written. */
export interface States {
  readonly byName: Map<string, State>;
  /** Where errors of its tasks go. */
  readonly catchers: readonly Json[];
  readonly handedDown: HandedDown | undefined;
  /** What the states yield that it ends with. */
  readonly output: Json;
}

/** What is the same all over a machine. */
export interface Machine {
  /** The results that some step uses; the others are not assigned. */
  readonly used: ReadonlySet<Binding>;
  /** The step that made each state, by the state's name. */
  readonly steps: Map<string, StepNode>;
  readonly problems: Problem[];
  readonly tokens: ReadonlySet<string>;
  /** What the children of each distributed Map get of their parent, by the Map's name. */
  readonly handedDown: Map<string, HandedDown>;
  /** Writes a step's states, and returns the name of the first. */
  readonly write: (step: StepNode, place: Place) => string;
}

/** A step with its surroundings: the scope that its values are read in, and the state that comes after it. */
export interface Place {
  readonly machine: Machine;
  readonly states: States;
  readonly scope: Scope;
  /** Undefined where the States object ends. */
  readonly next: string | undefined;
}

/** Adds a state, and returns its name. */
export function put(step: StepNode, name: string, state: State, { machine, states }: Place): string {
  const other = machine.steps.get(name);
  if (other !== undefined) {
    const message = `${named(step)} and ${named(other)} both make a state of this name: rename one`;
    machine.problems.push({ code: "duplicate-name", state: name, site: step.site, message });
  }
  machine.steps.set(name, step);
  const { Type, ...fields } = state;
  const comment = name === step.name ? step.comment : undefined;
  states.byName.set(name, { ...(Type === undefined ? {} : { Type }), ...optional("Comment", comment), ...fields });
  return name;
}

/** The States objects of a branch or a child, still empty: their states' errors go to nobody within it. */
export const emptyStates = (handedDown: HandedDown | undefined, output: Json = {}): States => ({
  byName: new Map(),
  catchers: [],
  handedDown,
  output,
});

/** States are written from the last to the first, and read from the first. */
export const inOrder = ({ byName }: States): Record<string, Json> => Object.fromEntries([...byName].reverse());

const readerOf = ({ name, site }: StepNode, { machine, states, scope }: Place): Reader => ({
  scope,
  state: name,
  site,
  handedDown: states.handedDown,
  problems: machine.problems,
  tokens: machine.tokens,
});

/** A value of the step as a field of its state. */
export const valueOf = (value: unknown, step: StepNode, place: Place): Json => aslValue(value, readerOf(step, place));

/** A Choice Rule's Condition: validators want an expression, also where the program knows already what holds. */
export function conditionOf(condition: unknown, step: StepNode, place: Place): Json {
  const value = valueOf(condition, step, place);
  return typeof value === "boolean" ? `{% ${String(value)} %}` : value;
}

/** The same where the field may be any JSON: asl-validator wants an object or an expression there, AWS does not. */
export function anyValueOf(value: unknown, step: StepNode, place: Place): Json {
  const isPlainObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlainObject ? valueOf(value, step, place) : aslExpression(value, readerOf(step, place));
}

/** A field that is left out where there is nothing to say. */
export const optional = (field: string, value: Json | undefined): State =>
  value === undefined ? {} : { [field]: value };

/** A value that may be missing as a field of the step's state. */
export const optionalValue = (field: string, value: unknown, step: StepNode, place: Place): State =>
  value === undefined ? {} : { [field]: valueOf(value, step, place) };

/** A state passes nothing on; the last one has what its States object yields. */
export const output = ({ next, states }: Place): State => ({ Output: next === undefined ? states.output : {} });

export const onward = ({ next }: Place): State => (next === undefined ? { End: true } : { Next: next });

/** A variable's name, as `Assign` wants it: without the dollar. */
export const variable = ({ text }: Binding): string => text.slice(1);

export const assign = (result: Binding, jsonata: string, { machine }: Place): State =>
  machine.used.has(result) ? { Assign: { [variable(result)]: `{% ${jsonata} %}` } } : {};

const retrier = ({ errors, interval = 1, maxAttempts = 3, backoff = 2, maxDelay, jitter }: Retry): Json => ({
  ErrorEquals: [...errors],
  IntervalSeconds: interval,
  MaxAttempts: maxAttempts,
  BackoffRate: backoff,
  ...optional("MaxDelaySeconds", maxDelay),
  ...(jitter === true ? { JitterStrategy: "FULL" } : {}),
});

/** The end of a state that can fail: who tries it again, who catches its errors, what comes after it. */
export const leave = (retry: readonly Retry[], place: Place): State => ({
  ...output(place),
  ...(retry.length > 0 ? { Retry: retry.map(retrier) } : {}),
  ...(place.states.catchers.length > 0 ? { Catch: [...place.states.catchers] } : {}),
  ...onward(place),
});
