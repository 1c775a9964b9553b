/** The run-time side of references: proxies that carry an expression. */
import { bindingsIn, partsOf, textsIn, type Binding, type Expression, type Step } from "./expression.ts";
import { arrayOf, call, literal } from "./expressions/build.ts";
import { inside, outermost, plain, refusal } from "./expressions/plain.ts";
import { mistake } from "./mistakes.ts";
import type { Problem } from "./problem.ts";
import type { Ref, RefBase } from "./ref.ts";

const expressions = new WeakMap<object, Expression>();

/** What is said of a use of a reference as if it were its value. */
export const awaited = "a reference can't be awaited: its value exists only while the machine runs";
const noText = "a reference is no text: use text`…${reference}…` for a string that is built while the machine runs";
const noValue =
  "a reference has no value here: build texts with text`…`, calculate with add …, compare with eq, gt …, and branch with flow.if";
const noJson = "a reference can't be made JSON here: its value exists only while the machine runs";
const noArray = "a reference can't be looped over here: use map(reference, …) or flow.map";
const noObject = "a reference has no members here: use merge, pick or omit to make an object out of it";
const readOnly = "a reference can't be changed: what a step yields is read only";

const someKey = "reference";

const misuse = (why: string): Problem => mistake("reference", new TypeError(why));

let texts = 0;
/** Texts that differ, since they may become names. */
function standInText(): string {
  misuse(noText);
  texts += 1;
  return `reference${texts}`;
}

/** What JavaScript asks of a value when it is used: it is a mistake each time, and the answer is a harmless stand-in. */
const asked: ReadonlyMap<string | symbol, (expression: Expression) => unknown> = new Map<
  string | symbol,
  (expression: Expression) => unknown
>([
  ["then", () => void misuse(awaited)],
  ["toString", () => standInText],
  [
    Symbol.toPrimitive,
    () => (hint: string) => {
      if (hint === "string") return standInText();
      misuse(noValue);
      return 1;
    },
  ],
  [
    "valueOf",
    () => () => {
      misuse(noValue);
      return 1;
    },
  ],
  [
    "toJSON",
    () => () => {
      misuse(noJson);
      return null;
    },
  ],
  [
    Symbol.iterator,
    (expression) =>
      function* () {
        misuse(noArray);
        yield reference(stepInto(expression, 0));
      },
  ],
]);

/** `delete reference.member`, `reference.member = value`: nothing is changed. */
const unchanged = (): boolean => {
  misuse(readOnly);
  return true;
};

/** What else JavaScript does to an object: it is a mistake each time, and nothing comes of it. */
const refused = {
  // `{ ...reference }`, `Object.keys(reference)`: they find a stand-in, so that what is made for each key is made once.
  ownKeys: () => {
    misuse(noObject);
    return [someKey];
  },
  has: () => {
    misuse(noObject);
    return false;
  },
  set: unchanged,
  deleteProperty: unchanged,
  defineProperty: unchanged,
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
        const answer = asked.get(property);
        if (answer !== undefined) return answer(expression);
        return typeof property === "symbol" ? undefined : reference(stepInto(expression, property));
      },
      getOwnPropertyDescriptor: (_, key) =>
        key === someKey
          ? { value: reference(stepInto(expression, key)), enumerable: true, configurable: true, writable: true }
          : undefined,
    },
  );
  expressions.set(proxy, expression);
  // The one place where what runs meets its type: a proxy has whatever members it is asked for.
  return proxy as Ref<T>;
}

export const referenceTo = <T>(binding: Binding): Ref<T> => reference({ kind: "path", binding, path: [] });

export const isReference = (value: unknown): value is RefBase<unknown> =>
  typeof value === "object" && value !== null && expressions.has(value);

/** What stands for what is wrong, and the mistake that it was. */
const mistakes = new WeakMap<Expression, Problem>();

/** An expression in the place of one that can't be made. */
export function standIn(problem: Problem): Expression {
  const expression = literal(null);
  mistakes.set(expression, problem);
  return expression;
}

/**
 * The expression of a value that may hold references anywhere: literals, arrays and objects become constructors.
 * @param refuse what stands for something that is neither JSON nor a reference
 */
export function toExpression(value: unknown, refuse: (why: string) => Expression, spot = outermost): Expression {
  const known = typeof value === "object" && value !== null ? expressions.get(value) : undefined;
  if (known !== undefined) return known;
  const json = plain(value, spot);
  switch (json.kind) {
    case "refused":
      return refuse(refusal(json, spot));
    case "literal":
      return json;
    case "array":
      return arrayOf(json.items.map((each, index) => toExpression(each, refuse, inside(spot, value, index))));
    case "object":
      return {
        kind: "object",
        members: Object.fromEntries(
          json.members.map(([key, each]) => [key, toExpression(each, refuse, inside(spot, value, key))]),
        ),
      };
  }
}

/** The same while the program runs. */
export const expressionOf = (value: unknown): Expression =>
  toExpression(value, (why) => standIn(mistake("not-json", new TypeError(why))));

/** The expressions of all references in a value, and its texts. */
export function expressionsIn(value: unknown, seen = new Set<object>()): Expression[] {
  if (typeof value === "string") return [literal(value)];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  const expression = expressions.get(value);
  if (expression !== undefined) return [expression];
  seen.add(value);
  return Object.values(value).flatMap((each) => expressionsIn(each, seen));
}

/** The mistakes that a value is made of. */
export const mistakesIn = (value: unknown): Problem[] =>
  expressionsIn(value).flatMap((expression) => [...partsOf(expression)].flatMap((part) => mistakes.get(part) ?? []));

/** What a value refers to. */
export const bindingsOf = (value: unknown): Binding[] => expressionsIn(value).flatMap(bindingsIn);

/** The texts in a value, those inside its references' expressions too. */
export const textsOf = (value: unknown): string[] => expressionsIn(value).flatMap(textsIn);

/** Whether the value is the reference to the whole of what the binding gives. */
export function isReferenceTo(value: unknown, binding: Binding): boolean {
  if (!isReference(value)) return false;
  const expression = expressionOf(value);
  return expression.kind === "path" && expression.binding === binding && expression.path.length === 0;
}
