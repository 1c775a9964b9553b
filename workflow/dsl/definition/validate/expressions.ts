/** All expressions of the states in JSONata mode, each with its place and with what it reads. */
import { expressionIn, fieldsOf, listOf, pointerTo } from "../machine.ts";
import type { PlacedState, Read } from "./definition.ts";
import type { Reading } from "./reading.ts";

export interface Expression {
  readonly state: PlacedState;
  /** A JSON pointer to the text. */
  readonly pointer: string;
  /** The state's field that it is in, such as `Arguments` or `Catch`. */
  readonly field: string;
  /** The field of a catcher or a Choice's rule, and its place in the list from 0. */
  readonly part: { readonly index: number; readonly field: string } | undefined;
  /** What is between `{%` and `%}`. */
  readonly source: string;
  readonly reading: Reading;
}

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

interface Text {
  readonly pointer: string;
  readonly text: string;
}

function texts(value: unknown, pointer: string): Text[] {
  if (typeof value === "string") return [{ pointer, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => texts(each, pointerTo(pointer, key)));
}

export interface EvaluatedText extends Text {
  readonly field: string;
  readonly part: Expression["part"];
}

/** All texts of a state that are evaluated if they are expressions. */
export function evaluatedTexts({ fields, pointer }: PlacedState): EvaluatedText[] {
  const own = Object.entries(fields)
    .filter(([field]) => !literal.has(field))
    .flatMap(([field, value]) =>
      texts(value, pointerTo(pointer, field)).map((each) => ({ ...each, field, part: undefined })),
    );
  const inParts = parts.flatMap((list) =>
    listOf(fields[list]).flatMap((each, index) =>
      Object.entries(fieldsOf(each))
        .filter(([field]) => !literalInPart.has(field))
        .flatMap(([field, value]) =>
          texts(value, pointerTo(pointer, list, index, field)).map((text) => ({
            ...text,
            field: list,
            part: { index, field },
          })),
        ),
    ),
  );
  return [...own, ...inParts];
}

export const expressionsOf = (states: readonly PlacedState[], read: Read): Expression[] =>
  states
    .filter(({ language }) => language === "JSONata")
    .flatMap((state) =>
      evaluatedTexts(state).flatMap(({ text, ...place }) => {
        const source = expressionIn(text);
        return source === undefined ? [] : [{ state, ...place, source, reading: read(source) }];
      }),
    );
