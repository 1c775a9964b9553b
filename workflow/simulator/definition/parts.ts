/** What schemas of both query languages share. Strict: a field of the other language or a misspelt one is refused. */
import { z } from "zod";
import { jsonSchema, type Json } from "../json.ts";
import { maxSeconds } from "../limits.ts";
import { isReference, type Reference, type State } from "./asl.ts";

export const optional = z.exactOptional;
export const seconds: z.ZodType<number> = z.int().min(1).max(maxSeconds);

export const expression = z.string().regex(/^\{%[^]*%\}$/, "must be a number or a {% expression %}");
const reference = z.custom<Reference>((value) => isReference(value as Json));

/** A number, what yields one in JSONata, or a reference that a JSONPath state's own field was turned into. */
export function numeric(literal: z.ZodType<number>): z.ZodType<number | string | Reference> {
  return z.union([literal, expression, reference]);
}

export const count: z.ZodType<number | string | Reference> = numeric(z.int().min(0));

export const outgoing = { Next: optional(z.string()), End: optional(z.literal(true)) };
export const errorEquals = z.array(z.string()).min(1);
export const retry = z.array(
  z.strictObject({
    ErrorEquals: errorEquals,
    IntervalSeconds: optional(z.int().min(1)),
    MaxAttempts: optional(z.int().min(0).max(99_999_999)),
    BackoffRate: optional(z.number().min(1)),
    MaxDelaySeconds: optional(z.int().min(1).max(31_622_400)),
    JitterStrategy: optional(z.enum(["FULL", "NONE"])),
    Comment: optional(z.string()),
  }),
);

const readerConfig = z
  .strictObject({
    InputType: optional(z.enum(["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"])),
    MaxItems: optional(count),
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
export const resultWriter = z
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
export const itemReader = z.strictObject({
  Resource: z.string(),
  Arguments: optional(jsonSchema),
  ReaderConfig: optional(readerConfig),
});
export const itemBatcher = z.strictObject({
  MaxItemsPerBatch: optional(count),
  MaxInputBytesPerBatch: optional(count),
  BatchInput: optional(jsonSchema),
});

export type States = z.ZodType<Readonly<Record<string, State>>>;

/** A branch, and a Map's processor, given the states that may stand in it. */
export function branchShape(states: States): BranchShape {
  return { StartAt: z.string(), States: z.lazy(() => states), Comment: optional(z.string()) };
}
interface BranchShape {
  readonly StartAt: z.ZodString;
  readonly States: States;
  readonly Comment: z.ZodExactOptional<z.ZodString>;
}
export const processorConfig = z.strictObject({
  Mode: optional(z.enum(["INLINE", "DISTRIBUTED"])),
  ExecutionType: optional(z.enum(["STANDARD", "EXPRESS"])),
});
