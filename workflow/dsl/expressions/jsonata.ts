/** The way out of the vocabulary: JSONata written by hand, with references in it, checked where it is written. */
import { callSite } from "../bundle/index.ts";
import { functionsIn } from "../expression.ts";
import type { Primitive, Ref, RefBase } from "../ref.ts";
import { mistake } from "../mistakes.ts";
import { expressionOf, reference, standIn } from "../reference.ts";
import { checkJsonata, type StatesMember } from "./jsonata_check.ts";
import { JsonataError } from "./jsonata_error.ts";

/** What may stand between the parts. */
export type Interpolated =
  RefBase<unknown> | Primitive | readonly Interpolated[] | { readonly [key: string]: Interpolated };

/** A template for expressions that may also use these members of `$states`. */
export const jsonataWith =
  (...members: readonly StatesMember[]) =>
  <T>(strings: TemplateStringsArray, ...values: readonly Interpolated[]): Ref<T> => {
    // Backslashes are JSONata's, but for the two that a template can't do without.
    const parts = strings.raw.map((part) => part.replaceAll("\\`", "`").replaceAll("\\${", "${"));
    const expressions = values.map(expressionOf);
    const { source, names, uses, problems } = checkJsonata(parts, members, new Set(expressions.flatMap(functionsIn)));
    if (problems.length > 0) {
      const error = new JsonataError(source, callSite(), problems);
      return reference(standIn(mistake("jsonata", error, error.sentence)));
    }
    return reference({ kind: "raw", parts, values: expressions, names, uses });
  };

/**
 * A value computed by JSONata: ``jsonata<number>`$sum(${orders}.amount)` ``. What it refers to is interpolated, a
 * reference or a JSON value; backslashes are JSONata's own. That it gives a `T` is its author's word.
 * What is wrong with it (its syntax, a variable or a function that isn't known, …) is a problem of the workflow.
 * @throws JsonataError that lists what is wrong with it, if no workflow is being written
 */
export const jsonata = jsonataWith();
