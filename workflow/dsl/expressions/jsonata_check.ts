/** Whether JSONata written by hand can be used: its grammar, and that everything it names is known. */
import { isDeepStrictEqual } from "node:util";
import parse from "jsonata";
import * as z from "zod";
import { functions } from "../definition/validate/functions.ts";
import type { JsonataProblem } from "./jsonata_error.ts";

/** Members of `$states` that only some fields of a state know. */
export type StatesMember = "input" | "result" | "errorOutput";

export interface CheckedJsonata {
  /** The expression with a variable in each value's place. */
  readonly source: string;
  /** The variables that it binds. */
  readonly names: readonly string[];
  /** The functions that it uses and doesn't bind. */
  readonly uses: readonly string[];
  readonly problems: readonly JsonataProblem[];
}

/** A node of the parser's tree; what else it has depends on its type. */
interface Node extends Readonly<Record<string, unknown>> {
  readonly type: string;
}

/** What is around a node: the variables that are bound there, and whether `$` is something. */
interface Place {
  readonly variables: Set<string>;
  readonly outer: Place | undefined;
  readonly context: boolean;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isNode = (value: unknown): value is Node => isRecord(value) && typeof value.type === "string";
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

const inside = (outer: Place, variables: readonly string[] = []): Place => ({
  variables: new Set(variables),
  outer,
  context: outer.context,
});
const isBound = (name: string, place: Place | undefined): boolean =>
  place !== undefined && (place.variables.has(name) || isBound(name, place.outer));

/** Members whose expressions are evaluated once for each item, with `$` as the item. */
const perItem = new Set(["predicate", "stages", "terms", "group", "pattern", "update", "delete"]);

/** The operators of later versions, which the parser makes conditions of: the value in question stands there twice. */
function newerOperator({ condition, then }: Node): string | undefined {
  if (isDeepStrictEqual(condition, then)) return "?:";
  const isCoalescing = isNode(condition) && isDeepStrictEqual(nodes(condition.arguments)[0], then);
  return isCoalescing && condition.position === undefined ? "??" : undefined;
}

class Check {
  readonly problems: JsonataProblem[] = [];
  readonly names = new Set<string>();
  readonly functions = new Set<string>();
  readonly #uses: { readonly name: string; readonly place: Place; readonly position: number }[] = [];
  readonly #values: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  readonly #members: ReadonlySet<string>;
  readonly #needed: ReadonlySet<string>;

  constructor(values: readonly string[], members: readonly StatesMember[], needed: ReadonlySet<string>) {
    this.#values = new Set(values);
    this.#needed = new Set(["states", ...needed]);
    this.#members = new Set(["context", ...members]);
  }

  /** All of an expression. A variable may be used before it is bound, as functions that call each other do. */
  whole(root: Node): void {
    this.#visit(root, { variables: new Set(), outer: undefined, context: false });
    for (const { name, place, position } of this.#uses) {
      if (name === "eval") this.#complain("eval", position, "$eval");
      else if (isBound(name, place)) continue;
      else if (functions.has(name)) this.functions.add(name);
      else this.#complain("unknown-variable", position, `$${name}`);
    }
    for (const value of this.#values) if (!this.#seen.has(value)) this.#complain("lost-value", 0, `$${value}`);
  }

  #complain(code: JsonataProblem["code"], position: unknown, subject: string): void {
    this.problems.push({ code, position: typeof position === "number" ? position : 0, subject });
  }

  #bind(place: Place, value: unknown, position: unknown): void {
    const name = text(value);
    if (this.#needed.has(name)) this.#complain("hidden", position, `$${name}`);
    this.names.add(name);
    place.variables.add(name);
  }

  #visit(node: Node, place: Place): void {
    switch (node.type) {
      case "path":
        this.#path(node, inside(place));
        return;
      case "variable":
        this.#variable(node, place);
        break;
      case "bind":
        if (isNode(node.lhs)) this.#bind(place, node.lhs.value, node.lhs.position);
        this.#each(node.rhs, place);
        return;
      case "lambda": {
        const body = inside(place);
        for (const parameter of nodes(node.arguments)) this.#bind(body, parameter.value, parameter.position);
        this.#each(node.body, body);
        return;
      }
      case "block":
        this.#inside(node, inside(place));
        return;
      case "condition": {
        const operator = newerOperator(node);
        if (operator !== undefined) this.#complain("newer-operator", node.position, operator);
        break;
      }
    }
    this.#inside(node, place);
  }

  #inside(node: Readonly<Record<string, unknown>>, place: Place): void {
    for (const [key, value] of Object.entries(node))
      this.#each(value, perItem.has(key) ? { ...inside(place), context: true } : place);
  }

  #each(value: unknown, place: Place): void {
    if (Array.isArray(value)) for (const item of value) this.#each(item, place);
    else if (isNode(value)) this.#visit(value, place);
    else if (isRecord(value)) this.#inside(value, place);
  }

  #path(node: Node, place: Place): void {
    const steps = nodes(node.steps);
    const [first, second] = steps;
    for (const step of steps)
      for (const name of [step.focus, step.index]) if (name !== undefined) this.#bind(place, name, step.position);
    for (const stage of steps.flatMap((step) => nodes(step.stages)))
      if (stage.type === "index") this.#bind(place, stage.value, stage.position);
    if (first?.type === "name" && !place.context) this.#complain("unknown-name", first.position, text(first.value));
    const ofStates = first?.type === "variable" && first.value === "states";
    if (ofStates && !(second?.type === "name" && this.#members.has(text(second.value))))
      this.#complain("states", first.position, `$states.${text(second?.value)}`);
    steps.forEach((step, index) => {
      const isValue = step.type === "variable" && this.#values.has(text(step.value));
      if (index > 0 && isValue) this.#complain("value-as-step", step.position, `$${text(step.value)}`);
      if (index === 0 && ofStates) this.#inside(step, place);
      else this.#visit(step, index === 0 ? place : { ...inside(place), context: true });
    });
    this.#each(node.group, { ...inside(place), context: true });
  }

  #variable({ value, position }: Node, place: Place): void {
    const name = text(value);
    if (this.#values.has(name)) this.#seen.add(name);
    else if (name === "$" || (name === "" && !place.context)) this.#complain("no-context", position, `$${name}`);
    else if (name === "states") this.#complain("states", position, "$states");
    else if (name !== "") this.#uses.push({ name, place, position: typeof position === "number" ? position : 0 });
  }
}

/** The parser's errors are plain objects. */
const thrown = z.object({ message: z.string(), position: z.number().optional() });

function parsed(source: string): { readonly root: Node } | { readonly problem: JsonataProblem } {
  try {
    const root: unknown = parse(source).ast();
    if (!isNode(root)) throw new TypeError(`the parser gave no tree for ${source}`);
    return { root };
  } catch (error) {
    const { message, position = 0 } = thrown.parse(error);
    return { problem: { code: "syntax", position, subject: message } };
  }
}

/** Names for the values, such as `value1`, that no variable of the parts begins with. */
function valueNames(parts: readonly string[]): string[] {
  let stem = "value";
  while (parts.some((part) => part.includes(`$${stem}`))) stem += "_";
  return parts.slice(1).map((_, index) => `${stem}${index + 1}`);
}

/**
 * @param members what it may use of `$states` besides the context
 * @param needed the functions that its values use
 */
export function checkJsonata(
  parts: readonly string[],
  members: readonly StatesMember[],
  needed: ReadonlySet<string>,
): CheckedJsonata {
  const values = valueNames(parts);
  const source = parts.map((part, index) => part + (index < values.length ? `$${values[index] ?? ""}` : "")).join("");
  const result = parsed(source);
  if ("problem" in result) return { source, names: [], uses: [], problems: [result.problem] };
  const check = new Check(values, members, needed);
  check.whole(result.root);
  return { source, names: [...check.names], uses: [...check.functions], problems: check.problems };
}
