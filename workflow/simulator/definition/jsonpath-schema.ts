/** The shape of states in JSONPath mode; fields that have a counterpart in JSONata mode come out under its name. */
import { z } from "zod";
import { isObject, jsonObjectSchema, jsonSchema } from "../json.ts";
import { referenceSteps } from "../jsonpath/path.ts";
import { dynamicError, templateErrors } from "../jsonpath/template.ts";
import { maxSeconds } from "../limits.ts";
import { parseTimestamp } from "../timestamp.ts";
import { pathKey, type Reference, type State } from "./asl.ts";
import { comparison, path } from "./comparison-schema.ts";
import {
  branchShape,
  errorEquals,
  itemBatcher,
  itemReader,
  optional,
  outgoing,
  processorConfig,
  resultWriter,
  retry,
  seconds,
  type States,
} from "./parts.ts";

const resultPath = z
  .string()
  .refine((source) => (source === "$" || /^\$[.[]/.test(source)) && referenceSteps(source) !== undefined, {
    message: "must be a reference path like $.a.b, or null",
  });
const toReference = (source: string): Reference => ({ [pathKey]: source });
const reference = path.transform(toReference);
/** ErrorPath and CausePath take intrinsic functions, too. */
const dynamic = z
  .string()
  .superRefine((source, context) => {
    const problem = dynamicError(source);
    if (problem !== undefined) context.addIssue(`must be a JSONPath or an intrinsic function call: ${problem}`);
  })
  .transform(toReference);
const checked = (value: unknown, context: z.RefinementCtx): void => {
  for (const [place, message] of templateErrors(value)) context.addIssue({ code: "custom", path: place, message });
};
const template = jsonSchema.superRefine(checked);
const assign = jsonObjectSchema.superRefine(checked);

const entering = {
  QueryLanguage: z.literal("JSONPath"),
  Comment: optional(z.string()),
  InputPath: optional(path.nullable()),
};
const leaving = { Assign: optional(assign), OutputPath: optional(path.nullable()) };
const merging = { ...leaving, ResultPath: optional(resultPath.nullable()) };
const failable = {
  ...merging,
  ResultSelector: optional(template),
  Retry: optional(retry),
  Catch: optional(
    z.array(
      z.strictObject({
        ErrorEquals: errorEquals,
        Next: z.string(),
        Assign: optional(assign),
        ResultPath: optional(resultPath.nullable()),
        Comment: optional(z.string()),
      }),
    ),
  ),
};

/** A member under another name, or none. */
function given<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>);
}

const task = z
  .strictObject({
    Type: z.literal("Task"),
    Resource: z.string().min(1),
    Parameters: optional(template),
    TimeoutSeconds: optional(seconds),
    TimeoutSecondsPath: optional(reference),
    HeartbeatSeconds: optional(seconds),
    HeartbeatSecondsPath: optional(reference),
    Credentials: optional(template),
    ...entering,
    ...outgoing,
    ...failable,
  })
  .transform(({ Parameters, TimeoutSecondsPath, HeartbeatSecondsPath, ...state }) => ({
    ...state,
    ...given("Arguments", Parameters),
    ...given("TimeoutSeconds", TimeoutSecondsPath),
    ...given("HeartbeatSeconds", HeartbeatSecondsPath),
  }));
const pass = z
  .strictObject({
    Type: z.literal("Pass"),
    Result: optional(jsonSchema),
    Parameters: optional(template),
    ...entering,
    ...outgoing,
    ...merging,
  })
  .transform(({ Parameters, ...state }) => ({ ...state, ...given("Arguments", Parameters) }));
const wait = z
  .strictObject({
    Type: z.literal("Wait"),
    Seconds: optional(z.int().min(0).max(maxSeconds)),
    SecondsPath: optional(reference),
    Timestamp: optional(
      z.string().refine((text) => parseTimestamp(text) !== undefined, "String does not match RFC3339 timestamp"),
    ),
    TimestampPath: optional(reference),
    ...entering,
    ...outgoing,
    ...leaving,
  })
  .refine(
    (state) =>
      [state.Seconds, state.SecondsPath, state.Timestamp, state.TimestampPath].filter((field) => field !== undefined)
        .length === 1,
    { message: "needs one of Seconds, SecondsPath, Timestamp and TimestampPath" },
  )
  .transform(({ SecondsPath, TimestampPath, ...state }) => ({
    ...state,
    ...given("Seconds", SecondsPath),
    ...given("Timestamp", TimestampPath),
  }));
const succeed = z.strictObject({ Type: z.literal("Succeed"), OutputPath: optional(path.nullable()), ...entering });
const fail = z
  .strictObject({
    Type: z.literal("Fail"),
    Error: optional(z.string()),
    ErrorPath: optional(dynamic),
    Cause: optional(z.string()),
    CausePath: optional(dynamic),
    QueryLanguage: z.literal("JSONPath"),
    Comment: optional(z.string()),
  })
  .transform(({ ErrorPath, CausePath, ...state }) => ({
    ...state,
    ...given("Error", ErrorPath),
    ...given("Cause", CausePath),
  }));

const rule = z
  .looseObject({ Next: z.string(), Assign: optional(assign), Comment: optional(z.string()) })
  .transform(({ Next, Assign, Comment, ...condition }, context) => ({
    Next,
    Condition: comparison(condition, context),
    ...given("Assign", Assign),
    ...given("Comment", Comment),
  }));
const choice = z
  .strictObject({
    Type: z.literal("Choice"),
    Choices: z.array(rule).min(1),
    Default: optional(z.string()),
    ...entering,
    ...leaving,
  })
  // OutputPath is the state's own, whichever rule matches.
  .transform((state) => ({
    ...state,
    Choices: state.Choices.map((each) => ({ ...each, ...given("OutputPath", state.OutputPath) })),
  }));

/** Renames members of an object, before another schema looks at it; paths become references. */
function renamed(names: Readonly<Record<string, string>>) {
  return (raw: unknown): unknown => {
    if (!isObject(raw)) return raw;
    return Object.fromEntries(
      Object.entries(raw).map(([key, value]) => {
        const name = Object.hasOwn(names, key) ? names[key] : undefined;
        if (name === undefined) return [key, value];
        return [name, key.endsWith("Path") && typeof value === "string" ? toReference(value) : value];
      }),
    );
  };
}

const paths = ["MaxItems", "MaxItemsPerBatch", "MaxInputBytesPerBatch"];
const pathNames = Object.fromEntries(paths.map((name) => [`${name}Path`, name]));
const reader = z.preprocess((raw) => {
  const outer = z
    .looseObject({ ReaderConfig: z.unknown().optional() })
    .safeParse(renamed({ Parameters: "Arguments" })(raw));
  if (!outer.success || outer.data.ReaderConfig === undefined) return outer.data ?? raw;
  return { ...outer.data, ReaderConfig: renamed(pathNames)(outer.data.ReaderConfig) };
}, itemReader);
const writer = z.preprocess(renamed({ Parameters: "Arguments" }), resultWriter);
const batcher = z.preprocess(renamed(pathNames), itemBatcher);

/** @param states what may stand in a branch: states of both languages */
export function jsonPathStates(states: States): z.ZodType<State> & z.core.$ZodTypeDiscriminable {
  const inner = branchShape(states);
  const parallel = z
    .strictObject({
      Type: z.literal("Parallel"),
      Branches: z.array(z.strictObject(inner)).min(1),
      Parameters: optional(template),
      ...entering,
      ...outgoing,
      ...failable,
    })
    .transform(({ Parameters, ...state }) => ({ ...state, ...given("Arguments", Parameters) }));
  const processor = z.strictObject({ ProcessorConfig: optional(processorConfig), ...inner });
  const count = optional(z.int().min(0));
  const map = z
    .strictObject({
      Type: z.literal("Map"),
      ItemsPath: optional(reference),
      ItemReader: optional(reader),
      ItemSelector: optional(template),
      Parameters: optional(template),
      ItemBatcher: optional(batcher),
      ResultWriter: optional(writer),
      ItemProcessor: optional(processor),
      Iterator: optional(processor),
      MaxConcurrency: count,
      MaxConcurrencyPath: optional(reference),
      ToleratedFailureCount: count,
      ToleratedFailureCountPath: optional(reference),
      ToleratedFailurePercentage: optional(z.number().min(0).max(100)),
      ToleratedFailurePercentagePath: optional(reference),
      Label: optional(z.string().max(40)),
      ...entering,
      ...outgoing,
      ...failable,
    })
    .transform((state, context) => {
      const { ItemsPath, Parameters, ItemProcessor, Iterator, ...others } = state;
      const { MaxConcurrencyPath, ToleratedFailureCountPath, ToleratedFailurePercentagePath, ...rest } = others;
      const states = ItemProcessor ?? Iterator;
      if (states === undefined) {
        context.addIssue("needs an ItemProcessor");
        return z.NEVER;
      }
      return {
        ...rest,
        ItemProcessor: states,
        ...given("Items", ItemsPath ?? (rest.ItemReader === undefined ? toReference("$") : undefined)),
        ...given("ItemSelector", rest.ItemSelector ?? Parameters),
        ...given("MaxConcurrency", MaxConcurrencyPath ?? rest.MaxConcurrency),
        ...given("ToleratedFailureCount", ToleratedFailureCountPath ?? rest.ToleratedFailureCount),
        ...given("ToleratedFailurePercentage", ToleratedFailurePercentagePath ?? rest.ToleratedFailurePercentage),
      };
    });
  return z.discriminatedUnion("Type", [task, pass, choice, wait, parallel, map, succeed, fail]);
}
