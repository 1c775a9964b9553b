/** Steps that are a state each. */
import type { FailNode, PassNode, SucceedNode, TaskNode, WaitNode } from "../tree.ts";
import {
  anyValueOf,
  assign,
  leave,
  onward,
  optionalValue,
  output,
  put,
  valueOf,
  variable,
  type Place,
} from "./place.ts";

export function task(step: TaskNode, place: Place): string {
  const own = { ...place, scope: step.scope };
  const state = {
    Type: "Task",
    Resource: step.resource,
    Arguments: anyValueOf(step.arguments, step, own),
    ...(step.credentials === undefined ? {} : { Credentials: { RoleArn: valueOf(step.credentials, step, place) } }),
    ...optionalValue("TimeoutSeconds", step.timeout, step, place),
    ...optionalValue("HeartbeatSeconds", step.heartbeat, step, place),
    ...assign(step.result, step.yields, place),
    ...leave(step.retry, place),
  };
  return put(step, step.name, state, place);
}

export function pass(step: PassNode, place: Place): string {
  const value = valueOf(step.value, step, place);
  return put(
    step,
    step.name,
    { Type: "Pass", Assign: { [variable(step.result)]: value }, ...output(place), ...onward(place) },
    place,
  );
}

/** It passes its input on, which matters only where that would be what its States object yields. */
export function wait(step: WaitNode, place: Place): string {
  const ending = place.next === undefined ? output(place) : {};
  const state = { Type: "Wait", [step.field]: valueOf(step.value, step, place), ...ending, ...onward(place) };
  return put(step, step.name, state, place);
}

export const succeed = (step: SucceedNode, place: Place): string =>
  put(step, step.name, { Type: "Succeed", Output: anyValueOf(step.output ?? null, step, place) }, place);

export const fail = (step: FailNode, place: Place): string =>
  put(
    step,
    step.name,
    {
      Type: "Fail",
      ...optionalValue("Error", step.error, step, place),
      ...optionalValue("Cause", step.cause, step, place),
    },
    place,
  );
