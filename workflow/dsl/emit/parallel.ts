/** Branches as a Parallel, and a `try` that needs one. */
import type { Json } from "../asl_value.ts";
import type { ParallelNode, TryNode } from "../tree.ts";
import { branch } from "./block.ts";
import { assign, leave, put, type Place } from "./place.ts";

export function parallel(step: ParallelNode, place: Place): string {
  const branches = Object.entries(step.branches);
  const members = branches.map(([key], index) => `${JSON.stringify(key)}: $states.result[${index}]`);
  const state = {
    Type: "Parallel",
    Branches: branches.map(([key, each]): Json => ({ ...branch(each, `${step.name}: ${key}`, step, place) })),
    ...assign(step.result, `{${members.join(", ")}}`, place),
    ...leave(step.retry, place),
  };
  return put(step, step.name, state, place);
}

/** A body that is tried again, or whose Fail has to be caught, is the one branch of a Parallel: that can have both. */
export function guarded(step: TryNode, place: Place): string {
  const state = {
    Type: "Parallel",
    Branches: [{ ...branch(step.body, `${step.name}: done`, step, place) }],
    ...assign(step.result, "$states.result[0]", place),
    ...leave(step.retry, place),
  };
  return put(step, step.name, state, place);
}
