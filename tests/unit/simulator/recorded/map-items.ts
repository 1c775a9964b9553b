/** What a Map iterates over: an array, and nothing that would become one. */
import { branch, machine } from "../machines.ts";
import { at, expressionAt, type Fact } from "./fact.ts";

const keep = branch({ Keep: { Type: "Pass", End: true } });

function each(fields: object): object {
  return machine({ Each: { Type: "Map", ...fields, ItemProcessor: keep, End: true } });
}

/** `value` is the expression's value as JSON. */
function wrongItems(type: string, expression: string, value: string): Fact {
  return {
    fact: `Items that give the ${type} ${value} are an evaluation error`,
    source: `recorded: scenarios/test_map_state_items_eval_jsonata_fail[${type}]`,
    definition: each({ Items: `{% ${expression} %}` }),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause:
      expressionAt("Each", 2, expression, "Items") +
      `returned an unexpected result type. Expected 'array', but was '${type}' for value: ${value}`,
    location: "Items",
  };
}

function wrongVariable(type: string, value: unknown): Fact {
  return {
    fact: `Items from a variable that holds the ${type} ${JSON.stringify(value)} are an evaluation error`,
    source: `recorded: scenarios/test_map_state_items_variable_sampling[${type}]`,
    definition: machine({
      Set: { Type: "Pass", Assign: { shelves: value }, Next: "Each" },
      Each: { Type: "Map", Items: "{% $shelves %}", ItemProcessor: keep, End: true },
    }),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause:
      expressionAt("Each", 4, "$shelves", "Items") +
      `returned an unexpected result type. Expected 'array', but was '${type}' for value: ${JSON.stringify(value)}`,
    location: "Items",
  };
}

function wrongInput(type: string, input: unknown): Fact {
  return {
    fact: `Without Items the input ${JSON.stringify(input)} is an evaluation error of no field`,
    source: `recorded: scenarios/test_map_state_items_input_types[${type}]`,
    definition: each({}),
    input,
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause: `${at("Each", 2)}Map state input must be an array but was: ${JSON.stringify(input)}`,
    location: null,
  };
}

export const mapItems: readonly Fact[] = [
  {
    fact: "Without Items a Map iterates over its input, whatever its members are",
    source: "recorded: scenarios/test_map_state_items_input_array[mixed]",
    definition: each({}),
    input: [7, "b", false, null, {}],
    status: "SUCCEEDED",
    output: [7, "b", false, null, {}],
  },
  {
    fact: "An empty input gives an empty array",
    source: "recorded: scenarios/test_map_state_items_input_array[empty]",
    definition: each({}),
    input: [],
    status: "SUCCEEDED",
    output: [],
    states: ["Each"],
  },
  {
    fact: "An input of one gives an array of one",
    source: "recorded: scenarios/test_map_state_items_input_array[singleton]",
    definition: each({}),
    input: ["only"],
    status: "SUCCEEDED",
    output: ["only"],
  },
  {
    fact: "Empty Items from an expression give an empty array",
    source: "recorded: scenarios/test_map_state_items_eval_jsonata[empty]",
    definition: each({ Items: "{% [] %}" }),
    status: "SUCCEEDED",
    output: [],
    states: ["Each"],
  },
  {
    fact: "Items of one in brackets stay an array",
    source: "recorded: scenarios/test_map_state_items_eval_jsonata[singleton]",
    definition: each({ Items: "{% [$states.input.first] %}" }),
    input: { first: 9 },
    status: "SUCCEEDED",
    output: [9],
  },
  {
    fact: "Items may be a literal array with expressions in it",
    source: "recorded: evaluate_jsonata/test_base_map[ITEMS]",
    definition: each({ Items: [1, "{% $number('2') %}", "three"] }),
    status: "SUCCEEDED",
    output: [1, 2, "three"],
  },
  {
    fact: "Items may come from the input",
    source: "recorded: evaluate_jsonata/test_base_map_from_input[ITEMS]",
    definition: each({ Items: "{% $states.input.shelves %}" }),
    input: { shelves: ["a", "b"] },
    status: "SUCCEEDED",
    output: ["a", "b"],
  },
  wrongItems("number", "1", "1"),
  wrongItems("string", "'shelf'", '"shelf"'),
  wrongItems("boolean", "true", "true"),
  wrongItems("object", "{'shelf': 3}", '{"shelf":3}'),
  wrongItems("null", "null", "null"),
  wrongVariable("number", 12),
  wrongVariable("string", "shelf"),
  wrongVariable("boolean", false),
  wrongVariable("object", { shelf: 3 }),
  wrongVariable("null", null),
  wrongInput("number", 12),
  wrongInput("string", "shelf"),
  wrongInput("boolean", true),
  wrongInput("object", { shelf: 3 }),
  wrongInput("null", null),
  {
    fact: "Items that are a function are an evaluation error",
    source: "recorded: scenarios/test_map_state_items_eval_jsonata_fail[function]",
    definition: each({ Items: "{% $same := function($n) { $n } %}" }),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause: expressionAt("Each", 2, "$same := function($n) { $n }", "Items") + "returned an unsupported result type.",
    location: "Items",
  },
  {
    fact: "A filter that leaves one member gives that member, which is no array of Items",
    source: "recorded: scenarios/test_map_state_items_eval_jsonata_fail[object]",
    definition: each({ Items: "{% $states.input.parcels[kilos > 5] %}" }),
    input: { parcels: [{ kilos: 2 }, { kilos: 8 }] },
    status: "FAILED",
    error: "States.QueryEvaluationError",
    location: "Items",
  },
  {
    fact: "The same filter in brackets always gives an array",
    source: "recorded: scenarios/test_map_state_items_eval_jsonata[singleton]",
    definition: each({ Items: "{% [$states.input.parcels[kilos > 5]] %}" }),
    input: { parcels: [{ kilos: 2 }, { kilos: 8 }] },
    status: "SUCCEEDED",
    output: [{ kilos: 8 }],
  },
];
