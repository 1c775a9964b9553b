/** What a catcher catches, and what it hands on. */
import { branch, machine, task } from "../machines.ts";
import { docs, expressionAt, type Fact } from "./fact.ts";

const all = ["States.ALL"];
const look = (template: unknown): object => ({ Type: "Pass", Output: template, End: true });
const broken = { Work: [{ fails: "Broken", cause: "belt torn" }] };

export const catching: readonly Fact[] = [
  {
    fact: "Without Output a catcher hands on the error and its cause",
    source: "recorded: assign/test_assign_in_catch_state",
    definition: machine({ Work: task({ Catch: [{ ErrorEquals: all, Next: "Mend" }] }), Mend: { Type: "Succeed" } }),
    input: { lost: true },
    tasks: broken,
    status: "SUCCEEDED",
    output: { Error: "Broken", Cause: "belt torn" },
    states: ["Work", "Mend"],
  },
  {
    fact: "A catcher's Output reads the state's input and the error",
    source: "recorded: states_variables/test_task_catch_error_output[TASK_CATCH_ERROR_OUTPUT]",
    definition: machine({
      Work: task({
        Catch: [
          {
            ErrorEquals: all,
            Next: "Mend",
            Output: { given: "{% $states.input %}", wrong: "{% $states.errorOutput %}" },
          },
        ],
      }),
      Mend: { Type: "Succeed" },
    }),
    input: { belt: 3 },
    tasks: broken,
    status: "SUCCEEDED",
    output: { given: { belt: 3 }, wrong: { Error: "Broken", Cause: "belt torn" } },
  },
  {
    fact: "A catcher's Assign reads the state's input and the error, its output stays the error",
    source: "recorded: states_variables/test_catch_error_variable_sampling[TASK_CATCH_ERROR_VARIABLE_SAMPLING]",
    definition: machine({
      Work: task({
        Assign: { given: "unused", good: "{% $states.result %}" },
        Catch: [
          {
            ErrorEquals: all,
            Next: "Mend",
            Assign: { given: "{% $states.input %}", wrong: "{% $states.errorOutput.Error %}" },
          },
        ],
      }),
      Mend: { Type: "Succeed" },
    }),
    input: { belt: 3 },
    tasks: broken,
    status: "SUCCEEDED",
    output: { Error: "Broken", Cause: "belt torn" },
    variables: { given: { belt: 3 }, wrong: "Broken" },
  },
  {
    fact: "What a catcher assigned can be read where it leads",
    source: "recorded: states_variables/test_catch_error_variable_sampling[TASK_CATCH_ERROR_VARIABLE_SAMPLING]",
    definition: machine({
      Work: task({ Catch: [{ ErrorEquals: all, Next: "Mend", Assign: { wrong: "{% $states.errorOutput %}" } }] }),
      Mend: look("{% $wrong.Cause %}"),
    }),
    tasks: broken,
    status: "SUCCEEDED",
    output: "belt torn",
  },
  {
    fact: "The state's own Output stands aside when a catcher has none",
    source: "recorded: states_variables/test_catch_error_variable_sampling[TASK_CATCH_ERROR_VARIABLE_SAMPLING]",
    definition: machine({
      Work: task({ Output: "{% $states.result %}", Catch: [{ ErrorEquals: all, Next: "Mend" }] }),
      Mend: { Type: "Succeed" },
    }),
    tasks: broken,
    status: "SUCCEEDED",
    output: { Error: "Broken", Cause: "belt torn" },
  },
  {
    fact: "A catcher after retries has the last error",
    source: "recorded: states_variables/test_task_catch_error_with_retry[TASK_CATCH_ERROR_OUTPUT_WITH_RETRY]",
    definition: machine({
      Work: task({
        Retry: [{ ErrorEquals: all, MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: all, Next: "Mend", Output: "{% $states.errorOutput %}" }],
      }),
      Mend: { Type: "Succeed" },
    }),
    tasks: {
      Work: [
        { fails: "Broken", cause: "first" },
        { fails: "Broken", cause: "second" },
      ],
    },
    status: "SUCCEEDED",
    output: { Error: "Broken", Cause: "second" },
  },
  {
    fact: "A Task in a Map is caught item by item, and the Map succeeds",
    source: "recorded: states_variables/test_map_catch_error[MAP_CATCH_ERROR_OUTPUT]",
    definition: machine({
      Each: {
        Type: "Map",
        Items: ["x", "y"],
        MaxConcurrency: 1,
        ItemProcessor: branch({
          Work: task({
            Catch: [{ ErrorEquals: all, Next: "Mend", Output: "{% [$states.input, $states.errorOutput.Cause] %}" }],
          }),
          Mend: { Type: "Pass", End: true },
        }),
        End: true,
      },
    }),
    tasks: {
      Work: [
        { fails: "Broken", cause: "one" },
        { fails: "Broken", cause: "two" },
      ],
    },
    status: "SUCCEEDED",
    output: [
      ["x", "one"],
      ["y", "two"],
    ],
    states: ["Each", "Work", "Mend", "Work", "Mend"],
  },
  {
    fact: "A Map catches what fails in an iteration, by its own name",
    source: "recorded: scenarios/test_map_state_catch",
    definition: machine({
      Each: {
        Type: "Map",
        Items: [1],
        ItemProcessor: branch({ Stop: { Type: "Fail", Error: "Jam", Cause: "paper" } }),
        Catch: [{ ErrorEquals: ["Jam"], Next: "Mend" }],
        End: true,
      },
      Mend: { Type: "Pass", End: true },
    }),
    status: "SUCCEEDED",
    output: { Error: "Jam", Cause: "paper" },
    states: ["Each", "Stop", "Mend"],
  },
  {
    fact: "A Parallel catches what fails in a branch, by its own name",
    source: "recorded: scenarios/test_parallel_state_catch",
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Stop: { Type: "Fail", Error: "Jam", Cause: "paper" } })],
        Catch: [{ ErrorEquals: ["Jam"], Next: "Mend" }],
        End: true,
      },
      Mend: { Type: "Pass", End: true },
    }),
    status: "SUCCEEDED",
    output: { Error: "Jam", Cause: "paper" },
    states: ["Both", "Stop", "Mend"],
  },
  {
    fact: "A Parallel's catcher reads the Parallel's input and the error of the branch",
    source: "recorded: states_variables/test_parallel_catch_error[PARALLEL_CATCH_ERROR_OUTPUT]",
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Work: task() })],
        Catch: [{ ErrorEquals: all, Next: "Mend", Output: "{% [$states.input.belt, $states.errorOutput.Error] %}" }],
        End: true,
      },
      Mend: { Type: "Pass", End: true },
    }),
    input: { belt: 3 },
    tasks: broken,
    status: "SUCCEEDED",
    output: [3, "Broken"],
  },
  {
    fact: "A Parallel's catcher assigns beside the Parallel",
    source: "recorded: states_variables/test_parallel_catch_error[PARALLEL_CATCH_ERROR_VARIABLE_SAMPLING]",
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Work: task() })],
        Catch: [{ ErrorEquals: all, Next: "Mend", Assign: { wrong: "{% $states.errorOutput.Error %}" } }],
        End: true,
      },
      Mend: look("{% $wrong %}"),
    }),
    tasks: broken,
    status: "SUCCEEDED",
    output: "Broken",
  },
  {
    fact: "The first catcher that names the error decides, also before one for all",
    source: docs("concepts-error-handling"),
    definition: machine({
      Work: task({
        Catch: [
          { ErrorEquals: ["Other"], Next: "Mend", Output: 1 },
          { ErrorEquals: ["Other", "Broken"], Next: "Mend", Output: 2 },
          { ErrorEquals: all, Next: "Mend", Output: 3 },
        ],
      }),
      Mend: { Type: "Succeed" },
    }),
    tasks: broken,
    status: "SUCCEEDED",
    output: 2,
  },
  {
    fact: "An error that no catcher names fails the execution",
    source: docs("concepts-error-handling"),
    definition: machine({
      Work: task({ Catch: [{ ErrorEquals: ["Other"], Next: "Mend" }] }),
      Mend: { Type: "Succeed" },
    }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    cause: "belt torn",
    states: ["Work"],
  },
  {
    fact: "An empty list of catchers catches nothing and hurts nothing",
    source: "recorded: scenarios/test_catch_empty",
    definition: machine({ Work: task({ Catch: [] }) }),
    tasks: { Work: [{ returns: { fine: true } }] },
    status: "SUCCEEDED",
    output: { fine: true },
  },
  {
    fact: "A failure without a name isn't caught by catchers that name errors",
    source: "recorded: scenarios/test_map_state_catch_empty_fail",
    definition: machine({
      Each: {
        Type: "Map",
        Items: [1],
        ItemProcessor: branch({ Stop: { Type: "Fail" } }),
        Catch: [{ ErrorEquals: ["Jam"], Next: "Mend" }],
        End: true,
      },
      Mend: { Type: "Pass", End: true },
    }),
    status: "FAILED",
    error: null,
    cause: null,
  },
  {
    fact: "A failure without name and cause is caught by States.ALL, with null for both",
    source: "recorded: callback/test_sqs_failure_in_wait_for_task_tok_no_error_field[SQS_PARALLEL_WAIT_FOR_TASK_TOKEN]",
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Stop: { Type: "Fail" } })],
        Catch: [{ ErrorEquals: all, Next: "Mend" }],
        End: true,
      },
      Mend: { Type: "Pass", End: true },
    }),
    status: "SUCCEEDED",
    output: { Error: null, Cause: null },
  },
  {
    fact: "A state after a catcher that reads what the catcher didn't assign fails in its own name",
    source: "recorded: states_variables/test_map_catch_error[MAP_CATCH_ERROR_OUTPUT_WITH_RETRY]",
    definition: machine({
      Work: task({ Catch: [{ ErrorEquals: all, Next: "Mend", Output: { wrong: "{% $states.errorOutput %}" } }] }),
      Mend: look({ wrong: "{% $wrong %}" }),
    }),
    tasks: broken,
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause: expressionAt("Mend", 7, "$wrong", "Output/wrong") + "returned nothing (undefined).",
  },
  {
    fact: "A Task catches the evaluation error of its own Output",
    source: docs("concepts-error-handling"),
    definition: machine({
      Work: task({ Output: "{% $unset %}", Catch: [{ ErrorEquals: ["States.QueryEvaluationError"], Next: "Mend" }] }),
      Mend: look("{% $states.input.Error %}"),
    }),
    tasks: { Work: [{ returns: 1 }] },
    status: "SUCCEEDED",
    output: "States.QueryEvaluationError",
  },
];
