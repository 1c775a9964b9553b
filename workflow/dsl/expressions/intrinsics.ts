/**
 * Text and JSON, and what Step Functions adds to JSONata:
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
import type { Ref, RefBase, Value } from "../ref.ts";
import { expressionOf, reference } from "../reference.ts";
import { call } from "./build.ts";

/** The value that a JSON text says; a text that is no JSON fails the state. Nothing checks that it is a `T`. */
export const parse = <T>(json: Value<string>): Ref<T> => reference(call("parse", expressionOf(json)));

/**
 * The value as JSON, but that numbers have at most 15 significant digits, as all that JSONata writes: what is parsed again
 * is the same only if its numbers have no more. An identifier of more digits is better a text. A text is refused: JSONata
 * would give it as it is, without quotes.
 */
export const stringify = (value: RefBase<object | number | boolean | null>): Ref<string> =>
  reference(call("string", expressionOf(value)));

/** The hash of a text of at most 10,000 characters, in hexadecimal digits. */
export const hash = (
  text: Value<string>,
  algorithm: "MD5" | "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512",
): Ref<string> => reference(call("hash", expressionOf(text), expressionOf(algorithm)));

/** A version 4 UUID, another one in each place that uses it. For one in many places: `flow.let("Id", uuid())`. */
export const uuid = (): Ref<string> => reference(call("uuid"));

/** A number from 0 up to 1, another one in each place that uses it; a seed gives the same one each time. */
export const random = (...seed: readonly [seed?: Value<number>]): Ref<number> =>
  reference(call("random", ...seed.map(expressionOf)));
