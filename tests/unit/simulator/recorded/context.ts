/** What `$states` holds: input, context and, after success or in a catcher, result or errorOutput. */
import { branch, machine, task } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const object = docs("input-output-contextobject");
const states = docs("workflow-variables");
const context = "recorded: outputdecl/test_base_cases[BASE_EXPR]";

function output(template: unknown): object {
  return machine({ Look: { Type: "Pass", Output: template, End: true } });
}

export const contexts: readonly Fact[] = [
  {
    fact: "A Pass knows the execution, the machine and the state, and nothing else of the context",
    source: context,
    definition: output("{% $keys($states.context) %}"),
    status: "SUCCEEDED",
    output: ["Execution", "StateMachine", "State"],
  },
  {
    fact: "The context's Execution has six members",
    source: context,
    definition: output("{% $keys($states.context.Execution) %}"),
    status: "SUCCEEDED",
    output: ["Id", "Input", "StartTime", "Name", "RoleArn", "RedriveCount"],
  },
  {
    fact: "The context's StateMachine has an Id and a Name",
    source: context,
    definition: output("{% $keys($states.context.StateMachine) %}"),
    status: "SUCCEEDED",
    output: ["Id", "Name"],
  },
  {
    fact: "The context's State of a Pass has a Name and an EnteredTime, and no RetryCount",
    source: context,
    definition: output("{% $keys($states.context.State) %}"),
    status: "SUCCEEDED",
    output: ["Name", "EnteredTime"],
  },
  {
    fact: "The context's State of a Task has a RetryCount of 0 at first",
    source: "recorded: scenarios/test_lambda_service_invoke_with_retry_extended_input",
    definition: machine({ Call: task({ Arguments: "{% $states.context.State %}" }) }),
    tasks: { Call: [{ echoes: true }] },
    status: "SUCCEEDED",
    output: { Name: "Call", EnteredTime: "2025-01-01T00:00:00.000Z", RetryCount: 0 },
  },
  {
    fact: "RetryCount in Output is the number of retries that it took",
    source: object,
    definition: machine({
      Call: task({ Retry: [{ ErrorEquals: ["States.ALL"] }], Output: "{% $states.context.State.RetryCount %}" }),
    }),
    tasks: { Call: [{ fails: "A" }, { fails: "A" }, { returns: 1 }] },
    status: "SUCCEEDED",
    output: 2,
  },
  {
    fact: "Execution.Input is the execution's input in every state",
    source: "recorded: context_object/test_input_path[$$.Execution.Input]",
    definition: machine({
      Drop: { Type: "Pass", Output: "dropped", Next: "Look" },
      Look: { Type: "Pass", Output: ["{% $states.input %}", "{% $states.context.Execution.Input %}"], End: true },
    }),
    input: { order: "o-1" },
    status: "SUCCEEDED",
    output: ["dropped", { order: "o-1" }],
  },
  {
    fact: "EnteredTime moves with the states, StartTime doesn't",
    source: object,
    definition: machine({
      Sleep: { Type: "Wait", Seconds: 60, Next: "Look" },
      Look: {
        Type: "Pass",
        Output: ["{% $states.context.Execution.StartTime %}", "{% $states.context.State.EnteredTime %}"],
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: ["2025-01-01T00:00:00.000Z", "2025-01-01T00:01:00.000Z"],
  },
  {
    fact: "An execution that was never redriven has a RedriveCount of 0",
    source: context,
    definition: output("{% $states.context.Execution.RedriveCount %}"),
    status: "SUCCEEDED",
    output: 0,
  },
  {
    fact: "A Task that waits for a token has it in the context",
    source: "recorded: callback/test_sqs_wait_for_task_token",
    definition: machine({
      Await: task({
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Arguments: { has: "{% $type($states.context.Task.Token) %}" },
      }),
    }),
    tasks: { Await: [{ returns: 1 }] },
    status: "SUCCEEDED",
    output: 1,
    sent: { Await: [{ has: "string" }] },
  },
  {
    fact: "A Task that waits for no token has none in the context",
    source: object,
    definition: machine({ Call: task({ Arguments: { has: "{% $exists($states.context.Task) %}" } }) }),
    tasks: { Call: [{ echoes: true }] },
    status: "SUCCEEDED",
    output: { has: false },
  },
  {
    fact: "$states of a Pass has its input and the context only",
    source: states,
    definition: output("{% $keys($states) %}"),
    status: "SUCCEEDED",
    output: ["input", "context"],
  },
  {
    fact: "$states of a Task's Output has the result, too",
    source: states,
    definition: machine({ Call: task({ Output: "{% $keys($states) %}" }) }),
    tasks: { Call: [{ returns: 1 }] },
    status: "SUCCEEDED",
    output: ["input", "context", "result"],
  },
  {
    fact: "$states of a catcher has the error's output and no result",
    source: states,
    definition: machine({
      Call: task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Done", Output: "{% $keys($states) %}" }] }),
      Done: { Type: "Succeed" },
    }),
    tasks: { Call: [{ fails: "A" }] },
    status: "SUCCEEDED",
    output: ["input", "context", "errorOutput"],
  },
  {
    fact: "A null result is there",
    source: states,
    definition: machine({ Call: task({ Output: ["{% $states.result %}", "{% $exists($states.result) %}"] }) }),
    tasks: { Call: [{ returns: null }] },
    status: "SUCCEEDED",
    output: [null, true],
  },
  {
    fact: "The Map's item is gone from the context after the Map",
    source: object,
    definition: machine({
      Each: { Type: "Map", Items: [1], ItemProcessor: branch({ Keep: { Type: "Pass", End: true } }), Next: "Look" },
      Look: { Type: "Pass", Output: "{% $exists($states.context.Map) %}", End: true },
    }),
    status: "SUCCEEDED",
    output: false,
  },
  {
    fact: "A Choice's condition reads the context",
    source: "recorded: context_object/test_variable",
    definition: machine({
      Ask: {
        Type: "Choice",
        Choices: [{ Condition: "{% $states.context.Execution.Input.go %}", Next: "Go" }],
        Default: "Stop",
      },
      Go: { Type: "Pass", Output: "gone", End: true },
      Stop: { Type: "Fail" },
    }),
    input: { go: true },
    status: "SUCCEEDED",
    output: "gone",
  },
  {
    fact: "Items may come from the context",
    source: "recorded: context_object/test_items_path",
    definition: machine({
      Drop: { Type: "Pass", Output: null, Next: "Each" },
      Each: {
        Type: "Map",
        Items: "{% $states.context.Execution.Input.list %}",
        ItemProcessor: branch({ Keep: { Type: "Pass", End: true } }),
        End: true,
      },
    }),
    input: { list: ["a"] },
    status: "SUCCEEDED",
    output: ["a"],
  },
];
