/**
 * JSONata as Step Functions evaluates it: variables are bound as data, undefined and functions are no results,
 * time and chance come from outside.
 */
import jsonata from "jsonata";
import { z } from "zod";
import { isObject, NotJson, toJson, type Json } from "./json.ts";

/** Names to values, or to functions that an expression may call. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Why an expression gave no JSON value, in the service's words; they follow "The JSONata expression '…' specified for the field '…'". */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** The text between `{%` and `%}`, or undefined for plain text: blanks around the braces make it plain. */
export function readExpression(text: string): string | undefined {
  return text.length >= 4 && text.startsWith("{%") && text.endsWith("%}") ? text.slice(2, -2).trim() : undefined;
}

// Endless recursion in an expression must end the state, not this process: depth of calls, and milliseconds.
const guardrails = { stack: 10_000, timeout: 5_000 };
const parsed = new Map<string, jsonata.Expression>();

function parse(source: string): jsonata.Expression {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const expression = jsonata(source, guardrails);
  parsed.set(source, expression);
  return expression;
}

const thrown = z.object({ code: z.string().optional(), message: z.string() });

function describe(error: unknown): string {
  const read = thrown.safeParse(error);
  if (!read.success) return String(error);
  return read.data.code === undefined ? read.data.message : `${read.data.code}: ${read.data.message}`;
}

/** What is wrong with an expression's grammar, or undefined. `$eval` is refused as the service refuses it. */
export function syntaxError(source: string): string | undefined {
  try {
    const callsEval = nodesOf(source).some((node) => node.type === "variable" && node.value === "eval");
    return callsEval ? "$eval is not supported" : undefined;
  } catch (error) {
    return describe(error);
  }
}

/** The members of `$states` that an expression names, for example input and context. */
export function membersOfStates(source: string): ReadonlySet<string> {
  return new Set(
    nodesOf(source).flatMap((node) => {
      const [first, second] = node.type === "path" && Array.isArray(node.steps) ? node.steps.filter(isObject) : [];
      const own = first?.type === "variable" && first.value === "states" && second?.type === "name";
      return own && typeof second.value === "string" ? [second.value] : [];
    }),
  );
}

/** Whether an expression assigns to `$states`. */
export function bindsStates(source: string): boolean {
  return nodesOf(source).some((node) => node.type === "bind" && isObject(node.lhs) && node.lhs.value === "states");
}

type Node = Readonly<Record<string, unknown>>;

function nodesOf(source: string): readonly Node[] {
  const found = new Set<Node>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isObject(node) || found.has(node)) return;
    found.add(node);
    Object.values(node).forEach(visit);
  };
  visit(parse(source).ast());
  return [...found];
}

/**
 * Evaluates an expression to an unshared JSON value.
 * @throws {ExpressionError} if it fails, yields nothing, or yields a function
 */
export async function evaluate(source: string, bindings: Bindings): Promise<Json> {
  let value: unknown;
  try {
    value = await parse(source).evaluate(undefined, bindings);
  } catch (error) {
    throw new ExpressionError(`threw an error during evaluation. ${describe(error)}`);
  }
  if (value === undefined) throw new ExpressionError("returned nothing (undefined).");
  try {
    refuseFunctions(value);
    return toJson(value);
  } catch (error) {
    if (error instanceof NotJson) throw new ExpressionError("returned an unsupported result type.");
    throw error;
  }
}

/** A JSONata lambda is an object to JavaScript; it must not leak as one. */
function refuseFunctions(value: unknown): void {
  if (Array.isArray(value)) value.forEach(refuseFunctions);
  if (!isObject(value)) return;
  if (value._jsonata_lambda === true || value._jsonata_function === true) {
    throw new NotJson("a function is not JSON");
  }
  Object.values(value).forEach(refuseFunctions);
}
