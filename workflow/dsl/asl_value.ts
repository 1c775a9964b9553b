/** Values of the tree as fields of ASL: references become JSONata, all else stays as it is. */
import type { CallSite } from "./bundle/index.ts";
import { print, type Binding, type Expression, type Resolver, type Scope, type Step } from "./expression.ts";
import { plain, type Plain } from "./expressions/plain.ts";
import type { Problem } from "./problem.ts";
import { expressionOf, isReference } from "./reference.ts";

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
  const { scope, state, site, handedDown, problems } = asking;
  if (!isWithin(scope, binding.scope)) {
    problems.push({
      code: "out-of-scope",
      state,
      site,
      message:
        `uses what "${binding.state}" yields (${binding.site.file}:${binding.site.line}), which is not known here: ` +
        "it belongs to another branch, or may not have run. Return it from its block, and use what the block yields.",
    });
  }
  if (!crossesExecution(scope, binding.scope)) return { text: binding.text, path };
  const name = handedDown === undefined ? memberName(binding, path) : handDown(handedDown, binding, path);
  return { text: "$states.context.Execution.Input.BatchInput.Outer", path: [name] };
}

/** Texts that look like an expression; and empty ones and those of several lines, which asl-validator takes for none. */
const needsQuotes = (text: string): boolean =>
  (text.startsWith("{%") && text.endsWith("%}")) || !/^(?!\{% ).+$/.test(text);

/** @throws TypeError that names the state, if there is something in the value that is neither JSON nor a reference */
export function aslValue(value: unknown, reader: Reader): Json {
  if (isReference(value)) return `{% ${print(expressionOf(value), (binding, path) => root(binding, path, reader))} %}`;
  const json = plainIn(value, reader);
  switch (json.kind) {
    case "literal":
      return typeof json.value === "string" && needsQuotes(json.value)
        ? `{% ${JSON.stringify(json.value)} %}`
        : json.value;
    case "array":
      return json.items.map((each) => aslValue(each, reader));
    case "object":
      return Object.fromEntries(json.members.map(([key, each]) => [key, aslValue(each, reader)]));
  }
}

function plainIn(value: unknown, { state }: Reader): Plain {
  try {
    return plain(value);
  } catch (error) {
    if (error instanceof TypeError) throw new TypeError(`${state}: ${error.message}`, { cause: error });
    throw error;
  }
}
