/** Whether states have names of their own, and lead to states that are there. */
import { textOf } from "../machine.ts";
import { isPlaceholder } from "../placeholder.ts";
import { error, inMachine, inState, type Finding, type Rule } from "./finding.ts";
import type { PlacedMachine, PlacedState } from "./definition.ts";
import { didYouMean } from "./nearest.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html */
const longest = 80;

export const namesAreGiven: Rule = ({ states }) =>
  states
    .filter(({ name }) => name === "")
    .map((each) => error("empty-name", inState(each), "the state's name is empty: give it one"));

export const namesAreShort: Rule = ({ states }) =>
  states
    .filter(({ name }) => name.length > longest)
    .map((each) =>
      error(
        "long-name",
        inState(each),
        `the name has ${each.name.length} characters, and ${longest} are allowed: shorten it`,
      ),
    );

/** https://states-language.net/#states-fields: unique within the whole machine, not only within one States object. */
export const namesAreUnique: Rule = ({ states }) => {
  const first = new Map<string, PlacedState>();
  return states.flatMap((each) => {
    const other = first.get(each.name);
    first.set(each.name, other ?? each);
    return other === undefined
      ? []
      : [
          error(
            "duplicate-name",
            inState(each),
            `another state has this name, at ${other.pointer}: names are unique in the whole machine. Rename one.`,
          ),
        ];
  });
};

export const targetsExist: Rule = ({ machines }) => {
  const homes = new Map(machines.flatMap(({ states }) => states.map((state) => [state.name, state] as const)));
  return machines.flatMap((each) => targets(each, homes));
};

function targets(each: PlacedMachine, homes: ReadonlyMap<string, PlacedState>): Finding[] {
  const here = new Set(each.states.map(({ name }) => name));
  const missing = (to: string): string | undefined => {
    if (here.has(to) || isPlaceholder(to)) return undefined;
    const elsewhere = homes.get(to);
    return elsewhere === undefined
      ? `there is no state "${to}".${didYouMean(to, here)}`
      : `"${to}" is in another States object (${elsewhere.pointer}): a state leads only to states beside it`;
  };
  const { startAt } = each.machine;
  const start = startAt === undefined || each.states.length === 0 ? undefined : missing(startAt);
  return [
    ...(start === undefined ? [] : [error("missing-target", inMachine(each, "StartAt"), start)]),
    ...each.states.flatMap((state) =>
      named(state).flatMap(({ to, place }) => {
        const message = missing(to);
        return message === undefined ? [] : [error("missing-target", inState(state, ...place), message)];
      }),
    ),
  ];
}

interface Target {
  readonly to: string;
  readonly place: readonly (string | number)[];
}

const named = ({ fields, transitions }: PlacedState): Target[] => {
  const place = (kind: string, rule: number): (string | number)[] => [kind, rule, "Next"];
  return [
    ...["Next", "Default"].flatMap((field) => {
      const to = textOf(fields[field]);
      return to === undefined ? [] : [{ to, place: [field] }];
    }),
    ...transitions.flatMap((each): Target[] => {
      if (each.kind === "choice") return [{ to: each.to, place: place("Choices", each.rule) }];
      return each.kind === "catch" ? [{ to: each.to, place: place("Catch", each.rule) }] : [];
    }),
  ];
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html: a JSONata machine has no JSONPath states. */
export const languagesMix: Rule = ({ machines, states }) => {
  const [program] = machines;
  const value = program?.machine.fields.QueryLanguage;
  const known = ["JSONata", "JSONPath"];
  const wrong = (given: unknown): boolean =>
    given !== undefined && !isPlaceholder(given) && !(typeof given === "string" && known.includes(given));
  const what = (given: unknown): string =>
    `there is no query language ${JSON.stringify(given)}: write "JSONata" or "JSONPath"`;
  return [
    ...(program !== undefined && wrong(value)
      ? [error("wrong-type", inMachine(program, "QueryLanguage"), what(value))]
      : []),
    ...states.flatMap((each) => {
      const own = each.fields.QueryLanguage;
      if (wrong(own)) return [error("wrong-type", inState(each, "QueryLanguage"), what(own))];
      return value === "JSONata" && own === "JSONPath"
        ? [
            error(
              "mixed-language",
              inState(each, "QueryLanguage"),
              "the machine is in JSONata, which allows no JSONPath state: rewrite the state, or make JSONPath the machine's language and JSONata that of its other states",
            ),
          ]
        : [];
    }),
  ];
};
