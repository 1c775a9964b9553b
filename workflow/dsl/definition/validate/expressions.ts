/** The texts of states in JSONata mode that may be expressions, each with its place, and what the expressions read. */
import { expressionIn, fieldsOf, listOf, pointerTo, type Fields } from "../machine.ts";
import type { PlacedState } from "./definition.ts";
import type { Reading } from "./reading.ts";

/** A text that is evaluated if it is an expression. */
export interface EvaluatedText {
  readonly state: PlacedState;
  /** The state's field that it is in, such as `Arguments` or `Catch`. */
  readonly field: string;
  /** A JSON pointer to the text. */
  readonly pointer: string;
  readonly text: string;
}

export interface Expression extends EvaluatedText {
  /** What is between `{%` and `%}`. */
  readonly source: string;
  readonly reading: Reading;
}

/** Reads an expression; the same text is parsed once. */
export type Read = (source: string) => Reading;

/** Fields that Step Functions never evaluates. */
const literal = new Set([
  "Branches",
  "Catch",
  "Choices",
  "Comment",
  "Default",
  "End",
  "ItemProcessor",
  "Iterator",
  "Label",
  "Next",
  "QueryLanguage",
  "Resource",
  "Retry",
  "Type",
]);
const parts = ["Choices", "Catch"];
const literalInPart = new Set(["Comment", "ErrorEquals", "Next"]);

export const evaluatedTexts = (states: readonly PlacedState[]): EvaluatedText[] =>
  states.flatMap((state) => (state.language === "JSONata" ? textsOf(state) : []));

function textsOf(state: PlacedState): EvaluatedText[] {
  const found: EvaluatedText[] = [];
  const add = (field: string, value: unknown, pointer: string): void => {
    if (typeof value === "string") found.push({ state, field, pointer, text: value });
    else if (typeof value === "object" && value !== null)
      for (const [key, each] of Object.entries(value)) add(field, each, pointerTo(pointer, key));
  };
  for (const [field, value] of evaluated(state.fields, literal)) add(field, value, pointerTo(state.pointer, field));
  for (const list of parts)
    for (const [index, each] of listOf(state.fields[list]).entries())
      for (const [field, value] of evaluated(fieldsOf(each), literalInPart))
        add(list, value, pointerTo(state.pointer, list, index, field));
  return found;
}

const evaluated = (fields: Fields, never: ReadonlySet<string>): [field: string, value: unknown][] =>
  Object.entries(fields).filter(([field]) => !never.has(field));

export const expressionsAmong = (texts: readonly EvaluatedText[], read: Read): Expression[] =>
  texts.flatMap((each) => {
    const source = expressionIn(each.text);
    return source === undefined ? [] : [{ ...each, source, reading: read(source) }];
  });
