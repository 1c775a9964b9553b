/** The text of an expression: precedence always right, strings and keys always escaped, every part written once. */
import type { Binding, Expression, Resolver, Step } from "../expression.ts";
import { bindingsIn, partsOf } from "./parts.ts";

/** JSON's strings are JSONata's; both know `\uXXXX`. */
const quote = (text: string): string =>
  JSON.stringify(text).replaceAll(/[\u2028\u2029]/g, (separator) => `\\u${separator.charCodeAt(0).toString(16)}`);

const reserved = new Set(["and", "or", "in", "function", "true", "false", "null"]);

/** JSONata has no escape inside backquotes, so a key that needs one is looked up by a call. */
function stepFrom(text: string, at: Step): string {
  if (typeof at === "number") return `${text}[${at}]`;
  if (/^[A-Za-z_]\w*$/.test(at) && !reserved.has(at)) return `${text}.${at}`;
  return /^[^`\\\p{C}]+$/u.test(at) ? `${text}.\`${at}\`` : `$lookup(${text}, ${quote(at)})`;
}

/** The variables that are spoken for, without the dollar: those of the machine and those of JSONata written by hand. */
const takenIn = (expression: Expression): Set<string> =>
  new Set([
    ...bindingsIn(expression).map(({ text }) => text.replace(/^\$/, "")),
    ...partsOf(expression).flatMap((part) => (part.kind === "raw" ? part.names : [])),
  ]);

/** Kinds that something beside them could take apart. */
const loose: ReadonlySet<Expression["kind"]> = new Set(["operation", "condition", "raw"]);

/** Whether nothing after a literal in JSONata written by hand could take it for a step of a path, as a dot would. */
const endsValue = /^\s*(?:$|[)\]},;:=<>!+*&?%-])/;

class Printer {
  readonly #resolve: Resolver;
  readonly #whole: Expression;
  /** Found out only where something has to be named. */
  #taken: ReadonlySet<string> | undefined;
  /** The names of lets and parameters around the part that is being written. */
  readonly #names = new Map<Binding, string>();
  #depth = 0;
  readonly #texts: string[] = [];

  constructor(resolve: Resolver, whole: Expression) {
    this.#resolve = resolve;
    this.#whole = whole;
  }

  get text(): string {
    return this.#texts.join("");
  }

  /** Where a whole expression may stand: the outermost, an argument, a member, a body. */
  write(expression: Expression): void {
    switch (expression.kind) {
      case "literal":
        this.#put(typeof expression.value === "string" ? quote(expression.value) : JSON.stringify(expression.value));
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
      case "let":
        this.#named([expression.name], ([name]) => {
          this.#put(`(${name ?? ""} := `);
          this.#operand(expression.value);
          this.#put("; ");
          this.write(expression.body);
          this.#put(")");
        });
        return;
      case "call":
        this.#put(`$${expression.function}(`);
        this.#list(expression.arguments, ", ", (argument) => {
          this.#argument(argument);
        });
        this.#put(")");
        return;
      case "lambda":
        this.#named(expression.parameters, (names) => {
          this.#put(`function(${names.join(", ")}) { `);
          this.#argument(expression.body);
          this.#put(" }");
        });
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
        this.#put("{");
        this.#list(Object.entries(expression.members), ", ", ([key, value]) => {
          this.#put(`${quote(key)}: `);
          this.#argument(value);
        });
        this.#put("}");
        return;
      case "raw":
        this.#raw(expression.parts, expression.values);
        return;
    }
  }

  /** Where an operator, an index or a comma that isn't its own may stand beside it. */
  #operand(expression: Expression): void {
    const negative = expression.kind === "literal" && typeof expression.value === "number" && expression.value < 0;
    this.#within(loose.has(expression.kind) || negative, expression);
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

  #path(binding: Binding, path: readonly Step[]): void {
    const name = this.#names.get(binding);
    const root = name === undefined ? this.#resolve(binding, path) : { text: name, path };
    this.#put(root.path.reduce(stepFrom, root.text));
  }

  #raw(parts: readonly string[], values: readonly Expression[]): void {
    parts.forEach((part, index) => {
      this.#put(part);
      const value = values[index];
      if (value === undefined) return;
      if (value.kind === "literal" && !endsValue.test(parts[index + 1] ?? "")) this.#within(true, value);
      else this.#operand(value);
    });
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
    return this.#taken.has(text.slice(1)) ? this.#free(`${text}_`) : text;
  }

  #list<T>(items: readonly T[], separator: string, write: (item: T) => void): void {
    items.forEach((item, index) => {
      if (index > 0) this.#put(separator);
      write(item);
    });
  }

  #put(text: string): void {
    this.#texts.push(text);
  }
}

/** The expression as JSONata. Its size and the time it takes grow with the size of the tree. */
export function print(expression: Expression, resolve: Resolver): string {
  const printer = new Printer(resolve, expression);
  printer.write(expression);
  return printer.text;
}
