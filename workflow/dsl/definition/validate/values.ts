/** Whether fields hold values of the right kind: texts, lists, objects, expressions. Numbers are for `limits.ts`. */
import { expressionIn, fieldsOf, isObject, listOf } from "../machine.ts";
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
const version: Kind = { what: "1.0", fits: (value) => value === "1.0" };
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
/** In JSONata. */
const ofJsonataStates: Readonly<Record<string, Kind>> = { ...ofStates, Items: items };
const ofJsonataParts: Readonly<Record<string, Kind>> = { ...ofParts, Condition: condition };

const check = (value: unknown, kinds: Readonly<Record<string, Kind>>, place: (field: string) => Place): Finding[] =>
  Object.entries(fieldsOf(value)).flatMap(([field, each]) => {
    const kind = lookup(kinds, field);
    if (kind === undefined || each === undefined || isPlaceholder(each) || kind.fits(each)) return [];
    const written = JSON.stringify(each).slice(0, 60);
    return [error("wrong-type", place(field), `"${field}" has to be ${kind.what}, and it is ${written}`)];
  });

export const valuesFit: Rule = ({ machines, states }) => [
  ...machines.flatMap((each) =>
    check(each.machine.fields, { StartAt: text, States: object, Comment: text, Version: version }, (field) =>
      inMachine(each, field),
    ),
  ),
  ...states.flatMap((each) => {
    const jsonata = each.language === "JSONata";
    const parts = ["Choices", "Catch", "Retry"].flatMap((field) => {
      const kinds = jsonata ? ofJsonataParts : ofParts;
      return listOf(each.fields[field]).flatMap((part, index) =>
        check(part, kinds, (name) => inState(each, field, index, name)),
      );
    });
    const kinds = jsonata ? ofJsonataStates : ofStates;
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
