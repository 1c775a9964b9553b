/** Values of the tree as fields of ASL: references become JSONata, all else stays as it is. */
import type { CallSite } from "./bundle/index.ts";
import { print, type Binding, type Expression, type Resolver, type Scope } from "./expression.ts";
import type { Problem } from "./problem.ts";
import { expressionOf, isReference } from "./reference.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a child execution needs of its parent: BatchInput's member → the parent's expression for it. */
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

/** A member's name that tells where the value comes from, such as `CheckMarkers_createdAt`. */
const memberName = ({ text }: Binding, path: readonly (string | number)[]): string =>
  [...text.replace("$states.context.", "").replace("$", "").split("."), ...path].join("_");

function root(binding: Binding, path: readonly (string | number)[], asking: Reader): ReturnType<Resolver> {
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
  const name = memberName(binding, path);
  handedDown?.set(name, { kind: "path", binding, path });
  return { text: "$states.context.Execution.Input.BatchInput", path: [name] };
}

const looksLikeExpression = (text: string): boolean => /^\{%[\s\S]*%\}$/.test(text);

export function aslValue(value: unknown, reader: Reader): Json {
  if (isReference(value)) return `{% ${print(expressionOf(value), (binding, path) => root(binding, path, reader))} %}`;
  if (typeof value === "string") return looksLikeExpression(value) ? `{% ${JSON.stringify(value)} %}` : value;
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((each) => aslValue(each, reader));
  if (typeof value === "object") {
    const members = Object.entries(value).filter(([, each]) => each !== undefined);
    return Object.fromEntries(members.map(([key, each]) => [key, aslValue(each, reader)]));
  }
  throw new TypeError(
    `${reader.state}: ${typeof value} can't stand in a workflow: only JSON values and references can`,
  );
}
