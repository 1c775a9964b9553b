/** Which way a Choice takes, and what it hands on. */
import { machine } from "../machines.ts";
import { at, docs, type Fact } from "./fact.ts";

const ways = { Yes: { Type: "Pass", End: true }, No: { Type: "Pass", End: true } };

function choose(condition: unknown, more: object = { Default: "No" }, rule: object = {}): object {
  return machine({
    Ask: { Type: "Choice", Choices: [{ Condition: condition, Next: "Yes", ...rule }], ...more },
    ...ways,
  });
}

export const choices: readonly Fact[] = [
  {
    fact: "A rule whose condition is true leads on, with the Choice's input",
    source: "recorded: scenarios/test_choice_singleton_composite[CHOICE_STATE_SINGLETON_COMPOSITE_JSONATA]",
    definition: choose("{% $states.input.kind = 'fragile' %}"),
    input: { kind: "fragile" },
    status: "SUCCEEDED",
    output: { kind: "fragile" },
    states: ["Ask", "Yes"],
  },
  {
    fact: "A condition may compare with text in double quotes",
    source: "recorded: scenarios/test_choice_singleton_composite[CHOICE_STATE_SINGLETON_COMPOSITE_LITERAL_JSONATA]",
    definition: choose('{% $states.input.kind = "very fragile" %}'),
    input: { kind: "very fragile" },
    status: "SUCCEEDED",
    output: { kind: "very fragile" },
    states: ["Ask", "Yes"],
  },
  {
    fact: "A condition may be a member that is a boolean",
    source:
      "recorded: scenarios/test_choice_unsorted_parameters_positive[CHOICE_STATE_UNSORTED_CHOICE_PARAMETERS_JSONATA]",
    definition: choose("{% $states.input.state.ready %}"),
    input: { state: { ready: true } },
    status: "SUCCEEDED",
    output: { state: { ready: true } },
    states: ["Ask", "Yes"],
  },
  {
    fact: "Rules are asked in order until one is true",
    source: "recorded: scenarios/test_choice_aws_docs_scenario[CHOICE_STATE_AWS_SCENARIO_JSONATA]",
    definition: machine({
      Ask: {
        Type: "Choice",
        Choices: [
          { Condition: "{% $not($states.input.zone = 'inland') %}", Next: "Abroad" },
          { Condition: "{% $states.input.kilos = 0 %}", Next: "Letter" },
          { Condition: "{% $states.input.kilos >= 2 and $states.input.kilos < 10 %}", Next: "Parcel" },
          { Condition: true, Next: "Freight" },
        ],
      },
      Abroad: { Type: "Pass", End: true },
      Letter: { Type: "Pass", End: true },
      Parcel: { Type: "Pass", End: true },
      Freight: { Type: "Pass", End: true },
    }),
    input: { zone: "inland", kilos: 4 },
    status: "SUCCEEDED",
    output: { zone: "inland", kilos: 4 },
    states: ["Ask", "Parcel"],
  },
  {
    fact: "Without a true rule Default leads on, with the Choice's input",
    source: docs("state-choice"),
    definition: choose("{% $states.input.kind = 'fragile' %}"),
    input: { kind: "sturdy" },
    status: "SUCCEEDED",
    output: { kind: "sturdy" },
    states: ["Ask", "No"],
  },
  {
    fact: "A literal true is a condition",
    source: "recorded: scenarios/test_choice_condition_constant_jsonata",
    definition: choose(true),
    status: "SUCCEEDED",
    output: {},
    states: ["Ask", "Yes"],
  },
  {
    fact: "A literal false is a condition",
    source: docs("state-choice"),
    definition: choose(false),
    status: "SUCCEEDED",
    output: {},
    states: ["Ask", "No"],
  },
  {
    fact: "No true rule and no Default is States.NoChoiceMatched",
    source: docs("state-choice"),
    definition: machine({
      Ask: { Type: "Choice", Choices: [{ Condition: "{% 1 = 2 %}", Next: "Yes" }] },
      Yes: ways.Yes,
    }),
    status: "FAILED",
    error: "States.NoChoiceMatched",
    states: ["Ask"],
  },
  {
    fact: "A condition that gives text is an evaluation error",
    source: docs("state-choice"),
    definition: choose("{% $states.input.kind %}"),
    input: { kind: "true" },
    status: "FAILED",
    error: "States.QueryEvaluationError",
    states: ["Ask"],
  },
  {
    fact: "A condition that gives a number is an evaluation error, even 1",
    source: docs("state-choice"),
    definition: choose("{% 1 %}"),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    states: ["Ask"],
  },
  {
    fact: "A condition that gives nothing is an evaluation error, not false",
    source: docs("state-choice"),
    definition: choose("{% $states.input.missing > 3 %}"),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    states: ["Ask"],
  },
  {
    fact: "A rule after the true one is not evaluated",
    source: docs("state-choice"),
    definition: machine({
      Ask: {
        Type: "Choice",
        Choices: [
          { Condition: true, Next: "Yes" },
          { Condition: "{% $error('not reached') %}", Next: "No" },
        ],
      },
      ...ways,
    }),
    status: "SUCCEEDED",
    output: {},
    states: ["Ask", "Yes"],
  },
  {
    fact: "The true rule's Assign takes the place of the Choice's own",
    source: "recorded: assign/test_assign_in_choice[CONDITION_TRUE]",
    definition: choose(
      "{% $states.input.ok %}",
      { Default: "No", Assign: { way: "own", more: 1 } },
      { Assign: { way: "rule" } },
    ),
    input: { ok: true },
    status: "SUCCEEDED",
    output: { ok: true },
    variables: { way: "rule" },
  },
  {
    fact: "The Choice's own Assign applies on Default",
    source: "recorded: assign/test_assign_in_choice[CONDITION_FALSE]",
    definition: choose(
      "{% $states.input.ok %}",
      { Default: "No", Assign: { way: "own" } },
      { Assign: { way: "rule" } },
    ),
    input: { ok: false },
    status: "SUCCEEDED",
    output: { ok: false },
    variables: { way: "own" },
  },
  {
    fact: "The Choice's own Assign doesn't apply to a true rule without one",
    source: docs("workflow-variables"),
    definition: choose(true, { Default: "No", Assign: { way: "own" } }),
    status: "SUCCEEDED",
    output: {},
    variables: {},
  },
  {
    fact: "The true rule's Output takes the place of the Choice's own",
    source: "recorded: outputdecl/test_output_in_choice[CONDITION_TRUE]",
    definition: choose("{% $states.input.ok %}", { Default: "No", Output: "own" }, { Output: "rule" }),
    input: { ok: true },
    status: "SUCCEEDED",
    output: "rule",
  },
  {
    fact: "The Choice's own Output applies on Default",
    source: "recorded: outputdecl/test_output_in_choice[CONDITION_FALSE]",
    definition: choose("{% $states.input.ok %}", { Default: "No", Output: "own" }, { Output: "rule" }),
    input: { ok: false },
    status: "SUCCEEDED",
    output: "own",
  },
  {
    fact: "A condition that throws names the rule's Condition",
    source: docs("state-choice"),
    definition: choose("{% $dice(6) %}"),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause:
      `${at("Ask", 2)}The JSONata expression '$dice(6)' specified for the field 'Choices[0]/Condition' ` +
      "threw an error during evaluation. T1006: Attempted to invoke a non-function",
  },
];
