/** The run-time side of references: proxies that carry an expression. */
import { bindingsIn, textsIn, type Binding, type Expression, type Step } from "./expression.ts";
import { arrayOf, call } from "./expressions/build.ts";
import { plain } from "./expressions/plain.ts";
import type { Ref, RefBase } from "./ref.ts";

const expressions = new WeakMap<object, Expression>();

const noText = "a reference is no text: use text`…${reference}…` for a string that is built while the machine runs";
const noArray = "a reference can't be looped over here: use map(reference, …) or flow.map";
const noObject = "a reference has no members here: use merge, pick or omit to make an object out of it";

const misuse: ReadonlyMap<string | symbol, string> = new Map<string | symbol, string>([
  ["then", "a reference can't be awaited: its value exists only while the machine runs"],
  ["toString", noText],
  [Symbol.toPrimitive, noText],
  ["valueOf", "a reference has no value here: compare with eq, lt, gt …, and branch with flow.if"],
  ["toJSON", "a reference can't be made JSON here: its value exists only while the machine runs"],
  [Symbol.iterator, noArray],
  [Symbol.asyncIterator, noArray],
]);

const refuse = (why: string) => (): never => {
  throw new TypeError(why);
};

const refused = {
  // `{ ...reference }`, `Object.keys(reference)`, `"key" in reference`: they would find nothing.
  ownKeys: refuse(noObject),
  has: refuse(noObject),
  set: refuse("a reference can't be changed: what a step yields is read only"),
};

/** A member or an element of what the expression gives. */
export function stepInto(expression: Expression, at: Step): Expression {
  if (expression.kind === "path") return { ...expression, path: [...expression.path, at] };
  return typeof at === "string"
    ? call("lookup", expression, { kind: "literal", value: at })
    : { kind: "element", of: expression, at: { kind: "literal", value: at } };
}

/** A reference to what the expression gives. */
export function reference<T>(expression: Expression): Ref<T> {
  const proxy: object = new Proxy(
    {},
    {
      ...refused,
      get(_, property) {
        const why = misuse.get(property);
        if (why !== undefined) throw new TypeError(why);
        return typeof property === "symbol" ? undefined : reference(stepInto(expression, property));
      },
    },
  );
  expressions.set(proxy, expression);
  // The one place where what runs meets its type: a proxy has whatever members it is asked for.
  return proxy as Ref<T>;
}

export const referenceTo = <T>(binding: Binding): Ref<T> => reference({ kind: "path", binding, path: [] });

export const isReference = (value: unknown): value is RefBase<unknown> =>
  typeof value === "object" && value !== null && expressions.has(value);

/**
 * The expression of a value that may hold references anywhere: literals, arrays and objects become constructors.
 * @throws TypeError if there is something in it that is neither JSON nor a reference
 */
export function expressionOf(value: unknown): Expression {
  const known = typeof value === "object" && value !== null ? expressions.get(value) : undefined;
  if (known !== undefined) return known;
  const json = plain(value);
  switch (json.kind) {
    case "literal":
      return json;
    case "array":
      return arrayOf(json.items.map(expressionOf));
    case "object":
      return {
        kind: "object",
        members: Object.fromEntries(json.members.map(([key, each]) => [key, expressionOf(each)])),
      };
  }
}

/** The expressions of all references in a value, and its texts. */
function leaves(value: unknown): Expression[] {
  if (typeof value === "string") return [{ kind: "literal", value }];
  if (typeof value !== "object" || value === null) return [];
  const expression = expressions.get(value);
  return expression === undefined ? Object.values(value).flatMap(leaves) : [expression];
}

/** What a value refers to. */
export const bindingsOf = (value: unknown): Binding[] => leaves(value).flatMap(bindingsIn);

/** The texts in a value, those inside its references' expressions too. */
export const textsOf = (value: unknown): string[] => leaves(value).flatMap(textsIn);

/** Whether the value is the reference to the whole of what the binding gives. */
export function isReferenceTo(value: unknown, binding: Binding): boolean {
  if (!isReference(value)) return false;
  const expression = expressionOf(value);
  return expression.kind === "path" && expression.binding === binding && expression.path.length === 0;
}
