/** The shape of a value of the workflow: exact where it is written out, and by what its references refer to. */
import type { Binding, Expression } from "../../expression.ts";
import { isJoined, unwrapped } from "../../expressions/build.ts";
import { expressionOf, isReference } from "../../reference.ts";
import { tokensIn } from "../../tokens.ts";
import { anyItemOf, bytesInText, resultOf, textOfBytes } from "./functions.ts";
import { joined, memberOf, merged } from "./parts.ts";
import { boolean, list, literal, number, object, oneOf, unknown, type Run, type Shape } from "./shape.ts";

/** What the steps before give; undefined where nothing is known. */
export type Known = (binding: Binding) => Shape | undefined;

/** A text is as long as it is written, but for names and ARNs that are put in at deployment. */
const written = (value: string | number | boolean | null): Shape =>
  tokensIn(value).size > 0 ? unknown : literal(value);

export function shapeOf(value: unknown, known: Known): Shape {
  if (isReference(value)) return shapeOfExpression(expressionOf(value), known);
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return written(value);
    case "object":
      if (value === null) return written(value);
      return Array.isArray(value)
        ? list(...value.map((each): Run => ({ items: 1, item: shapeOf(each, known) })))
        : object(
            Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, shapeOf(each, known)]])),
          );
    // A block that returns nothing gives null.
    case "undefined":
      return literal(null);
    case "bigint":
    case "symbol":
    case "function":
      return unknown;
  }
}

/** What an expression names itself comes first. */
const within =
  (known: Known, own: ReadonlyMap<Binding, Shape>): Known =>
  (binding) =>
    own.get(binding) ?? known(binding);

const arithmetic = new Set(["+", "-", "*", "/", "%"]);

function operation(operator: string, operands: readonly Shape[]): Shape {
  if (operator === "&") return textOfBytes(operands.reduce((total, each) => total + bytesInText(each), 0));
  return arithmetic.has(operator) ? number : boolean;
}

/** What an item of an array constructor adds to the array. */
function runsOf(item: Expression, known: Known): readonly Run[] {
  const single = unwrapped(item);
  if (single !== undefined) return [{ items: 1, item: shapeOfExpression(single, known) }];
  const shape = shapeOfExpression(item, known);
  return isJoined(item) ? joined(shape) : [{ items: 1, item: shape }];
}

function called(name: string, expressions: readonly Expression[], known: Known): Shape {
  const [array] = expressions;
  if (name === "merge" && array?.kind === "array")
    return array.items.map((each) => shapeOfExpression(each, known)).reduce(merged, object([]));
  return resultOf(name, {
    expressions,
    shapes: expressions.map((each) => shapeOfExpression(each, known)),
    apply: (given, ...values) =>
      given?.kind === "lambda"
        ? shapeOfExpression(
            given.body,
            within(known, new Map(given.parameters.map((each, index) => [each, values[index] ?? unknown]))),
          )
        : unknown,
  });
}

function shapeOfExpression(expression: Expression, known: Known): Shape {
  const of = (each: Expression): Shape => shapeOfExpression(each, known);
  switch (expression.kind) {
    case "literal":
      return written(expression.value);
    case "path":
      return expression.path.reduce<Shape>(
        (shape, step) => (typeof step === "string" ? memberOf(shape, step) : anyItemOf(shape)),
        known(expression.binding) ?? unknown,
      );
    case "operation":
      return operation(expression.operator, expression.operands.map(of));
    case "element":
      return anyItemOf(of(expression.of));
    case "condition":
      return oneOf([of(expression.then), of(expression.otherwise)]);
    case "required":
      return of(expression.of);
    case "let":
      return shapeOfExpression(expression.body, within(known, new Map([[expression.name, of(expression.value)]])));
    case "call":
      return called(expression.function, expression.arguments, known);
    case "array":
      return list(...expression.items.flatMap((each) => runsOf(each, known)));
    case "sequence":
      return of(expression.of);
    case "object":
      return object(Object.entries(expression.members).map(([key, each]) => [key, of(each)]));
    case "lambda":
    case "raw":
      return unknown;
  }
}
