/** What a rule finds: data with a place. A rule is a pure function from a definition to findings. */
import { pointerTo } from "../machine.ts";
import type { Definition, PlacedMachine, PlacedState } from "./definition.ts";

/** Errors are refused by Step Functions, or fail every execution that comes there; warnings are worth a look. */
export type Severity = "error" | "warning";

export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  /** The state's name; the empty text for the definition as a whole. */
  readonly state: string;
  /** Which States object the state is in, such as `Process/Branches[1]`; the empty text for the program's own. */
  readonly machine: string;
  /** A JSON pointer (RFC 6901) to the field. */
  readonly path: string;
  readonly message: string;
}

export type Rule = (definition: Definition) => readonly Finding[];

export type Code =
  | "any-error"
  | "callback-retried"
  | "callback-without-timeout"
  | "callback-without-token"
  | "catch-only-loop"
  | "concurrency"
  | "covered-error"
  | "distributed-only"
  | "duplicate-name"
  | "empty-machine"
  | "empty-name"
  | "endless-loop"
  | "eval"
  | "exclusive-fields"
  | "express"
  | "heartbeat"
  | "label"
  | "limit"
  | "long-history"
  | "long-name"
  | "malformed-resource"
  | "missing-field"
  | "missing-target"
  | "mixed-language"
  | "nearly-too-large"
  | "newer-jsonata"
  | "next-and-end"
  | "no-context"
  | "not-an-expression"
  | "not-https"
  | "out-of-scope"
  | "payload-too-large"
  | "possibly-unassigned"
  | "reserved-variable"
  | "shadowed-function"
  | "shadowed-variable"
  | "states-member"
  | "sync-without-timeout"
  | "syntax"
  | "too-large"
  | "unassigned"
  | "unbounded-loop"
  | "uncatchable-error"
  | "unknown-error"
  | "unknown-field"
  | "unknown-function"
  | "unknown-integration"
  | "unknown-type"
  | "unknown-variable"
  | "unreachable"
  | "variable-name"
  | "wrong-language"
  | "wrong-type";

export type Place = Pick<Finding, "state" | "machine" | "path">;

/** A field of a state, by the members that lead to it. */
export const inState = (state: PlacedState, ...members: readonly (string | number)[]): Place => ({
  state: state.name,
  machine: state.machine.path,
  path: pointerTo(state.pointer, ...members),
});

/** A field of a machine: it is told of the state that holds the machine. */
export const inMachine = ({ machine, holder }: PlacedMachine, ...members: readonly (string | number)[]): Place => ({
  state: holder?.name ?? "",
  machine: holder?.machine.path ?? "",
  path: pointerTo(machine.pointer, ...members),
});

export const error = (code: Code, place: Place, message: string): Finding => ({
  code,
  severity: "error",
  ...place,
  message,
});
export const warning = (code: Code, place: Place, message: string): Finding => ({
  ...error(code, place, message),
  severity: "warning",
});
