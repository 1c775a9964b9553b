/** The shape of a definition. Strict: a field of the other query language or a misspelt one is refused as the service refuses it. */
import { z } from "zod";
import { jsonObjectSchema, jsonSchema, recordSchema } from "../json.ts";
import { maxSeconds } from "../limits.ts";
import type { Machine, State } from "./asl.ts";
import { jsonPathStates } from "./jsonpath-schema.ts";
import {
  branchShape,
  count,
  errorEquals,
  expression,
  itemBatcher,
  itemReader,
  numeric,
  optional,
  outgoing,
  processorConfig,
  resultWriter,
  retry,
  seconds,
  type States,
} from "./parts.ts";

const states: States = recordSchema(
  z.string().min(1).max(80),
  z.lazy(() => state),
);
const inner = branchShape(states);

const commented = { Comment: optional(z.string()), QueryLanguage: z.literal("JSONata") };
const assigning = { Assign: optional(jsonObjectSchema), Output: optional(jsonSchema) };
const failable = {
  Retry: optional(retry),
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
  TimeoutSeconds: optional(numeric(seconds)),
  HeartbeatSeconds: optional(numeric(seconds)),
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
    Seconds: optional(numeric(z.int().min(0).max(maxSeconds))),
    Timestamp: optional(z.string()),
    ...commented,
    ...outgoing,
    ...assigning,
  })
  .refine((state) => (state.Seconds === undefined) !== (state.Timestamp === undefined), {
    message: "needs either Seconds or Timestamp",
  });
const parallel = z.strictObject({
  Type: z.literal("Parallel"),
  Branches: z.array(z.strictObject(inner)).min(1),
  Arguments: optional(jsonSchema),
  ...commented,
  ...outgoing,
  ...assigning,
  ...failable,
});
const map = z.strictObject({
  Type: z.literal("Map"),
  Items: optional(z.union([z.array(jsonSchema), jsonObjectSchema, expression])),
  ItemReader: optional(itemReader),
  ItemSelector: optional(jsonSchema),
  ItemBatcher: optional(itemBatcher),
  ResultWriter: optional(resultWriter),
  ItemProcessor: z.strictObject({ ProcessorConfig: optional(processorConfig), ...inner }),
  MaxConcurrency: optional(count),
  ToleratedFailureCount: optional(count),
  ToleratedFailurePercentage: optional(numeric(z.number().min(0).max(100))),
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

const jsonata = z.discriminatedUnion("Type", [task, pass, choice, wait, parallel, map, succeed, fail]);
const state: z.ZodType<State> = z.discriminatedUnion("QueryLanguage", [jsonata, jsonPathStates(states)]);

export const machineSchema: z.ZodType<Machine> = z.strictObject({
  StartAt: z.string(),
  States: states,
  Comment: optional(z.string()),
  QueryLanguage: optional(z.enum(["JSONata", "JSONPath"])),
  Version: optional(z.string()),
  TimeoutSeconds: optional(seconds),
});
