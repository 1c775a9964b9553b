/**
 * What an expression reads: variables, functions, members of `$states`. Names that the expression binds itself (`:=`,
 * parameters, `@$x`, `#$i`) are its own and not told.
 */
import { isDeepStrictEqual } from "node:util";
import jsonata from "jsonata";
import * as z from "zod";

export interface Reading {
  /** What is wrong with its grammar, and after how many characters; then nothing is read. */
  readonly broken: { readonly message: string; readonly position: number } | undefined;
  /** Variables read, without the dollar; functions passed as values are among them. */
  readonly variables: ReadonlySet<string>;
  /** Functions called. */
  readonly calls: ReadonlySet<string>;
  /** The members that follow `$states`, as far as they are named: `$states.context.Task` is `["context", "Task"]`. */
  readonly states: readonly (readonly string[])[];
  /** `$`, `$$` or a bare name where no step of a path gives them a value. */
  readonly withoutContext: ReadonlySet<string>;
  /** Operators of JSONata 2.1, `??` and `?:`. */
  readonly newer: ReadonlySet<string>;
  /** Variables that stand in an `$exists(…)`: the author knows that they may be unassigned. */
  readonly guarded: ReadonlySet<string>;
}

const parseError = z.object({ message: z.string(), position: z.number().optional() });

/** A node of JSONata's tree; its members depend on its type. */
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The variable that a node is, or that its path begins with. */
const headOf = (node: Node): string => text((nodes(node.steps)[0] ?? node).value);

/** The names that are bound around a node. Bodies of functions run later, when all names beside them are bound. */
interface Frame {
  readonly names: Set<string>;
  readonly outer: Frame | undefined;
  readonly later: (() => void)[];
}

const binds = (frame: Frame | undefined, name: string): boolean =>
  frame !== undefined && (frame.names.has(name) || binds(frame.outer, name));

function within(outer: Frame | undefined, names: readonly string[], walk: (frame: Frame) => void): void {
  const frame: Frame = { names: new Set(names), outer, later: [] };
  walk(frame);
  for (let body = frame.later.shift(); body !== undefined; body = frame.later.shift()) body();
}

/**
 * A variable, or members of one, as most expressions are. They need no parser, which builds its grammar anew for each text.
 * A member of these names is a slip that the parser tells of.
 */
const plainPath = /^\$([A-Za-z_]\w*)((?:\.(?!(?:true|false|null)\b)[A-Za-z_]\w*)*)$/;

export function reading(source: string): Reading {
  const [, variable, members = ""] = plainPath.exec(source) ?? [];
  return variable === undefined ? parsed(source) : readingOfPath(variable, members.split(".").slice(1));
}

const nothing: ReadonlySet<string> = new Set();

const readingOfPath = (variable: string, members: readonly string[]): Reading => ({
  broken: undefined,
  variables: variable === "states" ? nothing : new Set([variable]),
  calls: nothing,
  states: variable === "states" ? [members] : [],
  withoutContext: nothing,
  newer: nothing,
  guarded: nothing,
});

function parsed(source: string): Reading {
  const found = {
    variables: new Set<string>(),
    calls: new Set<string>(),
    states: [] as string[][],
    withoutContext: new Set<string>(),
    newer: new Set<string>(),
    guarded: new Set<string>(),
  };

  /** `context`: whether a step of a path around the node gives `$` a value. */
  function walk(node: Node, frame: Frame, context: boolean): void {
    switch (node.type) {
      case "variable":
        variable(text(node.value), [], frame, context);
        decorations(node, frame);
        return;
      case "path":
        path(node, frame, context);
        return;
      case "name":
      case "wildcard":
      case "descendant":
      case "parent":
        if (!context) found.withoutContext.add(text(node.value));
        decorations(node, frame);
        return;
      case "block":
        within(frame, [], (inner) => {
          for (const each of nodes(node.expressions)) walk(each, inner, context);
        });
        decorations({ ...node, expressions: undefined }, frame);
        return;
      case "bind":
        bind(node, frame, context);
        return;
      case "lambda": {
        const parameters = nodes(node.arguments).map(({ value }) => text(value));
        frame.later.push(() => {
          within(frame, parameters, (inner) => {
            if (isNode(node.body)) walk(node.body, inner, true);
          });
        });
        return;
      }
      case "function":
      case "partial":
        call(node, frame, context);
        return;
      case "transform":
        rest(node, frame, true);
        return;
      case "condition":
        condition(node);
        rest(node, frame, context);
        return;
      default:
        rest(node, frame, context);
    }
  }

  function variable(name: string, members: string[], frame: Frame, context: boolean): void {
    if (name === "$" || (name === "" && !context)) found.withoutContext.add(`$${name}`);
    else if (name !== "" && !binds(frame, name)) {
      if (name === "states") found.states.push(members);
      else found.variables.add(name);
    }
  }

  /** Filters, sorts and groups of a step: in them the step's value is `$`. */
  function decorations({ type: _type, value: _value, ...more }: Node, frame: Frame): void {
    rest(more, frame, true);
  }

  function path(node: Node, outer: Frame, context: boolean): void {
    const steps = nodes(node.steps);
    const names = steps.flatMap(({ focus, index }) => [text(focus), text(index)]).filter((name) => name !== "");
    within(outer, names, (frame) => {
      const [first, ...others] = steps;
      if (first?.type === "variable") {
        const end = others.findIndex(({ type }) => type !== "name");
        const named = end === -1 ? others : others.slice(0, end);
        const members = first.predicate === undefined ? named.map(({ value }) => text(value)) : [];
        variable(text(first.value), members, frame, context);
        decorations(first, frame);
      } else if (first !== undefined) walk(first, frame, context);
      for (const step of others) walk(step, frame, true);
      if (isNode(node.group)) rest(node.group, frame, true);
    });
  }

  function bind({ lhs, rhs }: Node, frame: Frame, context: boolean): void {
    if (isNode(rhs)) walk(rhs, frame, context);
    if (isNode(lhs)) frame.names.add(text(lhs.value));
  }

  function call(node: Node, frame: Frame, context: boolean): void {
    const { procedure } = node;
    const name = isNode(procedure) && procedure.type === "variable" ? text(procedure.value) : "";
    const given = nodes(node.arguments);
    for (const each of given) walk(each, frame, context);
    if (name === "exists") for (const each of given) found.guarded.add(headOf(each));
    if (name === "") visit(procedure, frame, context);
    else if (!binds(frame, name)) found.calls.add(name);
    decorations({ ...node, arguments: undefined, procedure: undefined }, frame);
  }

  /** The parser writes both operators as conditions: `??` as an `$exists` from nowhere, `?:` with its test as its yes, at the same place. */
  function condition(node: Node): void {
    const { condition: test, then: yes } = node;
    if (!isNode(test) || !isNode(yes)) return;
    if (isNode(test.procedure) && test.procedure.position === undefined) found.newer.add("??");
    else if (isDeepStrictEqual(test, yes)) found.newer.add("?:");
  }

  function rest(node: Node, frame: Frame, context: boolean): void {
    for (const value of Object.values(node)) visit(value, frame, context);
  }
  function visit(value: unknown, frame: Frame, context: boolean): void {
    if (Array.isArray(value)) for (const each of value) visit(each, frame, context);
    else if (isNode(value)) walk(value, frame, context);
  }

  try {
    const tree: unknown = jsonata(source).ast();
    within(undefined, [], (frame) => {
      visit(tree, frame, false);
    });
    return { broken: undefined, ...found };
  } catch (thrown) {
    const { message, position = source.length } = parseError.parse(thrown);
    return { broken: { message, position }, ...found };
  }
}
