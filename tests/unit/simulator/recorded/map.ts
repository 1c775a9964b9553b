/** What a Map's iterations know, give and fail by. */
import { branch, machine, task } from "../machines.ts";
import { docs, expressionAt, type Fact } from "./fact.ts";

const inline = docs("state-map-inline");
const keep = branch({ Keep: { Type: "Pass", End: true } });

function each(fields: object, processor: object = keep): object {
  return machine({ Each: { Type: "Map", ...fields, ItemProcessor: processor, End: true } });
}

export const maps: readonly Fact[] = [
  {
    fact: "ItemSelector makes each iteration's input from the item, variables and constants",
    source: "recorded: scenarios/test_map_state_item_selector[MAP_STATE_ITEM_SELECTOR_JSONATA]",
    definition: machine({
      Set: { Type: "Pass", Assign: { shelves: ["a", "b"] }, Next: "Each" },
      Each: {
        Type: "Map",
        Items: "{% $shelves %}",
        ItemSelector: {
          shelf: "{% $states.context.Map.Item.Value %}",
          of: "{% $count($shelves) %}",
          unit: "kg",
        },
        ItemProcessor: keep,
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [
      { shelf: "a", of: 2, unit: "kg" },
      { shelf: "b", of: 2, unit: "kg" },
    ],
  },
  {
    fact: "ItemSelector's $states.input is the Map's input, and the index counts from 0",
    source: "recorded: scenarios/test_map_state_item_selector",
    definition: each({
      Items: "{% $states.input.shelves %}",
      ItemSelector: { n: "{% $states.context.Map.Item.Index %}", store: "{% $states.input.store %}" },
    }),
    input: { store: "s-1", shelves: ["a", "b"] },
    status: "SUCCEEDED",
    output: [
      { n: 0, store: "s-1" },
      { n: 1, store: "s-1" },
    ],
  },
  {
    fact: "Without ItemSelector the item is the iteration's input",
    source: inline,
    definition: each(
      { Items: [{ a: 1 }] },
      branch({ Look: { Type: "Pass", Output: "{% $states.input.a %}", End: true } }),
    ),
    status: "SUCCEEDED",
    output: [1],
  },
  {
    fact: "States of an iteration know its item by the context",
    source: docs("input-output-contextobject"),
    definition: each(
      { Items: ["a", "b"], ItemSelector: {} },
      branch({ Look: { Type: "Pass", Output: "{% $states.context.Map.Item %}", End: true } }),
    ),
    status: "SUCCEEDED",
    output: [
      { Index: 0, Value: "a" },
      { Index: 1, Value: "b" },
    ],
  },
  {
    fact: "A Map's output is in the order of its items, whoever ends first",
    source: inline,
    definition: each(
      { Items: [3, 1, 2] },
      branch({ Sleep: { Type: "Wait", Seconds: "{% $states.input %}", End: true } }),
    ),
    status: "SUCCEEDED",
    output: [3, 1, 2],
    seconds: 3,
  },
  {
    fact: "MaxConcurrency 1 takes the items one after the other",
    source: "recorded: evaluate_jsonata/test_base_map[ITEMS]",
    definition: each(
      { Items: [3, 1, 2], MaxConcurrency: 1 },
      branch({ Sleep: { Type: "Wait", Seconds: "{% $states.input %}", End: true } }),
    ),
    status: "SUCCEEDED",
    output: [3, 1, 2],
    seconds: 6,
  },
  {
    fact: "MaxConcurrency may be an expression",
    source: "recorded: evaluate_jsonata/test_base_map[MAX_CONCURRENCY]",
    definition: each(
      { Items: [4, 4, 4, 4], MaxConcurrency: "{% $lanes := 2 %}" },
      branch({ Sleep: { Type: "Wait", Seconds: "{% $states.input %}", End: true } }),
    ),
    status: "SUCCEEDED",
    output: [4, 4, 4, 4],
    seconds: 8,
  },
  {
    fact: "MaxConcurrency may come from the input",
    source: "recorded: evaluate_jsonata/test_base_map_from_input[MAX_CONCURRENCY]",
    definition: each(
      { Items: [4, 4], MaxConcurrency: "{% $states.input.lanes %}" },
      branch({ Sleep: { Type: "Wait", Seconds: "{% $states.input %}", End: true } }),
    ),
    input: { lanes: 1 },
    status: "SUCCEEDED",
    output: [4, 4],
    seconds: 8,
  },
  {
    fact: "MaxConcurrency 0 sets no limit of its own",
    source: "recorded: scenarios/test_max_concurrency_path[0]",
    definition: each(
      { Items: [4, 4, 4], MaxConcurrency: 0 },
      branch({ Sleep: { Type: "Wait", Seconds: "{% $states.input %}", End: true } }),
    ),
    status: "SUCCEEDED",
    output: [4, 4, 4],
    seconds: 4,
  },
  {
    fact: "A failing iteration fails the Map by its own error, and later items aren't begun",
    source: "recorded: scenarios/test_map_state_break_condition",
    definition: each(
      { Items: [1, "b", 3, 4], MaxConcurrency: 1 },
      branch({
        Third: { Type: "Choice", Choices: [{ Condition: "{% $states.input = 3 %}", Next: "Stop" }], Default: "Go" },
        Go: { Type: "Pass", End: true },
        Stop: { Type: "Fail", Error: "Jam", Cause: "at the third" },
      }),
    ),
    status: "FAILED",
    error: "Jam",
    cause: "at the third",
    states: ["Each", "Third", "Go", "Third", "Go", "Third", "Stop"],
  },
  {
    fact: "An evaluation error in an iteration fails the Map by that same error and cause",
    source: "recorded: states_variables/test_map_catch_error[MAP_CATCH_ERROR_OUTPUT_WITH_RETRY]",
    definition: each(
      { Items: [1], MaxConcurrency: 1 },
      branch({ Bad: { Type: "Pass", Output: { why: "{% $unset %}" }, End: true } }),
    ),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause: expressionAt("Bad", 5, "$unset", "Output/why") + "returned nothing (undefined).",
    location: "Output/why",
  },
  {
    fact: "A Map in a Map gives arrays in an array",
    source: "recorded: scenarios/test_map_state_nested",
    definition: each(
      { MaxConcurrency: 1 },
      branch({ Row: { Type: "Map", MaxConcurrency: 1, ItemProcessor: keep, End: true } }),
    ),
    input: [[1, 2], [3]],
    status: "SUCCEEDED",
    output: [[1, 2], [3]],
    states: ["Each", "Row", "Keep", "Keep", "Row", "Keep"],
  },
  {
    fact: "A processor without a configuration is inline",
    source: "recorded: scenarios/test_map_state_no_processor_config",
    definition: each({}),
    input: [1, 2],
    status: "SUCCEEDED",
    output: [1, 2],
    states: ["Each", "Keep", "Keep"],
  },
  {
    fact: "A Map's Output reads its input and its iterations' results",
    source: docs("transforming-data"),
    definition: each({
      Items: "{% $states.input.list %}",
      Output: { from: "{% $count($states.input.list) %}", to: "{% $states.result %}" },
    }),
    input: { list: ["a", "b"] },
    status: "SUCCEEDED",
    output: { from: 2, to: ["a", "b"] },
  },
  {
    fact: "A Map in a loop iterates anew in each round",
    source: "recorded: scenarios/test_map_state_legacy_reentrant",
    definition: machine({
      Begin: { Type: "Pass", Assign: { left: 2 }, Next: "Each" },
      Each: {
        Type: "Map",
        Items: ["a", "b"],
        MaxConcurrency: 1,
        ItemProcessor: branch({ Work: task() }),
        Assign: { left: "{% $left - 1 %}" },
        Next: "More",
      },
      More: { Type: "Choice", Choices: [{ Condition: "{% $left > 0 %}", Next: "Each" }], Default: "End" },
      End: { Type: "Succeed" },
    }),
    tasks: { Work: [{ echoes: true }] },
    status: "SUCCEEDED",
    output: ["a", "b"],
    sent: { Work: ["a", "b", "a", "b"] },
  },
];
