/** The run-time side of references: proxies that carry an expression. */
import type { Binding, Expression } from "./expression.ts";
import type { Ref, RefBase } from "./ref.ts";

const expressions = new WeakMap<object, Expression>();

const misuse: ReadonlyMap<string, string> = new Map(
  Object.entries({
    then: "a reference can't be awaited: its value exists only while the machine runs",
    toString: "a reference is no text: use text`…${reference}…` for a string that is built while the machine runs",
    valueOf: "a reference has no value here: compare with eq, lt, gt …, and branch with flow.if",
    toJSON: "a reference can't be made JSON here: its value exists only while the machine runs",
  }),
);

/** A member or an element of what the expression gives. */
export const stepInto = (expression: Expression, at: string | number): Expression =>
  expression.kind === "path" ? { ...expression, path: [...expression.path, at] } : { kind: "step", of: expression, at };

/** A reference to what the expression gives. */
export function reference<T>(expression: Expression): Ref<T> {
  const target = {};
  const proxy: object = new Proxy(target, {
    get(_, property) {
      if (typeof property === "symbol") {
        if (property === Symbol.toPrimitive) throw new TypeError(misuse.get("toString"));
        return undefined;
      }
      const why = misuse.get(property);
      if (why !== undefined) throw new TypeError(why);
      const at = /^\d+$/.test(property) ? Number(property) : property;
      return reference(stepInto(expression, at));
    },
  });
  expressions.set(proxy, expression);
  return proxy as Ref<T>;
}

export const referenceTo = <T>(binding: Binding): Ref<T> => reference({ kind: "path", binding, path: [] });

export const isReference = (value: unknown): value is RefBase<unknown> =>
  typeof value === "object" && value !== null && expressions.has(value);

/** The expression of a value that may hold references anywhere: literals, arrays and objects become constructors. */
export function expressionOf(value: unknown): Expression {
  if (typeof value === "object" && value !== null) {
    const expression = expressions.get(value);
    if (expression !== undefined) return expression;
    if (Array.isArray(value)) return { kind: "array", items: value.map(expressionOf) };
    return {
      kind: "object",
      members: Object.fromEntries(
        Object.entries(value)
          .filter(([, each]) => each !== undefined)
          .map(([key, each]) => [key, expressionOf(each)]),
      ),
    };
  }
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return { kind: "literal", value };
  throw new TypeError(`a ${typeof value} can't stand in a workflow: only JSON values and references can`);
}

/** Whether the value is the reference to the whole of what the binding gives. */
export function isReferenceTo(value: unknown, binding: Binding): boolean {
  if (!isReference(value)) return false;
  const expression = expressionOf(value);
  return expression.kind === "path" && expression.binding === binding && expression.path.length === 0;
}
