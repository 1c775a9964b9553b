/** Map, inline; and what inline and distributed ones share. */
import * as z from "zod";
import { add, text, workflow } from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";

const each = workflow("each", { input: z.object({ names: z.array(z.string()), greeting: z.string() }) }, (flow, run) =>
  flow.map("Each", run.names, { maxConcurrency: 2 }, (flow, name, index) => {
    flow.wait("Pause", 5);
    return { said: text`${run.greeting} ${name}`, place: add(index, 1) };
  }),
);
const all = {
  given: { input: { names: ["Ada", "Grace", "Jean"], greeting: "Hi" } },
  ends: {
    output: [
      { said: "Hi Ada", place: 1 },
      { said: "Hi Grace", place: 2 },
      { said: "Hi Jean", place: 3 },
    ],
    takes: 10,
  },
};

export const mapRows: readonly Row[] = [
  {
    field: "Map.Items",
    here: "`flow.map(name, items, { maxConcurrency, retry }, (flow, item, index) => …)`; `itemsOf(array)` for a distributed one",
    program: each,
    values: ["{% $states.context.Execution.Input.names %}"],
    cases: [all],
  },
  {
    field: "Map.ItemSelector",
    here: "the item and its index, which the block is given",
    program: each,
    values: [{ EachItem: "{% $states.context.Map.Item.Value %}", EachIndex: "{% $states.context.Map.Item.Index %}" }],
    cases: [all],
  },
  {
    field: "Map.MaxConcurrency",
    here: "`{ maxConcurrency }`: a number, or a reference to one",
    program: each,
    values: [2],
    cases: [all],
  },
  {
    field: "Map.ItemProcessor.ProcessorConfig.Mode",
    of: "`INLINE`",
    here: "`flow.map`",
    program: each,
    values: ["INLINE"],
    cases: [all],
  },
  {
    field: "Map.ItemProcessor.StartAt",
    here: "a Pass that names the item and its index; a distributed Map's child starts with the block's first step",
    program: each,
    values: ["Each: begin"],
    cases: [all],
  },
  {
    field: "Map.ItemProcessor.States",
    here: "the block's steps; they see what is outside of the Map",
    program: each,
    values: [
      {
        "Each: begin": {
          Type: "Pass",
          Assign: { EachItem: "{% $states.input.EachItem %}", EachIndex: "{% $states.input.EachIndex %}" },
          Output: {},
          Next: "Pause",
        },
        Pause: { Type: "Wait", Seconds: 5, Next: "Each: end" },
        "Each: end": {
          Type: "Pass",
          Output: {
            said: '{% "" & $states.context.Execution.Input.greeting & " " & $EachItem %}',
            place: "{% $EachIndex + 1 %}",
          },
          End: true,
        },
      },
    ],
    cases: [all],
  },
  {
    field: "Map.ItemProcessor.Comment",
    here: "never written: the step's `comment` stands at the Map",
    program: each,
    values: [],
    cases: [all],
  },
];
