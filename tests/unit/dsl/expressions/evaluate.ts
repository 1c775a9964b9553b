/** References to data, and what the JSONata of a reference gives: evaluated by the package, with Step Functions' functions. */
import jsonata from "jsonata";
import { print, type Binding } from "../../../../workflow/dsl/expression.ts";
import { reference, referenceTo, expressionOf } from "../../../../workflow/dsl/reference.ts";
import type { Ref } from "../../../../workflow/dsl/index.ts";
import { stepFunctions } from "../../../../workflow/simulator/functions.ts";

const site = { file: "flow.ts", line: 1, column: 1 };
export const begun = Date.parse("2025-01-31T06:00:00Z");
const functions = stepFunctions({ now: () => begun, random: () => 0.5, uuid: () => "some-uuid" });

const scope = { outer: undefined, ownExecution: true };
export const bindingOf = (name: string): Binding => ({ state: name, text: `$${name}`, site, scope });

/** A reference to the machine's variable of that name. */
export const variable = <T>(name: string): Ref<T> => referenceTo(bindingOf(name));

/** A reference to what stands in the expression itself. */
export const constant = <T>(value: T): Ref<T> => reference(expressionOf(value));

export const jsonataOf = (value: unknown): string => print(expressionOf(value), ({ text }, path) => ({ text, path }));

/** JSON, or undefined. */
export async function evaluate(value: unknown, variables: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const result: unknown = await jsonata(jsonataOf(value)).evaluate(undefined, { ...functions, ...variables });
  const json = JSON.stringify(result) as string | undefined;
  return json === undefined ? undefined : JSON.parse(json);
}
