/** Definitions that are broken in their retriers and catchers. */
import type { Broken } from "./broken.ts";
import { jsonata, task, type Fields } from "../machines.ts";

const retry = (...errors: readonly (readonly string[])[]): Fields =>
  task({ Retry: errors.map((each) => ({ ErrorEquals: each })) });

export const errors: readonly Broken[] = [
  {
    what: "a slip in an error's name",
    found: [
      'error unknown-error /States/A/Retry/0/ErrorEquals/0: "States.Timout" is not an error of Step Functions. Did you mean "States.Timeout"?',
    ],
    refusedBy: [],
    definition: jsonata({ A: retry(["States.Timout"]) }),
  },
  {
    what: "an error without its prefix",
    found: [
      'warning unknown-error /States/A/Retry/0/ErrorEquals/0: "TaskFailed" is not an error of Step Functions. Did you mean "States.TaskFailed"?',
    ],
    refusedBy: [],
    definition: jsonata({ A: retry(["TaskFailed"]) }),
  },
  {
    what: "an error of one's own with the prefix",
    found: [
      'error unknown-error /States/A/Retry/0/ErrorEquals/0: "States.Mine" is not an error of Step Functions. Give errors of your own names without "States."',
    ],
    refusedBy: [],
    definition: jsonata({ A: retry(["States.Mine"]) }),
  },
  {
    what: "an empty list of errors",
    found: ["error unknown-error /States/A/Retry/0/ErrorEquals: the list of errors is empty: name at least one"],
    refusedBy: ["amazon-states-language-service"],
    definition: jsonata({ A: retry([]) }),
  },
  {
    what: "an error that can't be caught",
    found: [
      'warning uncatchable-error /States/A/Retry/0/ErrorEquals/0: "States.Runtime" ends the execution: Step Functions does not retry or catch it. Leave it out.',
    ],
    refusedBy: [],
    definition: jsonata({ A: retry(["States.Runtime"]) }),
  },
  {
    what: "States.ALL beside others",
    found: [
      "error any-error /States/A/Retry/0/ErrorEquals: States.ALL stands beside other errors: it includes them, so leave them out",
    ],
    refusedBy: [],
    definition: jsonata({ A: retry(["States.ALL", "E"]) }),
  },
  {
    what: "States.ALL before others",
    found: [
      "error any-error /States/A/Retry/0/ErrorEquals: States.ALL comes before other errors, which are then never looked at: put it last",
    ],
    refusedBy: [],
    definition: jsonata({ A: retry(["States.ALL"], ["E"]) }),
  },
  {
    what: "an error that was taken before",
    found: [
      'warning covered-error /States/A/Retry/1/ErrorEquals: an earlier retrier takes "F", so this retrier never sees them: leave them out, or put them first',
    ],
    refusedBy: [],
    definition: jsonata({ A: retry(["E", "F"], ["F", "G"]) }),
  },
  {
    what: "an error that TaskFailed takes",
    found: [
      'warning covered-error /States/A/Retry/1/ErrorEquals: an earlier retrier takes "E", so this retrier is never used: leave them out, or put them first',
    ],
    refusedBy: [],
    definition: jsonata({ A: retry(["States.TaskFailed"], ["E"]) }),
  },
];
