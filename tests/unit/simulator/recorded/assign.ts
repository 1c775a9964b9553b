/** When and from what Assign takes its values. */
import { machine, task } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const look = (template: unknown): object => ({ Type: "Pass", Output: template, End: true });

export const assignments: readonly Fact[] = [
  {
    fact: "Assign leaves the state's output alone",
    source: "recorded: assign/test_base_cases[BASE_CONSTANT_LITERALS]",
    definition: machine({ Note: { Type: "Pass", Assign: { n: 1 }, End: true } }),
    input: { order: "o-1" },
    status: "SUCCEEDED",
    output: { order: "o-1" },
    variables: { n: 1 },
  },
  {
    fact: "An empty Assign assigns nothing",
    source: "recorded: assign/test_base_cases[BASE_EMPTY]",
    definition: machine({ Note: { Type: "Pass", Assign: {}, End: true } }),
    input: { order: "o-1" },
    status: "SUCCEEDED",
    output: { order: "o-1" },
    variables: {},
  },
  {
    fact: "Constants of every type can be assigned",
    source: "recorded: assign/test_base_cases[BASE_CONSTANT_LITERALS]",
    definition: machine({
      Note: { Type: "Pass", Assign: { a: null, b: 0, c: 0.5, d: true, e: "", f: [], g: { h: [1, {}] } }, End: true },
    }),
    status: "SUCCEEDED",
    output: {},
    variables: { a: null, b: 0, c: 0.5, d: true, e: "", f: [], g: { h: [1, {}] } },
  },
  {
    fact: "Variables of every type are read back as they were",
    source: "recorded: assign/test_base_cases[BASE_VAR]",
    definition: machine({
      Note: { Type: "Pass", Assign: { a: null, b: 0, c: false, d: "", e: [], f: { g: [] } }, Next: "Look" },
      Look: look({ a: "{% $a %}", b: "{% $b %}", c: "{% $c %}", d: "{% $d %}", e: "{% $e %}", f: "{% $f %}" }),
    }),
    status: "SUCCEEDED",
    output: { a: null, b: 0, c: false, d: "", e: [], f: { g: [] } },
  },
  {
    fact: "Assign reads its own variables from before the state",
    source: "recorded: assign/test_assign_from_value[BASE_ASSIGN_FROM_PARAMETERS]",
    definition: machine({
      First: { Type: "Pass", Assign: { phase: "PICKED" }, Next: "Second" },
      Second: { Type: "Pass", Assign: { before: "{% $phase %}", phase: "PACKED" }, Next: "Look" },
      Look: look(["{% $before %}", "{% $phase %}"]),
    }),
    status: "SUCCEEDED",
    output: ["PICKED", "PACKED"],
  },
  {
    fact: "Two variables can change places in one Assign",
    source: docs("workflow-variables"),
    definition: machine({
      First: { Type: "Pass", Assign: { x: 1, y: 2 }, Next: "Swap" },
      Swap: { Type: "Pass", Assign: { x: "{% $y %}", y: "{% $x %}" }, Next: "Look" },
      Look: look(["{% $x %}", "{% $y %}"]),
    }),
    status: "SUCCEEDED",
    output: [2, 1],
  },
  {
    fact: "Output reads the variables from before the state's own Assign",
    source: "recorded: assign/test_state_assign_evaluation_order[BASE_EVALUATION_ORDER_PASS_STATE]",
    definition: machine({
      First: { Type: "Pass", Assign: { count: 1 }, Next: "Second" },
      Second: { Type: "Pass", Assign: { count: 2 }, Output: "{% $count %}", End: true },
    }),
    status: "SUCCEEDED",
    output: 1,
    variables: { count: 2 },
  },
  {
    fact: "Assign doesn't see the state's Output",
    source: docs("workflow-variables"),
    definition: machine({
      Both: { Type: "Pass", Assign: { seen: "{% $states.input %}" }, Output: { replaced: true }, Next: "Look" },
      Look: look(["{% $seen %}", "{% $states.input %}"]),
    }),
    input: { own: 1 },
    status: "SUCCEEDED",
    output: [{ own: 1 }, { replaced: true }],
  },
  {
    fact: "A variable can take a value of another type",
    source: "recorded: query_language/test_variable_sampling[JSONPATH_ASSIGN_JSONATA_REF]",
    definition: machine({
      First: { Type: "Pass", Assign: { v: [1] }, Next: "Second" },
      Second: { Type: "Pass", Assign: { old: "{% $v %}", v: "one" }, End: true },
    }),
    status: "SUCCEEDED",
    output: {},
    variables: { old: [1], v: "one" },
  },
  {
    fact: "Assign replaces an object whole: members that it doesn't name are gone",
    source: docs("workflow-variables"),
    definition: machine({
      First: { Type: "Pass", Assign: { o: { a: 1, b: 2 } }, Next: "Second" },
      Second: { Type: "Pass", Assign: { o: { b: 3 } }, Next: "Look" },
      Look: look("{% $o %}"),
    }),
    status: "SUCCEEDED",
    output: { b: 3 },
  },
  {
    fact: "A Wait assigns when it is over",
    source: "recorded: assign/test_assign_in_wait_state",
    definition: machine({ Sleep: { Type: "Wait", Seconds: 0, Assign: { woken: "yes" }, End: true } }),
    status: "SUCCEEDED",
    output: {},
    variables: { woken: "yes" },
  },
  {
    fact: "A Task assigns from its result and its input",
    source: "recorded: arguments/test_base_cases[BASE_LAMBDA_EXPRESSION]",
    definition: machine({
      Count: task({ Assign: { n: "{% $states.result.n %}", from: "{% $states.input.bin %}" }, End: true }),
    }),
    input: { bin: "b-3" },
    tasks: { Count: [{ returns: { n: 12 } }] },
    status: "SUCCEEDED",
    output: { n: 12 },
    variables: { n: 12, from: "b-3" },
  },
  {
    fact: "A Task's Arguments read the variables from before its Assign",
    source: docs("workflow-variables"),
    definition: machine({
      First: { Type: "Pass", Assign: { page: 1 }, Next: "Fetch" },
      Fetch: task({ Arguments: { Page: "{% $page %}" }, Assign: { page: "{% $page + 1 %}" }, Output: "{% $page %}" }),
    }),
    tasks: { Fetch: [{ echoes: true }] },
    status: "SUCCEEDED",
    output: 1,
    sent: { Fetch: [{ Page: 1 }] },
    variables: { page: 2 },
  },
  {
    fact: "A Map assigns from the results of its iterations",
    source: docs("workflow-variables"),
    definition: machine({
      Each: {
        Type: "Map",
        Items: [1, 2],
        ItemProcessor: { StartAt: "Keep", States: { Keep: { Type: "Pass", End: true } } },
        Assign: { total: "{% $sum($states.result) %}" },
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [1, 2],
    variables: { total: 3 },
  },
  {
    fact: "Variables of a loop's last round steer the next one",
    source: "recorded: assign/test_reference_assign[BASE_REFERENCE_IN_CHOICE]",
    definition: machine({
      Start: { Type: "Pass", Assign: { tries: 0 }, Next: "Enough" },
      Enough: { Type: "Choice", Choices: [{ Condition: "{% $tries = 2 %}", Next: "Stop" }], Default: "Try" },
      Try: { Type: "Pass", Assign: { tries: "{% $tries + 1 %}" }, Next: "Enough" },
      Stop: { Type: "Pass", Output: "{% $tries %}", End: true },
    }),
    status: "SUCCEEDED",
    output: 2,
    states: ["Start", "Enough", "Try", "Enough", "Try", "Enough", "Stop"],
  },
];
