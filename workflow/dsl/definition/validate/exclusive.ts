/** Whether fields that mean the same stand alone: a value and its path, and the two names of a Map's processor. */
import { fieldsOf, isObject, type Fields } from "../machine.ts";
import { error, inState, type Finding, type Place, type Rule } from "./finding.ts";

/** From the members that lead to a field to its place. */
type Places = (...members: readonly string[]) => Place;

/** https://states-language.net/: of each pair, at most one. */
const ofStates = [
  ["TimeoutSeconds", "TimeoutSecondsPath"],
  ["HeartbeatSeconds", "HeartbeatSecondsPath"],
  ["MaxConcurrency", "MaxConcurrencyPath"],
  ["ToleratedFailureCount", "ToleratedFailureCountPath"],
  ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
  ["Error", "ErrorPath"],
  ["Cause", "CausePath"],
] as const;
const ofMaps = [
  ["ItemProcessor", "Iterator"],
  ["ItemSelector", "Parameters"],
] as const;
const ofBatchers = [
  ["MaxItemsPerBatch", "MaxItemsPerBatchPath"],
  ["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"],
] as const;
const ofReaders = [["MaxItems", "MaxItemsPath"]] as const;

const both = (fields: Fields, pairs: readonly (readonly [string, string])[], places: Places): Finding[] =>
  pairs
    .filter((pair) => pair.every((field) => fields[field] !== undefined))
    .map(([one, other]) =>
      error(
        "exclusive-fields",
        places(other),
        `it has both "${one}" and "${other}", and may have one of them: keep one`,
      ),
    );

/** The objects of a template, which may hold `a` and `a.$`. https://states-language.net/#payload-template */
function ofTemplate(value: unknown, places: Places): Finding[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => ofTemplate(each, at(places, String(index))));
  if (!isObject(value)) return [];
  const pairs = Object.keys(value).map((name) => [name, `${name}.$`] as const);
  return [
    ...both(value, pairs, places),
    ...Object.entries(value).flatMap(([name, each]) => ofTemplate(each, at(places, name))),
  ];
}

const at =
  (places: Places, ...before: readonly string[]): Places =>
  (...members) =>
    places(...before, ...members);

const templates = ["Parameters", "ResultSelector", "ItemSelector", "Assign"];

/** In JSONata the paths are fields of the other language, and told of as such. */
export const fieldsStandAlone: Rule = ({ states }) =>
  states.flatMap((state) => {
    const { fields, language, type } = state;
    const places: Places = (...members) => inState(state, ...members);
    const processors = type === "Map" ? both(fields, ofMaps.slice(0, 1), places) : [];
    if (language === "JSONata") return processors;
    const reader = fieldsOf(fieldsOf(fields.ItemReader).ReaderConfig);
    return [
      ...processors,
      ...both(fields, type === "Map" ? [...ofStates, ...ofMaps.slice(1)] : ofStates, places),
      ...both(fieldsOf(fields.ItemBatcher), ofBatchers, at(places, "ItemBatcher")),
      ...both(reader, ofReaders, at(places, "ItemReader", "ReaderConfig")),
      ...templates.flatMap((template) => ofTemplate(fields[template], at(places, template))),
    ];
  });
