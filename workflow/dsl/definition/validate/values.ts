/** Whether fields hold values of the right kind: texts, lists, objects, expressions. Numbers are for `limits.ts`. */
import { expressionIn, fieldsOf, isObject } from "../machine.ts";
import { isPlaceholder } from "../placeholder.ts";
import { error, inMachine, inState, type Finding, type Place, type Rule } from "./finding.ts";
import { lookup } from "../lookup.ts";

interface Kind {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

const text: Kind = { what: "a text", fits: (value) => typeof value === "string" };
const object: Kind = { what: "an object", fits: isObject };
const objects: Kind = {
  what: "a list of objects",
  fits: (value) => Array.isArray(value) && value.every(isObject),
};
const texts: Kind = {
  what: "a list of texts",
  fits: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
};
const yes: Kind = { what: "true", fits: (value) => value === true };
const condition: Kind = {
  what: "true, false or an expression",
  fits: (value) => typeof value === "boolean" || expressionIn(value) !== undefined,
};
const items: Kind = {
  what: "a list, an object or an expression",
  fits: (value) => Array.isArray(value) || isObject(value) || expressionIn(value) !== undefined,
};

const ofStates: Readonly<Record<string, Kind>> = {
  Next: text,
  End: yes,
  Comment: text,
  Default: text,
  Resource: text,
  Error: text,
  Cause: text,
  Timestamp: text,
  Label: text,
  Assign: object,
  Branches: objects,
  Choices: objects,
  Retry: objects,
  Catch: objects,
  ItemProcessor: object,
  Iterator: object,
  ItemReader: object,
  ItemBatcher: object,
  ResultWriter: object,
};
const ofParts: Readonly<Record<string, Kind>> = { Next: text, ErrorEquals: texts, Assign: object };

const wrong = (field: string, value: unknown, kind: Kind | undefined, place: Place): Finding[] =>
  kind === undefined || value === undefined || isPlaceholder(value) || kind.fits(value)
    ? []
    : [
        error(
          "wrong-type",
          place,
          `"${field}" has to be ${kind.what}, and it is ${JSON.stringify(value).slice(0, 60)}`,
        ),
      ];

const check = (value: unknown, kinds: Readonly<Record<string, Kind>>, place: (field: string) => Place): Finding[] =>
  Object.entries(fieldsOf(value)).flatMap(([field, each]) => wrong(field, each, lookup(kinds, field), place(field)));

export const valuesFit: Rule = ({ machines, states }) => [
  ...machines.flatMap((each) =>
    check(each.machine.fields, { StartAt: text, States: object, Comment: text }, (field) => inMachine(each, field)),
  ),
  ...states.flatMap((each) => {
    const jsonata = each.language === "JSONata";
    const parts = ["Choices", "Catch", "Retry"].flatMap((field) => {
      const value = each.fields[field];
      const kinds = jsonata ? { ...ofParts, Condition: condition } : ofParts;
      return (Array.isArray(value) ? value : []).flatMap((part: unknown, index) =>
        check(part, kinds, (name) => inState(each, field, index, name)),
      );
    });
    const kinds = jsonata ? { ...ofStates, Items: items } : ofStates;
    return [...check(each.fields, kinds, (field) => inState(each, field)), ...parts];
  }),
];

/** Each state is an object. */
export const statesAreObjects: Rule = ({ machines }) =>
  machines.flatMap((each) =>
    Object.entries(fieldsOf(each.machine.fields.States))
      .filter(([, state]) => !isObject(state))
      .map(([name]) =>
        error("wrong-type", { ...inMachine(each, "States", name), state: name }, "a state has to be an object"),
      ),
  );
