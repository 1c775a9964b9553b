/** What operators are made of. Here the traps of JSONata are closed: sequences that collapse, arrays that melt. */
import { callSite, type CallSite } from "../bundle/index.ts";
import type { Binding, Expression } from "../expression.ts";

export const literal = (value: string | number | boolean | null): Expression => ({ kind: "literal", value });

export const operation = (operator: string, ...operands: readonly Expression[]): Expression => ({
  kind: "operation",
  operator,
  operands,
});

export const call = (name: string, ...values: readonly Expression[]): Expression => ({
  kind: "call",
  function: name,
  arguments: values,
});

/** A name that the expression gives itself; outside of it, it is in nobody's scope. */
const ownName = (text: string, site: CallSite): Binding => ({
  state: "the function given to an operator",
  text: `$${text}`,
  site,
  scope: { outer: undefined, ownExecution: false },
});

/** Nobody but its builder sees the name of a let. */
const nowhere: CallSite = { file: "", line: 0, column: 0 };

const named = (binding: Binding): Expression => ({ kind: "path", binding, path: [] });

/** What is built out of a value that it needs more than once; the value is computed, and written, once. */
export function once(value: Expression, build: (value: Expression) => Expression): Expression {
  if (value.kind === "path" || value.kind === "literal") return build(value);
  const name = ownName("value", nowhere);
  return { kind: "let", name, value, body: build(named(name)) };
}

/** A function of JSONata, from one of TypeScript over its parameters. */
export function lambda(
  parameters: readonly string[],
  body: (...values: readonly Expression[]) => Expression,
): Expression {
  const site = callSite();
  const names = parameters.map((each) => ownName(each, site));
  return { kind: "lambda", parameters: names, body: body(...names.map(named)) };
}

/** The array of what a call yields: none, one or many, where JSONata would yield nothing, the one itself or many. */
export const list = (sequence: Expression): Expression => ({
  kind: "array",
  items: [{ kind: "sequence", of: sequence }],
});

/** Whether an array constructor joins the expression's value to itself if that is an array: a constructor's stays one item. */
export function isJoined(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
    case "operation":
    case "object":
    case "lambda":
    case "array":
      return false;
    case "path":
    case "element":
    case "condition":
    case "required":
    case "let":
    case "call":
    case "sequence":
    case "raw":
      return true;
  }
}

/** An item of an array constructor: what would be joined to the array is wrapped once more. */
function item(expression: Expression): Expression {
  if (!isJoined(expression)) return expression;
  return once(expression, (value) => ({
    kind: "condition",
    if: operation("=", call("type", value), literal("array")),
    then: { kind: "array", items: [{ kind: "array", items: [value] }] },
    otherwise: value,
  }));
}

/** What `item` wrapped; undefined for what it left as it was. */
export function unwrapped(wrapped: Expression): Expression | undefined {
  if (wrapped.kind === "let") return unwrapped(wrapped.body) && wrapped.value;
  if (wrapped.kind !== "condition" || wrapped.then.kind !== "array") return undefined;
  const [inner] = wrapped.then.items;
  return inner?.kind === "array" && inner.items.includes(wrapped.otherwise) ? wrapped.otherwise : undefined;
}

/** An array of just these items, whatever they are. */
export const arrayOf = (items: readonly Expression[]): Expression => ({ kind: "array", items: items.map(item) });
