/** The fields of Amazon States Language: which a state has, by its type and query language. https://states-language.net/ */
import type { Language } from "./definition.ts";
import { lookup } from "../lookup.ts";

interface StateFields {
  /** In both languages. */
  readonly both: readonly string[];
  readonly JSONata: readonly string[];
  readonly JSONPath: readonly string[];
  readonly required: readonly string[];
}

const words = (text: string): string[] => text.split(" ");

/** `a|b`: one of them. */
const states: Readonly<Record<string, StateFields>> = {
  Task: {
    both: words("Next End Assign Resource TimeoutSeconds HeartbeatSeconds Credentials Retry Catch"),
    JSONata: words("Arguments Output"),
    JSONPath: words(
      "InputPath OutputPath ResultPath Parameters ResultSelector TimeoutSecondsPath HeartbeatSecondsPath",
    ),
    required: ["Resource"],
  },
  Pass: {
    both: words("Next End Assign"),
    JSONata: ["Output"],
    JSONPath: words("InputPath OutputPath ResultPath Parameters Result"),
    required: [],
  },
  Wait: {
    both: words("Next End Assign Seconds Timestamp"),
    JSONata: ["Output"],
    JSONPath: words("InputPath OutputPath SecondsPath TimestampPath"),
    required: [],
  },
  Choice: {
    both: words("Assign Choices Default"),
    JSONata: ["Output"],
    JSONPath: words("InputPath OutputPath"),
    required: ["Choices"],
  },
  Parallel: {
    both: words("Next End Assign Branches Retry Catch"),
    JSONata: words("Arguments Output"),
    JSONPath: words("InputPath OutputPath ResultPath Parameters ResultSelector"),
    required: ["Branches"],
  },
  Map: {
    both: words(
      "Next End Assign Retry Catch ItemProcessor Iterator ItemReader ItemSelector ItemBatcher ResultWriter MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage Label",
    ),
    JSONata: words("Items Output"),
    JSONPath: words(
      "InputPath OutputPath ResultPath ResultSelector Parameters ItemsPath MaxConcurrencyPath ToleratedFailureCountPath ToleratedFailurePercentagePath",
    ),
    required: ["ItemProcessor|Iterator"],
  },
  Succeed: { both: [], JSONata: ["Output"], JSONPath: words("InputPath OutputPath"), required: [] },
  Fail: { both: words("Error Cause"), JSONata: [], JSONPath: words("ErrorPath CausePath"), required: [] },
};

/** A part of a state with fields of its own. */
const objects = {
  Retry: {
    both: words("ErrorEquals IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment"),
    JSONata: [],
    JSONPath: [],
    required: ["ErrorEquals"],
  },
  Catch: {
    both: words("ErrorEquals Next Assign Comment"),
    JSONata: ["Output"],
    JSONPath: ["ResultPath"],
    required: words("ErrorEquals Next"),
  },
  Credentials: {
    both: ["RoleArn"],
    JSONata: [],
    JSONPath: ["RoleArn.$"],
    required: ["RoleArn|RoleArn.$"],
  },
  ItemBatcher: {
    both: words("MaxItemsPerBatch MaxInputBytesPerBatch BatchInput"),
    JSONata: [],
    JSONPath: words("MaxItemsPerBatchPath MaxInputBytesPerBatchPath"),
    required: [],
  },
  ItemReader: {
    both: words("Resource ReaderConfig"),
    JSONata: ["Arguments"],
    JSONPath: ["Parameters"],
    required: ["Resource"],
  },
  ResultWriter: {
    both: words("Resource WriterConfig"),
    JSONata: ["Arguments"],
    JSONPath: ["Parameters"],
    required: [],
  },
} satisfies Readonly<Record<string, StateFields>>;

/** What is written instead in the other language. */
const twins: Readonly<Record<string, string>> = {
  Parameters: "Arguments",
  ResultSelector: "Output",
  ResultPath: "Output",
  OutputPath: "Output",
  InputPath: "Arguments",
  Result: "Output",
  ItemsPath: "Items",
  Arguments: "Parameters",
  Output: "ResultSelector or OutputPath",
  Items: "ItemsPath",
};

/** What to write in place of a field of the other language: `Seconds` for `SecondsPath`. */
export const twinOf = (field: string): string | undefined =>
  lookup(twins, field) ?? (field.endsWith("Path") ? field.slice(0, -"Path".length) : undefined);

const common = words("Type Comment QueryLanguage");

export interface FieldSet {
  readonly known: readonly string[];
  readonly ofOtherLanguage: readonly string[];
  readonly required: readonly string[];
}

const fieldSet = (fields: StateFields, language: Language): FieldSet => ({
  known: [...fields.both, ...fields[language]],
  ofOtherLanguage: fields[language === "JSONata" ? "JSONPath" : "JSONata"],
  required: fields.required,
});

export const stateTypes: readonly string[] = Object.keys(states);

export function fieldsOfType(type: string, language: Language): FieldSet | undefined {
  const fields = lookup(states, type);
  if (fields === undefined) return undefined;
  const set = fieldSet(fields, language);
  return { ...set, known: [...common, ...set.known] };
}

export const fieldsOfPart = (part: keyof typeof objects, language: Language): FieldSet =>
  fieldSet(objects[part], language);

/** Of a States object; the program's own has three more. */
export const machineFields = {
  any: words("Comment StartAt States"),
  program: words("QueryLanguage TimeoutSeconds Version"),
  processor: ["ProcessorConfig"],
};
