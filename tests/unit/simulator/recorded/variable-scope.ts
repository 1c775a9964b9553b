/** Who sees a variable: lexical scopes of machines, branches and iterations. */
import { branch, machine, task } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const scopes = docs("workflow-variables");
const look = (template: unknown): object => ({ Type: "Pass", Output: template, End: true });

export const variableScope: readonly Fact[] = [
  {
    fact: "An iteration reads the variables around its Map",
    source: "recorded: assign/test_base_cases[BASE_SCOPE_MAP]",
    definition: machine({
      Set: { Type: "Pass", Assign: { rate: 10 }, Next: "Each" },
      Each: {
        Type: "Map",
        Items: [1, 2],
        ItemProcessor: branch({ Price: look("{% $states.input * $rate %}") }),
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [10, 20],
  },
  {
    fact: "What an iteration assigns is not seen after its Map",
    source: scopes,
    definition: machine({
      Each: {
        Type: "Map",
        Items: [1],
        ItemProcessor: branch({ Note: { Type: "Pass", Assign: { inner: 1 }, End: true } }),
        Next: "Look",
      },
      Look: look("{% $exists($inner) %}"),
    }),
    status: "SUCCEEDED",
    output: false,
  },
  {
    fact: "A variable keeps its value through a Map that only reads it",
    source: "recorded: assign/test_base_cases[BASE_SCOPE_MAP]",
    definition: machine({
      Set: { Type: "Pass", Assign: { list: ["a", "b"] }, Next: "Each" },
      Each: {
        Type: "Map",
        Items: "{% $list %}",
        ItemProcessor: branch({ Copy: { Type: "Pass", Assign: { copy: "{% $list %}" }, End: true } }),
        Next: "Look",
      },
      Look: look("{% $list %}"),
    }),
    status: "SUCCEEDED",
    output: ["a", "b"],
    variables: { list: ["a", "b"], copy: ["a", "b"] },
  },
  {
    fact: "Iterations don't see each other's variables",
    source: scopes,
    definition: machine({
      Each: {
        Type: "Map",
        Items: ["a", "b"],
        MaxConcurrency: 1,
        ItemProcessor: branch({
          Look: { Type: "Pass", Output: "{% $exists($seen) %}", Assign: { seen: true }, End: true },
        }),
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [false, false],
  },
  {
    fact: "An iteration keeps a variable from state to state",
    source: scopes,
    definition: machine({
      Each: {
        Type: "Map",
        Items: ["a", "b"],
        ItemProcessor: branch({
          Keep: { Type: "Pass", Assign: { own: "{% $states.input %}" }, Output: null, Next: "Show" },
          Show: look("{% $own %}"),
        }),
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: ["a", "b"],
  },
  {
    fact: "A Map inside a Map reads the variables of both scopes around it",
    source: "recorded: assign/test_reference_assign[BASE_REFERENCE_IN_ITERATOR_OUTER_SCOPE]",
    definition: machine({
      Set: { Type: "Pass", Assign: { outer: 100 }, Next: "Rows" },
      Rows: {
        Type: "Map",
        Items: [
          [1, 2],
          [3, 4],
        ],
        ItemProcessor: branch({
          Row: { Type: "Pass", Assign: { first: "{% $states.input[0] %}" }, Next: "Cells" },
          Cells: {
            Type: "Map",
            ItemProcessor: branch({ Sum: look("{% $outer + $first + $states.input %}") }),
            End: true,
          },
        }),
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [
      [102, 103],
      [106, 107],
    ],
  },
  {
    fact: "Branches of a Parallel read the variables around it",
    source: "recorded: assign/test_base_parallel_cases[BASE_SCOPE_PARALLEL]",
    definition: machine({
      Set: { Type: "Pass", Assign: { x: 7 }, Next: "Both" },
      Both: {
        Type: "Parallel",
        Branches: [branch({ A: look("{% $x %}") }), branch({ B: look("{% $x + 1 %}") })],
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [7, 8],
  },
  {
    fact: "What a branch assigns is not seen after its Parallel",
    source: scopes,
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ A: { Type: "Pass", Assign: { inner: 1 }, End: true } })],
        Next: "Look",
      },
      Look: look("{% $exists($inner) %}"),
    }),
    status: "SUCCEEDED",
    output: false,
  },
  {
    fact: "Branches don't see each other's variables",
    source: scopes,
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [
          branch({ A: { Type: "Pass", Assign: { a: 1 }, End: true } }),
          branch({ Pause: { Type: "Wait", Seconds: 5, Next: "B" }, B: look("{% $exists($a) %}") }),
        ],
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [{}, false],
  },
  {
    fact: "Branches may each assign a variable of the same name",
    source: "recorded: assign/test_base_parallel_cases[BASE_SCOPE_PARALLEL]",
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [
          branch({ A: { Type: "Pass", Assign: { own: "a" }, Next: "ShowA" }, ShowA: look("{% $own %}") }),
          branch({ B: { Type: "Pass", Assign: { own: "b" }, Next: "ShowB" }, ShowB: look("{% $own %}") }),
        ],
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: ["a", "b"],
  },
  {
    fact: "A Parallel's own Assign brings its branches' results into the outer scope",
    source: scopes,
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ A: look(1) }), branch({ B: look(2) })],
        Assign: { both: "{% $states.result %}" },
        Next: "Look",
      },
      Look: look("{% $both %}"),
    }),
    status: "SUCCEEDED",
    output: [1, 2],
  },
  {
    fact: "A catcher inside an iteration assigns in that iteration",
    source: "recorded: states_variables/test_map_catch_error[MAP_CATCH_ERROR_VARIABLE_SAMPLING]",
    definition: machine({
      Each: {
        Type: "Map",
        Items: ["a", "b"],
        MaxConcurrency: 1,
        ItemProcessor: branch({
          Work: task({
            Catch: [{ ErrorEquals: ["States.ALL"], Next: "Show", Assign: { whose: "{% $states.input %}" } }],
          }),
          Show: look("{% $whose %}"),
        }),
        Next: "Look",
      },
      Look: look(["{% $states.input %}", "{% $exists($whose) %}"]),
    }),
    tasks: { Work: [{ fails: "Broken" }] },
    status: "SUCCEEDED",
    output: [["a", "b"], false],
  },
  {
    fact: "A child execution of a distributed Map doesn't see the variables around the Map",
    source: scopes,
    definition: machine({
      Set: { Type: "Pass", Assign: { rate: 10 }, Next: "Each" },
      Each: {
        Type: "Map",
        Items: [1],
        ItemProcessor: branch(
          { Look: look("{% $exists($rate) %}") },
          { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } },
        ),
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [false],
  },
  {
    fact: "A distributed Map's ItemSelector sees the variables around the Map and can hand them in",
    source: scopes,
    definition: machine({
      Set: { Type: "Pass", Assign: { rate: 10 }, Next: "Each" },
      Each: {
        Type: "Map",
        Items: [1],
        ItemSelector: { rate: "{% $rate %}" },
        ItemProcessor: branch(
          { Look: look("{% $states.input.rate %}") },
          { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } },
        ),
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [10],
  },
];
