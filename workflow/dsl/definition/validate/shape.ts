/** Whether each object has the fields that it must and may have. What they hold is for `values.ts`. */
import { fieldsOf, isObject, listOf, type Fields, type Machine } from "../machine.ts";
import { isPlaceholder } from "../placeholder.ts";
import type { Language, PlacedMachine, PlacedState } from "./definition.ts";
import { fieldsOfPart, fieldsOfType, machineFields, stateTypes, twinOf, type FieldSet } from "./fields.ts";
import { error, inMachine, inState, type Finding, type Place, type Rule } from "./finding.ts";
import { didYouMean } from "./nearest.ts";

/** From a field's name to its place. */
type Places = (...members: readonly (string | number)[]) => Place;

function unknown(field: string, { known, ofOtherLanguage }: FieldSet, language: Language, place: Place): Finding {
  if (!ofOtherLanguage.includes(field))
    return error("unknown-field", place, `there is no field "${field}" here.${didYouMean(field, known)}`);
  const twin = twinOf(field);
  const other = language === "JSONata" ? "JSONPath" : "JSONata";
  const instead = twin === undefined ? "" : ` Write ${twin} instead.`;
  return error(
    "wrong-language",
    place,
    `"${field}" is a field of ${other}, and the state is in ${language}.${instead}`,
  );
}

function object(fields: Fields, set: FieldSet, language: Language, places: Places): Finding[] {
  const missing = set.required.filter((names) => names.split("|").every((name) => fields[name] === undefined));
  return [
    ...missing.map((names) =>
      error("missing-field", places(), `the field "${names.split("|")[0] ?? names}" is missing: it is required here`),
    ),
    ...Object.keys(fields)
      .filter((field) => !set.known.includes(field))
      .map((field) => unknown(field, set, language, places(field))),
  ];
}

/** States that name no way on. */
const terminal = new Set(["Choice", "Succeed", "Fail"]);

function wayOn({ type = "", fields }: PlacedState, places: Places): Finding[] {
  if (terminal.has(type)) return [];
  if (fields.Next !== undefined && fields.End !== undefined)
    return [error("next-and-end", places("End"), "it has both Next and End: keep the one that is meant")];
  return fields.Next === undefined && fields.End === undefined
    ? [error("next-and-end", places(), 'it has neither Next nor End: name the next state, or write "End": true')]
    : [];
}

function waiting({ type, fields }: PlacedState, places: Places): Finding[] {
  if (type !== "Wait") return [];
  const given = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"].filter((each) => fields[each] !== undefined);
  return given.length === 1
    ? []
    : [
        error(
          "missing-field",
          places(),
          given.length === 0
            ? "a Wait has to have Seconds or Timestamp: say how long it waits"
            : `a Wait has one of Seconds and Timestamp, and this has ${given.join(" and ")}: keep one`,
        ),
      ];
}

function state(each: PlacedState): Finding[] {
  const { type = "", fields, language } = each;
  const places: Places = (...members) => inState(each, ...members);
  const set = fieldsOfType(type, language);
  if (set === undefined) {
    const what =
      fields.Type === undefined ? "the state has no Type" : `there is no state of type ${JSON.stringify(fields.Type)}`;
    return [
      error(
        "unknown-type",
        places("Type"),
        `${what}: types are ${stateTypes.join(", ")}.${didYouMean(type, stateTypes)}`,
      ),
    ];
  }
  const lists = (["Retry", "Catch"] as const).flatMap((part) =>
    listOf(fields[part]).flatMap((one, index) =>
      object(fieldsOf(one), fieldsOfPart(part, language), language, (...members) => places(part, index, ...members)),
    ),
  );
  const parts = (["Credentials", "ItemReader", "ItemBatcher", "ResultWriter"] as const)
    .filter((part) => isObject(fields[part]))
    .flatMap((part) =>
      object(fieldsOf(fields[part]), fieldsOfPart(part, language), language, (...members) => places(part, ...members)),
    );
  return [
    ...object(fields, set, language, places),
    ...wayOn(each, places),
    ...waiting(each, places),
    ...lists,
    ...parts,
    ...rules(each, places),
  ];
}

/** A JSONPath rule is a comparison or And, Or, Not of them, which is only looked at for what is JSONata's. */
function rules({ fields, language }: PlacedState, places: Places): Finding[] {
  const own = ["Condition", "Next", "Assign", "Output", "Comment"];
  return listOf(fields.Choices).flatMap((each, index) => {
    const rule = fieldsOf(each);
    const at: Places = (...members) => places("Choices", index, ...members);
    if (language === "JSONata") {
      const comparisons = Object.keys(rule).filter((field) =>
        /^(Variable|And|Or|Not|.+(Equals|Than|Path|Matches)|Is[A-Z].*)$/.test(field),
      );
      return object(rule, { known: own, ofOtherLanguage: comparisons, required: ["Condition", "Next"] }, language, at);
    }
    const known = Object.keys(rule).filter((field) => field !== "Condition" && field !== "Output");
    return object(rule, { known, ofOtherLanguage: ["Condition", "Output"], required: ["Next"] }, language, at);
  });
}

function machine(each: PlacedMachine): Finding[] {
  const { fields } = each.machine;
  const places: Places = (...members) => inMachine(each, ...members);
  const isProcessor = each.holder?.type === "Map";
  const known = [
    ...machineFields.any,
    ...(each.holder === undefined ? machineFields.program : []),
    ...(isProcessor ? machineFields.processor : []),
  ];
  // A States object that is empty is the mistake; where it starts can't be said then.
  const isEmpty = isObject(fields.States) && Object.keys(fields.States).length === 0;
  const required = isEmpty ? ["States"] : ["StartAt", "States"];
  return object(fields, { known, ofOtherLanguage: [], required }, "JSONata", places);
}

/** What is no object at all has no fields to be looked at. */
const hasFields = ({ name, machine: { fields } }: PlacedState): boolean => isObject(fieldsOf(fields.States)[name]);

export const fieldsFit: Rule = ({ machines, states }) => [
  ...machines.flatMap(machine),
  ...states.filter(hasFields).flatMap(state),
];

export const nothingIsEmpty: Rule = ({ machines, states }) => [
  ...machines
    .filter((each) => isObject(each.machine.fields.States) && each.states.length === 0)
    .map((each) => error("empty-machine", inMachine(each, "States"), "there are no states here: add one")),
  ...states.flatMap((each) =>
    [
      { type: "Parallel", list: "Branches", message: "a Parallel without branches: give it at least one" },
      { type: "Choice", list: "Choices", message: "a Choice without rules: give it at least one" },
    ]
      .filter(
        ({ type, list }) =>
          each.type === type && Array.isArray(each.fields[list]) && listOf(each.fields[list]).length === 0,
      )
      .map(({ list, message }) => error("empty-machine", inState(each, list), message)),
  ),
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const distributedOnly = [
  "ItemReader",
  "ItemBatcher",
  "ResultWriter",
  "ToleratedFailureCount",
  "ToleratedFailurePercentage",
  "Label",
];

const isInline = ({ ownExecution, fields }: Machine): boolean =>
  !ownExecution && !isPlaceholder(fieldsOf(fields.ProcessorConfig).Mode);

export const inlineMapIsPlain: Rule = ({ states }) =>
  states
    .filter(({ type, machines }) => type === "Map" && machines.every(isInline))
    .flatMap((each) =>
      distributedOnly
        .filter((field) => each.fields[field] !== undefined)
        .map((field) =>
          error(
            "distributed-only",
            inState(each, field),
            `only a distributed Map has "${field}": set "Mode": "DISTRIBUTED" in ItemProcessor.ProcessorConfig, or leave it out`,
          ),
        ),
    );
