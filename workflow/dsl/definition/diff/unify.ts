/** Finds the texts for which tokens stand, from texts with tokens and the same texts without. */
import { tokenPattern } from "../../tokens.ts";

/** A text that may have tokens, and the one in which other texts stand in their places. */
export type Pair = readonly [pattern: string, text: string];

type Values = ReadonlyMap<string, string>;

/** Literals and the names of tokens by turns, with a literal at either end. */
interface Equation {
  readonly parts: readonly string[];
  readonly text: string;
}

/** The text of each token that has one, by its name. */
export function solve(pairs: readonly Pair[]): Record<string, string> {
  let values: Values = new Map();
  const open = new Set(
    pairs
      .map(([pattern, text]): Equation => ({ parts: pattern.split(tokenPattern), text }))
      .filter(({ parts }) => parts.length > 1),
  );
  while (open.size > 0) {
    for (const each of open) if (unknownIn(each, values).size === 0) open.delete(each);
    const single = [...open].filter((each) => unknownIn(each, values).size === 1);
    // One unknown has one solution, so those go first; several may have many, of which one that fits all is wanted.
    const found = single.length > 0 ? voted(single, values) : (allOf([...open], values) ?? anyOf([...open], values));
    values = new Map([...values, ...found]);
    // What gave nothing has no solution.
    for (const each of single.length > 0 ? single : open) open.delete(each);
  }
  return Object.fromEntries(values);
}

function unknownIn({ parts }: Equation, values: Values): Set<string> {
  return new Set(parts.filter((name, index) => index % 2 === 1 && !values.has(name)));
}

/** Each token's most frequent value, the first of those that are as frequent. */
function voted(equations: readonly Equation[], values: Values): Values {
  const votes = equations.flatMap((each) => {
    const { value } = solutions(each, values, { left: budget }).next();
    return [...(value ?? [])].filter(([name]) => !values.has(name));
  });
  return new Map(
    [...Map.groupBy(votes, ([name]) => name)].flatMap(([name, all]) => {
      const [most] = [...Map.groupBy(all, ([, text]) => text)].sort(([, one], [, other]) => other.length - one.length);
      return most === undefined ? [] : [[name, most[0]] as const];
    }),
  );
}

/** Steps of a search that may have to try too much. */
const budget = 100_000;
interface Budget {
  left: number;
}

/** Values that solve all equations. */
function allOf(equations: readonly Equation[], values: Values, steps: Budget = { left: budget }): Values | undefined {
  const [first, ...rest] = equations;
  if (first === undefined) return values;
  for (const each of solutions(first, values, steps)) {
    const all = allOf(rest, each, steps);
    if (all !== undefined) return all;
  }
  return undefined;
}

/** Values that solve one equation after the other, as far as they can be solved together. */
const anyOf = (equations: readonly Equation[], values: Values): Values =>
  equations.reduce((known, each) => solutions(each, known, { left: budget }).next().value ?? known, values);

/** All ways to cut the text into the parts, the shortest values first. */
function* solutions(equation: Equation, values: Values, steps: Budget, part = 0, at = 0): Generator<Values, undefined> {
  const { parts, text } = equation;
  const literal = parts[part] ?? "";
  if (!text.startsWith(literal, at)) return;
  const start = at + literal.length;
  const name = parts[part + 1];
  if (name === undefined) {
    if (start === text.length) yield values;
    return;
  }
  const after = parts[part + 2] ?? "";
  const known = values.get(name);
  if (known !== undefined) {
    if (text.startsWith(known, start)) yield* solutions(equation, values, steps, part + 2, start + known.length);
    return;
  }
  for (let end = start; end <= text.length && steps.left > 0; end += 1) {
    if (!text.startsWith(after, end)) continue;
    steps.left -= 1;
    yield* solutions(equation, new Map([...values, [name, text.slice(start, end)]]), steps, part + 2, end);
  }
}
