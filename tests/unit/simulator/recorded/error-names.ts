/** The service's own errors, and which names find them. */
import { branch, machine, task } from "../machines.ts";
import { at, docs, type Fact } from "./fact.ts";

const errors = docs("concepts-error-handling");
const tooBig = (what: string): string =>
  `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`;
const big = "x".repeat(262_144);
const lambda = "arn:aws:states:::lambda:invoke";
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:weigh";
const catchers = (...names: readonly string[]): object => ({
  Catch: names.map((name) => ({ ErrorEquals: [name], Next: "Mend", Output: `caught by ${name}` })),
});
const mend = { Mend: { Type: "Succeed" } };

export const errorNames: readonly Fact[] = [
  {
    fact: "A timeout is States.Timeout without a cause",
    source: "recorded: timeouts/test_fixed_timeout_service_lambda",
    definition: machine({ Slow: task({ Resource: lambda, TimeoutSeconds: 5 }) }),
    tasks: { Slow: [{ after: 60, returns: 1 }] },
    status: "FAILED",
    error: "States.Timeout",
    cause: null,
    seconds: 5,
  },
  {
    fact: "A timeout of a function that is called by its ARN is States.Timeout without a cause",
    source: "recorded: timeouts/test_fixed_timeout_lambda",
    definition: machine({ Slow: task({ Resource: functionArn, TimeoutSeconds: 5 }) }),
    tasks: { Slow: [{ after: 60, returns: 1 }] },
    status: "FAILED",
    error: "States.Timeout",
    cause: null,
  },
  {
    fact: "A caught timeout has an empty text for its cause",
    source: "recorded: error_handling/test_invoke_timeout",
    definition: machine({
      Slow: task({ Resource: lambda, TimeoutSeconds: 5, Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Mend" }] }),
      ...mend,
    }),
    tasks: { Slow: [{ after: 60, returns: 1 }] },
    status: "SUCCEEDED",
    output: { Error: "States.Timeout", Cause: "" },
  },
  {
    fact: "A timeout inside a Map fails the Map and stops its other iterations",
    source: "recorded: timeouts/test_service_lambda_map_timeout",
    definition: machine({
      Each: { Type: "Map", Items: [1, 2, 3], ItemProcessor: branch({ Slow: task({ TimeoutSeconds: 5 }) }), End: true },
    }),
    tasks: { Slow: [{ after: 60, returns: 1 }] },
    status: "FAILED",
    error: "States.Timeout",
    cause: null,
    seconds: 5,
  },
  {
    fact: "States.TaskFailed finds an error of any name",
    source: errors,
    definition: machine({ Work: task(catchers("States.TaskFailed", "States.ALL")), ...mend }),
    tasks: { Work: [{ fails: "Glue.EntityNotFoundException" }] },
    status: "SUCCEEDED",
    output: "caught by States.TaskFailed",
  },
  {
    fact: "States.TaskFailed doesn't find a timeout",
    source: errors,
    definition: machine({ Work: task({ TimeoutSeconds: 1, ...catchers("States.TaskFailed", "States.ALL") }), ...mend }),
    tasks: { Work: [{ after: 9, returns: 1 }] },
    status: "SUCCEEDED",
    output: "caught by States.ALL",
  },
  {
    fact: "States.HeartbeatTimeout finds a missed heartbeat",
    source: errors,
    definition: machine({
      Await: task({
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        HeartbeatSeconds: 2,
        ...catchers("States.HeartbeatTimeout", "States.Timeout"),
      }),
      ...mend,
    }),
    tasks: { Await: [{ after: Infinity, returns: 1 }] },
    status: "SUCCEEDED",
    output: "caught by States.HeartbeatTimeout",
  },
  {
    fact: "States.HeartbeatTimeout doesn't find a plain timeout",
    source: errors,
    definition: machine({
      Work: task({ TimeoutSeconds: 1, ...catchers("States.HeartbeatTimeout", "States.Timeout") }),
      ...mend,
    }),
    tasks: { Work: [{ after: 9, returns: 1 }] },
    status: "SUCCEEDED",
    output: "caught by States.Timeout",
  },
  {
    fact: "Error names are found letter by letter",
    source: errors,
    definition: machine({ Work: task(catchers("broken", "Broken")), ...mend }),
    tasks: { Work: [{ fails: "Broken" }] },
    status: "SUCCEEDED",
    output: "caught by Broken",
  },
  {
    fact: "An AWS SDK error has the service's name before its own",
    source: "recorded: error_handling/test_s3_no_such_key",
    definition: machine({
      Read: task({ Resource: "arn:aws:states:::aws-sdk:s3:getObject", ...catchers("S3.NoSuchKeyException") }),
      ...mend,
    }),
    tasks: { Read: [{ fails: "S3.NoSuchKeyException", cause: "The key is not there." }] },
    status: "SUCCEEDED",
    output: "caught by S3.NoSuchKeyException",
  },
  {
    fact: "States.Runtime isn't found by its own name either",
    source: "recorded: scenarios/test_catch_states_runtime",
    definition: machine({ Work: task(catchers("States.Runtime", "States.ALL")), ...mend }),
    tasks: { Work: [{ fails: "States.Runtime", cause: "broken from within" }] },
    status: "FAILED",
    error: "States.Runtime",
    cause: "broken from within",
  },
  {
    fact: "A result that is too big is States.DataLimitExceeded of the integrated service",
    source: "recorded: error_handling/test_service_task_lambada_data_limit_exceeded_on_large_utf8_response",
    definition: machine({ Read: task({ Resource: lambda }) }),
    tasks: { Read: [{ returns: { Payload: big } }] },
    status: "FAILED",
    error: "States.DataLimitExceeded",
    cause: tooBig("lambda"),
  },
  {
    fact: "A result that is too big is States.DataLimitExceeded of the function that was called by its ARN",
    source: "recorded: error_handling/test_task_lambda_data_limit_exceeded_on_large_utf8_response",
    definition: machine({ Read: task({ Resource: functionArn }) }),
    tasks: { Read: [{ returns: big }] },
    status: "FAILED",
    error: "States.DataLimitExceeded",
    cause: tooBig(functionArn),
  },
  {
    fact: "States.ALL finds States.DataLimitExceeded of a task's result, against the documents",
    source:
      "recorded: error_handling/test_service_task_lambada_catch_state_all_data_limit_exceeded_on_large_utf8_response",
    definition: machine({
      Read: task({ Resource: lambda, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Mend" }] }),
      ...mend,
    }),
    tasks: { Read: [{ returns: { Payload: big } }] },
    status: "SUCCEEDED",
    output: { Error: "States.DataLimitExceeded", Cause: tooBig("lambda") },
  },
  {
    fact: "A Pass whose output is too big fails in its own name",
    source: "recorded: error_handling/test_start_large_input",
    definition: machine({ Grow: { Type: "Pass", Output: "{% $pad('', 262145, 'x') %}", End: true } }),
    status: "FAILED",
    error: "States.DataLimitExceeded",
    cause: tooBig("Grow"),
  },
  {
    fact: "Sizes are counted in bytes of UTF-8",
    source: docs("service-quotas"),
    definition: machine({ Read: task({ Resource: lambda }) }),
    tasks: { Read: [{ returns: { Payload: "ü".repeat(131_072) } }] },
    status: "FAILED",
    error: "States.DataLimitExceeded",
  },
  {
    fact: "A result just below 256 KiB passes",
    source: docs("service-quotas"),
    definition: machine({ Read: task({ Resource: lambda, Output: "{% $length($states.result) %}" }) }),
    tasks: { Read: [{ returns: "x".repeat(262_142) }] },
    status: "SUCCEEDED",
    output: 262_142,
  },
  {
    fact: "A machine that times out ends as TIMED_OUT without error and cause",
    source: "recorded: timeouts/test_global_timeout",
    definition: machine({ Sleep: { Type: "Wait", Seconds: 60, End: true } }, { TimeoutSeconds: 5 }),
    status: "TIMED_OUT",
    error: null,
    cause: null,
    seconds: 5,
  },
  {
    fact: "The machine's timeout isn't caught by any catcher",
    source: errors,
    definition: machine({ Slow: task(catchers("States.Timeout", "States.ALL")), ...mend }, { TimeoutSeconds: 5 }),
    tasks: { Slow: [{ after: 60, returns: 1 }] },
    status: "TIMED_OUT",
    error: null,
    cause: null,
    states: ["Slow"],
  },
  {
    fact: "A function that isn't there is a type error of the expression",
    source: "recorded: intrinsic_functions/test_math_random_seeded",
    definition: machine({ Draw: { Type: "Pass", Output: { n: "{% $dice(6) %}" }, End: true } }),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause:
      `${at("Draw", 2)}The JSONata expression '$dice(6)' specified for the field 'Output/n' ` +
      "threw an error during evaluation. T1006: Attempted to invoke a non-function",
    location: "Output/n",
  },
];
