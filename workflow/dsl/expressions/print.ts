/** The text of an expression: precedence always right, strings and keys always escaped, every part written once. */
import type { Binding, Expression, Resolver, Step } from "../expression.ts";
import { bindingsIn, partsOf } from "./parts.ts";
import { quote, stepFrom } from "./quote.ts";

/** The variables that are spoken for, without the dollar: those of the machine and those of JSONata written by hand. */
const takenIn = (expression: Expression): Set<string> =>
  new Set([
    ...bindingsIn(expression).map(({ text }) => text.replace(/^\$/, "")),
    ...partsOf(expression).flatMap((part) => (part.kind === "raw" ? part.names : [])),
  ]);

/** Whether it can be written again without being computed again. */
const isNamed = ({ kind }: Expression): boolean => kind === "path" || kind === "literal";

/** Whether something beside the expression could take it apart. */
function isLoose(expression: Expression): boolean {
  switch (expression.kind) {
    case "operation":
    case "condition":
    case "raw":
      return true;
    case "literal":
      return typeof expression.value === "number" && expression.value < 0;
    case "required":
      return isNamed(expression.of);
    case "path":
    case "element":
    case "let":
    case "call":
    case "lambda":
    case "array":
    case "sequence":
    case "object":
      return false;
  }
}

/** How much of an expression a message shows. */
const shown = 80;

/** Whether nothing after a literal in JSONata written by hand could take it for a step of a path, as a dot would. */
const endsValue = /^\s*(?:$|[)\]},;:=<>!+*&?%-])/;

type Raw = Extract<Expression, { kind: "raw" }>;

class Printer {
  readonly #resolve: Resolver;
  readonly #whole: Expression;
  readonly #tokens: ReadonlySet<string>;
  /** Found out only where something has to be named. */
  #taken: ReadonlySet<string> | undefined;
  /** The names of lets and parameters around the part that is being written. */
  readonly #names = new Map<Binding, string>();
  /** What variables of the machine are called within JSONata written by hand that binds their names itself. */
  readonly #renamed = new Map<string, string>();
  /** Those of these other names that something refers to by now. */
  readonly #used = new Set<string>();
  #depth = 0;
  #texts: string[] = [];

  constructor(resolve: Resolver, tokens: ReadonlySet<string>, whole: Expression) {
    this.#resolve = resolve;
    this.#tokens = tokens;
    this.#whole = whole;
  }

  /** A whole expression. One that gives nothing fails its state by itself. */
  whole(expression: Expression): string {
    return this.#textOf(() => {
      this.write(expression.kind === "required" ? expression.of : expression);
    });
  }

  /** Where a whole expression may stand: the outermost, an argument, a member, a body. */
  write(expression: Expression): void {
    switch (expression.kind) {
      case "literal":
        this.#literal(expression.value);
        return;
      case "path":
        this.#path(expression.binding, expression.path);
        return;
      case "operation":
        this.#list(expression.operands, ` ${expression.operator} `, (operand) => {
          this.#operand(operand);
        });
        return;
      case "element":
        this.#operand(expression.of);
        this.#put("[");
        this.write(expression.at);
        this.#put("]");
        return;
      case "condition":
        this.#operand(expression.if);
        this.#put(" ? ");
        this.#operand(expression.then);
        this.#put(" : ");
        this.#operand(expression.otherwise);
        return;
      case "required":
        this.#required(expression.of);
        return;
      case "let":
        this.#let(expression.name, expression.value, expression.body);
        return;
      case "call":
        this.#put(`$${expression.function}(`);
        this.#list(expression.arguments, ", ", (argument) => {
          this.#argument(argument);
        });
        this.#put(")");
        return;
      case "lambda":
        this.#lambda(expression.parameters, expression.body);
        return;
      case "array":
        this.#put("[");
        this.#list(expression.items, ", ", (item) => {
          this.#operand(item);
        });
        this.#put("]");
        return;
      case "sequence":
        this.#operand(expression.of);
        this.#put("[]");
        return;
      case "object":
        this.#object(expression.members);
        return;
      case "raw":
        this.#raw(expression);
        return;
    }
  }

  /** Where an operator, an index or a comma that isn't its own may stand beside it. */
  #operand(expression: Expression): void {
    this.#within(isLoose(expression), expression);
  }

  /** Between commas only what was written by hand needs parentheses: a variable that it assigns must not leak. */
  #argument(expression: Expression): void {
    this.#within(expression.kind === "raw", expression);
  }

  #within(parentheses: boolean, expression: Expression): void {
    if (parentheses) this.#put("(");
    this.write(expression);
    if (parentheses) this.#put(")");
  }

  #literal(value: string | number | boolean | null): void {
    this.#put(typeof value === "string" ? quote(value, this.#tokens) : JSON.stringify(value));
  }

  #path(binding: Binding, path: readonly Step[]): void {
    const name = this.#names.get(binding);
    const root = name === undefined ? this.#resolve(binding, path) : { text: name, path };
    const text = root.text.replace(/^\$(\w+)/, (variable, hidden: string) => {
      const other = this.#renamed.get(hidden);
      if (other !== undefined) this.#used.add(other);
      return other ?? variable;
    });
    this.#put(root.path.reduce<string>((from, at) => stepFrom(from, at, this.#tokens), text));
  }

  /** The value, computed once, or an error that says which is missing. */
  #required(value: Expression): void {
    const text = this.#textOf(() => {
      this.#operand(value);
    });
    const source = text.length > shown ? `${text.slice(0, shown).toWellFormed()}…` : text;
    const message = quote(`required, but missing: ${source}`, this.#tokens);
    const orError = (found: string): string => `$exists(${found}) ? ${found} : $error(${message})`;
    // Nothing else is read where this name is bound.
    this.#put(isNamed(value) ? orError(text) : `($found := ${text}; ${orError("$found")})`);
  }

  /**
   * JSONata written by hand may bind the name of a variable that what is interpolated refers to, and would hide it: that
   * variable is then given another name around it.
   */
  #apart(names: readonly string[], write: () => void): void {
    const own = names.filter((name) => !this.#renamed.has(name));
    for (const name of own) this.#renamed.set(name, this.#free(`$${name}_`));
    const text = this.#textOf(write);
    const kept = own.flatMap((name) => {
      const other = this.#renamed.get(name);
      this.#renamed.delete(name);
      return other !== undefined && this.#used.delete(other) ? [`${other} := $${name}; `] : [];
    });
    this.#put(kept.length === 0 ? text : `(${kept.join("")}${text})`);
  }

  #raw({ parts, values, names }: Raw): void {
    this.#apart(names, () => {
      parts.forEach((part, index) => {
        this.#put(part);
        const value = values[index];
        if (value === undefined) return;
        if (value.kind === "literal" && !endsValue.test(parts[index + 1] ?? "")) this.#within(true, value);
        else this.#operand(value);
      });
    });
  }

  #let(binding: Binding, value: Expression, body: Expression): void {
    this.#named([binding], ([name]) => {
      this.#put(`(${name ?? ""} := `);
      this.#operand(value);
      this.#put("; ");
      this.write(body);
      this.#put(")");
    });
  }

  #lambda(parameters: readonly Binding[], body: Expression): void {
    this.#named(parameters, (names) => {
      this.#put(`function(${names.join(", ")}) { `);
      this.#argument(body);
      this.#put(" }");
    });
  }

  #object(members: Readonly<Record<string, Expression>>): void {
    this.#put("{");
    this.#list(Object.entries(members), ", ", ([key, value]) => {
      this.#put(`${quote(key, this.#tokens)}: `);
      this.#argument(value);
    });
    this.#put("}");
  }

  /** Names that nothing else in the expression has: those within others are numbered. */
  #named(bindings: readonly Binding[], write: (names: readonly string[]) => void): void {
    this.#depth += 1;
    const names = bindings.map(({ text }) => this.#free(this.#depth === 1 ? text : `${text}${this.#depth}`));
    bindings.forEach((binding, index) => this.#names.set(binding, names[index] ?? ""));
    write(names);
    for (const binding of bindings) this.#names.delete(binding);
    this.#depth -= 1;
  }

  #free(text: string): string {
    this.#taken ??= takenIn(this.#whole);
    const isTaken =
      this.#taken.has(text.slice(1)) || [...this.#renamed.values(), ...this.#names.values()].includes(text);
    return isTaken ? this.#free(`${text}_`) : text;
  }

  #list<T>(items: readonly T[], separator: string, write: (item: T) => void): void {
    let before = "";
    for (const item of items) {
      this.#put(before);
      write(item);
      before = separator;
    }
  }

  #put(text: string): void {
    this.#texts.push(text);
  }

  /** What is written meanwhile, kept apart. */
  #textOf(write: () => void): string {
    const before = this.#texts;
    this.#texts = [];
    write();
    const text = this.#texts.join("");
    this.#texts = before;
    return text;
  }
}

/**
 * The expression as JSONata. Its size and the time it takes grow with the size of the tree.
 * @param tokens those that stay; all else in texts that looks like one is text
 */
export const print = (expression: Expression, resolve: Resolver, tokens: ReadonlySet<string> = new Set()): string =>
  new Printer(resolve, tokens, expression).whole(expression);
