/** Dates: ISO 8601 texts, and milliseconds since 1970. Each evaluation of a state has a time of its own. */
import type { Ref, Value } from "../ref.ts";
import { expressionOf, reference } from "../reference.ts";
import { add, multiply } from "./arithmetic.ts";
import { call } from "./build.ts";

/** When the state is evaluated, such as `2025-01-31T06:00:00.000Z`. For one time in many places: `flow.let("Begun", now())`. */
export const now = (): Ref<string> => reference(call("now"));

/** Milliseconds of an ISO 8601 text; any other text fails the state. */
export function toMillis(date: Value<string>): Ref<number>;
/** Milliseconds of a text that is written as the [picture](https://docs.jsonata.org/date-time) says; missing if it isn't. */
export function toMillis(date: Value<string>, picture: Value<string>): Ref<number | undefined>;
export function toMillis(date: Value<string>, ...picture: readonly Value<string>[]): Ref<number | undefined> {
  return reference(call("toMillis", expressionOf(date), ...picture.map(expressionOf)));
}

/**
 * Milliseconds as a text: ISO 8601 in UTC, or as the [picture](https://docs.jsonata.org/date-time) says, such as
 * `[Y0001]/[M01]/[D01]`.
 * @param timezone offset from UTC, such as `+0100`
 */
export const fromMillis = (
  millis: Value<number>,
  ...written: readonly [picture?: Value<string>, timezone?: Value<string>]
): Ref<string> => reference(call("fromMillis", expressionOf(millis), ...written.map(expressionOf)));

/** The date, an ISO 8601 text, so many seconds later; negative is earlier. */
export const addSeconds = (date: Value<string>, seconds: Value<number>): Ref<string> =>
  fromMillis(add(toMillis(date), multiply(seconds, 1000)));
