/**
 * Goes the first way whose rule the data meets.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/path-based-on-data
 */
import * as z from "zod";
import { and, eq, gte, lte, workflow, type Flow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "path_based_on_data",
  { input: z.object({ type: z.enum(["Private", "Public"]), value: z.number() }) },
  (flow, { type, value }) =>
    flow.if(
      "Private",
      eq(type, "Private"),
      () => "next state one",
      (flow: Flow) =>
        flow.if(
          "InTheTwenties",
          and(gte(value, 20), lte(value, 30)),
          () => "next state two",
          () => "default state",
        ),
    ),
);

export const pathBasedOnData = example(machine, {
  "takes the first way for what is private": {
    input: { type: "Private", value: 25 },
    output: "next state one",
    states: ["Private"],
  },
  "takes the second in the twenties": { input: { type: "Public", value: 30 }, output: "next state two" },
  "falls back otherwise": {
    input: { type: "Public", value: 31 },
    output: "default state",
    states: ["Private", "InTheTwenties"],
  },
});
