/** The shape of a definition. Strict: a field of JSONPath mode or a misspelt one is refused as the service refuses it. */
import { z } from "zod";
import { jsonObjectSchema, jsonSchema } from "../json.ts";
import { maxSeconds } from "../limits.ts";
import type { Branch, Machine, State } from "./asl.ts";

const optional = z.exactOptional;
const expression = z.string().regex(/^\{%[^]*%\}$/, "must be a number or a {% expression %}");
const seconds = z.int().min(1).max(maxSeconds);

const commented = { Comment: optional(z.string()), QueryLanguage: optional(z.literal("JSONata")) };
const outgoing = { Next: optional(z.string()), End: optional(z.literal(true)) };
const assigning = { Assign: optional(jsonObjectSchema), Output: optional(jsonSchema) };
const errorEquals = z.array(z.string()).min(1);
const failable = {
  Retry: optional(
    z.array(
      z.strictObject({
        ErrorEquals: errorEquals,
        IntervalSeconds: optional(z.int().min(1)),
        MaxAttempts: optional(z.int().min(0).max(99_999_999)),
        BackoffRate: optional(z.number().min(1)),
        MaxDelaySeconds: optional(z.int().min(1).max(31_622_400)),
        JitterStrategy: optional(z.enum(["FULL", "NONE"])),
        Comment: optional(z.string()),
      }),
    ),
  ),
  Catch: optional(
    z.array(
      z.strictObject({ ErrorEquals: errorEquals, Next: z.string(), ...assigning, Comment: optional(z.string()) }),
    ),
  ),
};

const task = z.strictObject({
  Type: z.literal("Task"),
  Resource: z.string().min(1),
  Arguments: optional(jsonSchema),
  TimeoutSeconds: optional(z.union([seconds, expression])),
  HeartbeatSeconds: optional(z.union([seconds, expression])),
  Credentials: optional(jsonSchema),
  ...commented,
  ...outgoing,
  ...assigning,
  ...failable,
});
const pass = z.strictObject({ Type: z.literal("Pass"), ...commented, ...outgoing, ...assigning });
const choice = z.strictObject({
  Type: z.literal("Choice"),
  Choices: z
    .array(
      z.strictObject({
        Condition: z.union([z.boolean(), expression]),
        Next: z.string(),
        ...assigning,
        Comment: optional(z.string()),
      }),
    )
    .min(1),
  Default: optional(z.string()),
  ...commented,
  ...assigning,
});
const wait = z
  .strictObject({
    Type: z.literal("Wait"),
    Seconds: optional(z.union([z.int().min(0).max(maxSeconds), expression])),
    Timestamp: optional(z.string()),
    ...commented,
    ...outgoing,
    ...assigning,
  })
  .refine((state) => (state.Seconds === undefined) !== (state.Timestamp === undefined), {
    message: "needs either Seconds or Timestamp",
  });
const branch: z.ZodType<Branch> = z.strictObject({
  StartAt: z.string(),
  States: z.lazy(() => states),
  Comment: optional(z.string()),
});
const parallel = z.strictObject({
  Type: z.literal("Parallel"),
  Branches: z.array(branch).min(1),
  Arguments: optional(jsonSchema),
  ...commented,
  ...outgoing,
  ...assigning,
  ...failable,
});
const count = optional(z.union([z.int().min(0), expression]));
const readerConfig = z
  .strictObject({
    InputType: optional(z.enum(["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"])),
    MaxItems: count,
    ItemsPointer: optional(z.string()),
    CSVHeaderLocation: optional(z.enum(["FIRST_ROW", "GIVEN"])),
    CSVHeaders: optional(z.array(z.string())),
    CSVDelimiter: optional(z.enum(["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"])),
    ManifestType: optional(z.enum(["ATHENA_DATA", "S3_INVENTORY"])),
    Transformation: optional(z.enum(["NONE", "LOAD_AND_FLATTEN"])),
  })
  .refine((config) => (config.CSVHeaderLocation === "GIVEN") === (config.CSVHeaders !== undefined), {
    message: "CSVHeaders and CSVHeaderLocation GIVEN need each other",
  })
  .refine((config) => config.InputType !== "CSV" || config.CSVHeaderLocation !== undefined, {
    message: "InputType CSV needs CSVHeaderLocation",
  });
const resultWriter = z
  .strictObject({
    Resource: optional(z.string()),
    Arguments: optional(jsonSchema),
    WriterConfig: optional(
      z.strictObject({
        Transformation: optional(z.enum(["NONE", "COMPACT", "FLATTEN"])),
        OutputType: optional(z.enum(["JSON", "JSONL"])),
      }),
    ),
  })
  .refine((writer) => (writer.Resource === undefined) === (writer.Arguments === undefined), {
    message: "Resource and Arguments need each other",
  })
  .refine((writer) => writer.Resource !== undefined || writer.WriterConfig !== undefined, {
    message: "needs Resource and Arguments, or WriterConfig",
  });
const map = z.strictObject({
  Type: z.literal("Map"),
  Items: optional(z.union([z.array(jsonSchema), expression])),
  ItemReader: optional(
    z.strictObject({
      Resource: z.string(),
      Arguments: optional(jsonSchema),
      ReaderConfig: optional(readerConfig),
    }),
  ),
  ItemSelector: optional(jsonSchema),
  ItemBatcher: optional(
    z.strictObject({ MaxItemsPerBatch: count, MaxInputBytesPerBatch: count, BatchInput: optional(jsonSchema) }),
  ),
  ResultWriter: optional(resultWriter),
  ItemProcessor: z.strictObject({
    ProcessorConfig: optional(
      z.strictObject({
        Mode: optional(z.enum(["INLINE", "DISTRIBUTED"])),
        ExecutionType: optional(z.enum(["STANDARD", "EXPRESS"])),
      }),
    ),
    StartAt: z.string(),
    States: z.lazy(() => states),
    Comment: optional(z.string()),
  }),
  MaxConcurrency: count,
  ToleratedFailureCount: count,
  ToleratedFailurePercentage: optional(z.union([z.number().min(0).max(100), expression])),
  Label: optional(z.string().max(40)),
  ...commented,
  ...outgoing,
  ...assigning,
  ...failable,
});
const succeed = z.strictObject({ Type: z.literal("Succeed"), Output: optional(jsonSchema), ...commented });
const fail = z.strictObject({
  Type: z.literal("Fail"),
  Error: optional(z.string()),
  Cause: optional(z.string()),
  ...commented,
});

const state: z.ZodType<State> = z.discriminatedUnion("Type", [task, pass, choice, wait, parallel, map, succeed, fail]);
const states = z.record(z.string().min(1).max(80), state);

export const machineSchema: z.ZodType<Machine> = z.strictObject({
  StartAt: z.string(),
  States: states,
  Comment: optional(z.string()),
  QueryLanguage: optional(z.enum(["JSONata", "JSONPath"])),
  Version: optional(z.string()),
  TimeoutSeconds: optional(seconds),
});
