/** Values of the tree as fields of ASL: references become JSONata, all else stays as it is. */
import type { CallSite } from "./bundle/index.ts";
import { print, type Binding, type Expression, type Resolver, type Scope, type Step } from "./expression.ts";
import { arrayOf, literal } from "./expressions/build.ts";
import { inside, outermost, plain, refusal, type Spot } from "./expressions/plain.ts";
import { at, type Problem } from "./problem.ts";
import { expressionOf, isReference, toExpression } from "./reference.ts";
import { withoutOthers } from "./tokens.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a child execution needs of its parent: the member of BatchInput's `Outer` → the parent's expression for it. */
export type HandedDown = Map<string, Expression>;

/** Who reads a value: from where in the machine, and where complaints go. */
export interface Reader {
  readonly scope: Scope;
  readonly state: string;
  readonly site: CallSite;
  readonly handedDown: HandedDown | undefined;
  readonly problems: Problem[];
  /** The tokens of the workflow; all else in texts that looks like one is text. */
  readonly tokens: ReadonlySet<string>;
}

const isWithin = (scope: Scope | undefined, outer: Scope): boolean =>
  scope !== undefined && (scope === outer || isWithin(scope.outer, outer));

/** Whether the border of a child execution lies between the reader and the scope: it sees no variable of its parent. */
const crossesExecution = (reader: Scope | undefined, to: Scope): boolean =>
  reader !== undefined && reader !== to && (reader.ownExecution || crossesExecution(reader.outer, to));

/** A member's name that tells where the value comes from, such as `CheckMarkers_createdAt` or `Execution_Id`. */
function memberName({ text }: Binding, path: readonly Step[]): string {
  const root = text.replace(/^\$states\.context(?:\.|$)/, "").replace(/^\$/, "");
  return [...root.split("."), ...path].filter((part) => part !== "").join("_") || "context";
}

const isSame = (known: Expression | undefined, binding: Binding, path: readonly Step[]): boolean =>
  known?.kind === "path" &&
  known.binding === binding &&
  known.path.length === path.length &&
  known.path.every((step, index) => step === path[index]);

/** The member of `Outer` that carries the value; another value that would have its name gets a number more. */
function handDown(handedDown: HandedDown, binding: Binding, path: readonly Step[]): string {
  const wanted = memberName(binding, path);
  let name = wanted;
  for (let number = 2; handedDown.has(name); number += 1) {
    if (isSame(handedDown.get(name), binding, path)) return name;
    name = `${wanted}_${number}`;
  }
  handedDown.set(name, { kind: "path", binding, path });
  return name;
}

function root(binding: Binding, path: readonly Step[], asking: Reader): ReturnType<Resolver> {
  const { scope, handedDown } = asking;
  if (!isWithin(scope, binding.scope)) {
    const message =
      `uses what "${binding.state}" yields (${at(binding.site)}), which is not known here: ` +
      "it belongs to another branch, or may not have run. Return it from its block, and use what the block yields.";
    complain("out-of-scope", message, asking);
    return { text: binding.text, path };
  }
  if (!crossesExecution(scope, binding.scope)) return { text: binding.text, path };
  const name = handedDown === undefined ? memberName(binding, path) : handDown(handedDown, binding, path);
  return { text: "$states.context.Execution.Input.BatchInput.Outer", path: [name] };
}

/** Texts that look like an expression; and empty ones and those of several lines, which asl-validator takes for none. */
const needsQuotes = (text: string): boolean =>
  (text.startsWith("{%") && text.endsWith("%}")) || !/^(?!\{% ).+$/.test(text);

/** A value as a field. What is neither JSON nor a reference is a problem, and null stands in its place. */
export function aslValue(value: unknown, reader: Reader, spot: Spot = outermost): Json {
  if (isReference(value)) return aslExpression(value, reader);
  const json = plain(value, spot);
  const isText = (text: string): boolean => withoutOthers(text, reader.tokens) === text;
  switch (json.kind) {
    case "refused":
      complain("not-json", refusal(json, spot), reader);
      // As a whole field it is an expression, of which no check knows what it gives.
      return spot === outermost ? "{% null %}" : null;
    case "literal":
      return typeof json.value !== "string" || (isText(json.value) && !needsQuotes(json.value))
        ? json.value
        : jsonata(json, reader);
    case "array":
      return json.items.map((each, index) => aslValue(each, reader, inside(spot, value, index)));
    case "object":
      // A key can't be an expression; the object around it can.
      return json.members.every(([key]) => isText(key))
        ? Object.fromEntries(json.members.map(([key, each]) => [key, aslValue(each, reader, inside(spot, value, key))]))
        : jsonata(fieldWithin(value, reader, spot), reader);
  }
}

/** A field's value within an expression: there too, a reference to what is missing fails the state. */
function fieldWithin(value: unknown, reader: Reader, spot: Spot): Expression {
  if (isReference(value)) return { kind: "required", of: expressionOf(value) };
  const json = plain(value, spot);
  switch (json.kind) {
    case "refused":
      return refused(refusal(json, spot), reader);
    case "literal":
      return json;
    case "array":
      return arrayOf(json.items.map((each, index) => fieldWithin(each, reader, inside(spot, value, index))));
    case "object":
      return {
        kind: "object",
        members: Object.fromEntries(
          json.members.map(([key, each]) => [key, fieldWithin(each, reader, inside(spot, value, key))]),
        ),
      };
  }
}

/** A value as a single expression, whatever it is made of. */
export const aslExpression = (value: unknown, reader: Reader): string =>
  jsonata(
    toExpression(value, (why) => refused(why, reader)),
    reader,
  );

function refused(why: string, reader: Reader): Expression {
  complain("not-json", why, reader);
  return literal(null);
}

const jsonata = (expression: Expression, reader: Reader): string =>
  `{% ${print(expression, (binding, path) => root(binding, path, reader), reader.tokens)} %}`;

function complain(code: Problem["code"], message: string, { state, site, problems }: Reader): void {
  problems.push({ code, state, site, message });
}
