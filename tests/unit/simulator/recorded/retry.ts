/** How often and when a state is tried again. */
import { branch, machine, task } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const all = ["States.ALL"];
const errors = docs("concepts-error-handling");
const broken = { Work: [{ fails: "Broken", cause: "belt torn" }] };
const calls = (count: number): { readonly Work: readonly unknown[] } => ({
  Work: Array.from({ length: count }, () => ({})),
});

export const retrying: readonly Fact[] = [
  {
    fact: "MaxAttempts counts retries: with 5 there are six calls",
    source: errors,
    definition: machine({ Work: task({ Retry: [{ ErrorEquals: all, MaxAttempts: 5, BackoffRate: 1 }] }) }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    sent: calls(6),
    seconds: 5,
  },
  {
    fact: "MaxAttempts is 3 unless it is said",
    source: errors,
    definition: machine({ Work: task({ Retry: [{ ErrorEquals: all }] }) }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    sent: calls(4),
  },
  {
    fact: "Retries wait 1, 2 and 4 seconds unless it is said",
    source: errors,
    definition: machine({ Work: task({ Retry: [{ ErrorEquals: all, MaxAttempts: 3 }] }) }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    seconds: 7,
  },
  {
    fact: "MaxAttempts 0 never retries",
    source: "recorded: scenarios/test_retry_interval_features_max_attempts_zero",
    definition: machine({
      Work: task({
        Retry: [
          {
            ErrorEquals: all,
            IntervalSeconds: 3,
            MaxAttempts: 0,
            BackoffRate: 2,
            MaxDelaySeconds: 5,
            JitterStrategy: "FULL",
          },
        ],
      }),
    }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    sent: calls(1),
    seconds: 0,
  },
  {
    fact: "An empty list of retriers never retries",
    source: "recorded: scenarios/test_lambda_empty_retry",
    definition: machine({ Work: task({ Retry: [] }) }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    cause: "belt torn",
    sent: calls(1),
  },
  {
    fact: "The error of the last call is the execution's",
    source: "recorded: scenarios/test_retry_interval_features",
    definition: machine({ Work: task({ Retry: [{ ErrorEquals: all, MaxAttempts: 2 }] }) }),
    tasks: {
      Work: [
        { fails: "A", cause: "1" },
        { fails: "B", cause: "2" },
        { fails: "C", cause: "3" },
      ],
    },
    status: "FAILED",
    error: "C",
    cause: "3",
  },
  {
    fact: "A retried Task is entered once",
    source: "recorded: scenarios/test_lambda_invoke_with_retry_base",
    definition: machine({
      Work: task({ Retry: [{ ErrorEquals: all, MaxAttempts: 3 }], Catch: [{ ErrorEquals: all, Next: "Mend" }] }),
      Mend: { Type: "Pass", End: true },
    }),
    tasks: broken,
    status: "SUCCEEDED",
    output: { Error: "Broken", Cause: "belt torn" },
    states: ["Work", "Mend"],
    sent: calls(4),
  },
  {
    fact: "A retry that succeeds ends the matter",
    source: errors,
    definition: machine({ Work: task({ Retry: [{ ErrorEquals: ["Broken"], MaxAttempts: 3 }] }) }),
    tasks: { Work: [{ fails: "Broken" }, { returns: "mended" }] },
    status: "SUCCEEDED",
    output: "mended",
    sent: calls(2),
    seconds: 1,
  },
  {
    fact: "BackoffRate multiplies the interval from retry to retry",
    source: errors,
    definition: machine({
      Work: task({ Retry: [{ ErrorEquals: all, IntervalSeconds: 3, BackoffRate: 1.5, MaxAttempts: 2 }] }),
    }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    seconds: 3 + 4.5,
  },
  {
    fact: "BackoffRate 1 keeps the interval",
    source: "recorded: scenarios/test_retry_interval_features_jitter_none",
    definition: machine({
      Work: task({
        Retry: [
          {
            ErrorEquals: all,
            IntervalSeconds: 1,
            BackoffRate: 1,
            MaxAttempts: 2,
            MaxDelaySeconds: 3,
            JitterStrategy: "NONE",
          },
        ],
      }),
    }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    sent: calls(3),
    seconds: 2,
  },
  {
    fact: "MaxDelaySeconds bounds the interval",
    source: errors,
    definition: machine({
      Work: task({
        Retry: [{ ErrorEquals: all, IntervalSeconds: 4, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 10 }],
      }),
    }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    seconds: 4 + 10 + 10,
  },
  {
    fact: "Retriers that don't name the error are passed over",
    source: "recorded: scenarios/test_map_state_retry_multiple_retriers",
    definition: machine({
      Work: task({
        Retry: [
          { ErrorEquals: ["Other"], MaxAttempts: 9 },
          { ErrorEquals: ["Another"], MaxAttempts: 8 },
          { ErrorEquals: ["Broken"], MaxAttempts: 3 },
        ],
      }),
    }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    sent: calls(4),
  },
  {
    fact: "The first retrier that names the error decides, also when it is exhausted and another would match",
    source: errors,
    definition: machine({
      Work: task({
        Retry: [
          { ErrorEquals: ["Broken"], MaxAttempts: 1 },
          { ErrorEquals: all, MaxAttempts: 5 },
        ],
      }),
    }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    sent: calls(2),
  },
  {
    fact: "Each retrier counts its own retries and takes its own intervals",
    source: errors,
    definition: machine({
      Work: task({
        Retry: [
          { ErrorEquals: ["Jam", "Tear"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 },
          { ErrorEquals: ["Heat"], IntervalSeconds: 5 },
        ],
        Catch: [{ ErrorEquals: all, Next: "Mend" }],
      }),
      Mend: { Type: "Pass", Output: "{% $states.input.Error %}", End: true },
    }),
    tasks: { Work: [{ fails: "Jam" }, { fails: "Tear" }, { fails: "Heat" }, { fails: "Tear" }] },
    status: "SUCCEEDED",
    output: "Tear",
    sent: calls(4),
    seconds: 1 + 2 + 5,
  },
  {
    fact: "Retries are counted anew each time that the state is entered",
    source: errors,
    definition: machine({
      Begin: { Type: "Pass", Assign: { rounds: 0 }, Next: "Work" },
      Work: task({
        Arguments: {},
        Retry: [{ ErrorEquals: all, MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: all, Next: "Again", Assign: { rounds: "{% $rounds + 1 %}" } }],
      }),
      Again: { Type: "Choice", Choices: [{ Condition: "{% $rounds < 2 %}", Next: "Work" }], Default: "Stop" },
      Stop: { Type: "Pass", Output: "{% $rounds %}", End: true },
    }),
    tasks: broken,
    status: "SUCCEEDED",
    output: 2,
    sent: calls(4),
  },
  {
    fact: "A retried Map runs its iterations again and is entered once",
    source: "recorded: scenarios/test_map_state_retry",
    definition: machine({
      Each: {
        Type: "Map",
        Items: [1],
        ItemProcessor: branch({ Stop: { Type: "Fail", Error: "Jam", Cause: "paper" } }),
        Retry: [{ ErrorEquals: ["Jam"], MaxAttempts: 2 }],
        End: true,
      },
    }),
    status: "FAILED",
    error: "Jam",
    cause: "paper",
    states: ["Each", "Stop", "Stop", "Stop"],
  },
  {
    fact: "A retried Parallel runs its branches again and is entered once",
    source: "recorded: scenarios/test_parallel_state_retry",
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Stop: { Type: "Fail", Error: "Jam", Cause: "paper" } })],
        Retry: [{ ErrorEquals: ["Jam"], MaxAttempts: 2 }],
        End: true,
      },
    }),
    status: "FAILED",
    error: "Jam",
    cause: "paper",
    states: ["Both", "Stop", "Stop", "Stop"],
  },
  {
    fact: "A Parallel is caught after its retries, with its last error",
    source: "recorded: states_variables/test_parallel_catch_error[PARALLEL_CATCH_ERROR_OUTPUT_WITH_RETRY]",
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Work: task() })],
        Retry: [{ ErrorEquals: all, IntervalSeconds: 1, MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: all, Next: "Mend" }],
        End: true,
      },
      Mend: { Type: "Pass", End: true },
    }),
    tasks: {
      Work: [
        { fails: "Broken", cause: "first" },
        { fails: "Broken", cause: "second" },
      ],
    },
    status: "SUCCEEDED",
    output: { Error: "Broken", Cause: "second" },
    states: ["Both", "Work", "Work", "Mend"],
  },
  {
    fact: "A retried Task evaluates its Arguments anew",
    source: "recorded: scenarios/test_lambda_service_invoke_with_retry_extended_input",
    definition: machine({
      Work: task({
        Arguments: { attempt: "{% $states.context.State.RetryCount %}" },
        Retry: [{ ErrorEquals: all, MaxAttempts: 2 }],
      }),
    }),
    tasks: broken,
    status: "FAILED",
    error: "Broken",
    sent: { Work: [{ attempt: 0 }, { attempt: 1 }, { attempt: 2 }] },
  },
];
