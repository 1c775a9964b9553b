/**
 * The functions that Step Functions adds to JSONata, and those that it redefines so that they follow the execution.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-step-functions
 */
import { createHash } from "node:crypto";
import jsonata from "jsonata";
import type { Bindings } from "./expression.ts";
import { seededRandom } from "./random.ts";

/** Where time and chance come from. */
export interface Surroundings {
  readonly now: () => number;
  readonly random: () => number;
  readonly uuid: () => string;
}

/** JSONata fills in the message of any error that has a code of its own, so the code is part of the text here. */
class FunctionError extends Error {
  constructor(name: string, argument: number, expected: string) {
    super(`T0410: Argument ${argument} of function "${name}" must be ${expected}`);
  }
}

const fromMillis = jsonata("$fromMillis($millis, $picture, $timezone)");
const algorithms: ReadonlyMap<string, string> = new Map([
  ["MD5", "md5"],
  ["SHA-1", "sha1"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
]);
const maxHashCharacters = 10_000;
const maxRangeItems = 1_000;

/** A JSONata sequence of one is its only member, and an empty one is nothing. */
function sequence(values: readonly unknown[]): unknown {
  return values.length > 1 ? values : values[0];
}

function integer(name: string, argument: number, value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value)) throw new FunctionError(name, argument, "an integer");
  return value;
}

function partition(array: unknown, size: unknown): unknown {
  if (array === undefined) return undefined;
  const members: unknown[] = Array.isArray(array) ? array : [array];
  const step = integer("partition", 2, size);
  if (step < 1) throw new FunctionError("partition", 2, "a positive integer");
  return Array.from({ length: Math.ceil(members.length / step) }, (_, chunk) =>
    members.slice(chunk * step, (chunk + 1) * step),
  );
}

function range(first: unknown, last: unknown, delta: unknown): unknown {
  const [from, to, step] = [integer("range", 1, first), integer("range", 2, last), integer("range", 3, delta)];
  if (step === 0) throw new FunctionError("range", 3, "other than zero");
  const length = Math.max(0, Math.floor((to - from) / step) + 1);
  if (length > maxRangeItems) throw new FunctionError("range", 2, `within ${maxRangeItems} steps of the first`);
  return sequence(Array.from({ length }, (_, index) => from + index * step));
}

/** JSONata's own, but a result of one collapses as the service's does. */
function append(first: unknown, second: unknown): unknown {
  if (first === undefined) return second;
  if (second === undefined) return first;
  return sequence([first, second].flat());
}

function hash(data: unknown, algorithm: unknown): unknown {
  if (data === undefined) return undefined;
  if (typeof data !== "string" || data.length > maxHashCharacters) {
    throw new FunctionError("hash", 1, `a string of at most ${maxHashCharacters} characters`);
  }
  const known = typeof algorithm === "string" ? algorithms.get(algorithm) : undefined;
  if (known === undefined) throw new FunctionError("hash", 2, `one of ${[...algorithms.keys()].join(", ")}`);
  return createHash(known).update(data, "utf8").digest("hex");
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== "string") throw new FunctionError("parse", 1, "a string");
  return JSON.parse(text) as unknown;
}

/** Bindings for one evaluation: `$now` and `$millis` stand still while it runs. */
export function stepFunctions(surroundings: Surroundings): Bindings {
  const millis = surroundings.now();
  return {
    append,
    partition,
    range,
    hash,
    parse,
    uuid: () => surroundings.uuid(),
    // On the service, too, a seed makes the number repeatable; the numbers themselves differ from its own.
    random: (seed: unknown) =>
      seed === undefined ? surroundings.random() : seededRandom(integer("random", 1, seed))(),
    millis: () => millis,
    now: (picture: unknown, timezone: unknown) => fromMillis.evaluate(undefined, { millis, picture, timezone }),
    eval: undefined,
  };
}
