/** Whether expressions are ones that Step Functions evaluates: their grammar, their functions, and where `$` has a value. */
import type { EvaluatedText } from "./expressions.ts";
import { error, warning, type Place, type Rule } from "./finding.ts";
import { functions } from "./functions.ts";
import { didYouMean } from "./nearest.ts";
import { expressionIn } from "../machine.ts";
import { hasPlaceholder } from "../placeholder.ts";

export const placeOf = ({ state, pointer }: EvaluatedText): Place => ({
  state: state.name,
  machine: state.machine.path,
  path: pointer,
});

const longestShown = 80;
export const shown = (source: string): string =>
  source.length > longestShown ? `${source.slice(0, longestShown)}…` : source;

export const grammarHolds: Rule = ({ expressions }) =>
  expressions.flatMap((each) => {
    const { broken, newer } = each.reading;
    if (broken !== undefined && hasPlaceholder(each.source)) return [];
    if (broken !== undefined)
      return [
        error(
          "syntax",
          placeOf(each),
          `the expression \`${shown(each.source)}\` has an error at character ${broken.position}: ${broken.message}`,
        ),
      ];
    // https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html: Step Functions has JSONata 2.0.6.
    const instead: Readonly<Record<string, string>> = {
      "??": "$exists(a) ? a : b",
      "?:": "a ? a : b",
    };
    return [...newer].map((operator) =>
      error(
        "newer-jsonata",
        placeOf(each),
        `the operator ${operator} came with JSONata 2.1, and Step Functions has 2.0.6: write \`${instead[operator] ?? ""}\``,
      ),
    );
  });

/** `{%` and `%}` have to be the first and the last characters: with blanks around them the text is plain. */
export const bracesAreOutermost: Rule = ({ texts }) =>
  texts
    .filter(({ text }) => expressionIn(text) === undefined && /^\s*\{%|%\}\s*$/.test(text))
    .map((each) =>
      warning(
        "not-an-expression",
        placeOf(each),
        `\`${shown(each.text)}\` is passed on as it is written, not evaluated: an expression begins with {% and ends with %}, with nothing around them`,
      ),
    );

/**
 * Functions live in JSONata only: a variable never holds one, so a call of anything else fails.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const functionsAreKnown: Rule = ({ expressions }) =>
  expressions.flatMap((each) =>
    [...each.reading.calls]
      .filter((name) => !functions.has(name))
      .map((name) =>
        name === "eval"
          ? error(
              "eval",
              placeOf(each),
              "Step Functions has no $eval: write the expression itself, or read JSON with $parse",
            )
          : error(
              "unknown-function",
              placeOf(each),
              `there is no function $${name} in JSONata or Step Functions.${didYouMean(name, functions)}`,
            ),
      ),
  );

/** https://states-language.net/#jsonata: there is no document that `$` could be; a state's input is `$states.input`. */
export const contextIsNamed: Rule = ({ expressions }) =>
  expressions.flatMap((each) =>
    [...each.reading.withoutContext].map((name) =>
      error(
        "no-context",
        placeOf(each),
        `\`${name}\` is read from nothing in \`${shown(each.source)}\`: Step Functions evaluates expressions without a document. Begin with $states.input, or with a variable.`,
      ),
    ),
  );
