/** Mistakes in names, numbers, sizes and errors' names. */
import { AnyError, eq, startJobRun } from "../../../../workflow/dsl/index.ts";
import { here, nothing, unchecked, type Mistake } from "./mistake.ts";

const long = "x".repeat(81);

const numbers: readonly (Omit<Mistake, "message"> & { readonly field: string; readonly fits?: string })[] = [
  {
    what: "a pause that is negative",
    state: "Pause",
    field: "Seconds is -1",
    fits: "a whole number from 0 to 99999999",
    write: (flow) => {
      flow.wait(here("Pause"), -1);
    },
  },
  {
    what: "a workflow's timeout that is none",
    field: "TimeoutSeconds is 0",
    timeout: 0,
    write: (flow) => {
      flow.wait("Pause", 1);
    },
  },
  {
    what: "a Lambda's timeout",
    state: "Work",
    field: "the Lambda's timeout is -10",
    fits: "a whole number from 1 to 900",
    write: (flow) => flow.lambda(here("Work"), {}, nothing, { timeout: -10 }),
  },
  {
    what: "a Lambda's timeout that is no number",
    state: "Work",
    field: "the Lambda's timeout is NaN",
    fits: "a whole number from 1 to 900",
    write: (flow) => flow.lambda(here("Work"), {}, nothing, { timeout: Number.NaN }),
  },
  {
    what: "a Lambda's memory",
    state: "Work",
    field: "the Lambda's memory is 100",
    fits: "a whole number from 128 to 10240",
    write: (flow) => flow.lambda(here("Work"), {}, nothing, { memory: 100 }),
  },
  {
    what: "a task's timeout that is a text",
    state: "Load",
    field: 'TimeoutSeconds is "soon"',
    write: (flow, _, { job }) => flow.task(here("Load"), startJobRun(job, {}), { timeout: unchecked<number>("soon") }),
  },
  {
    what: "a retry's interval that is no number",
    state: "Work",
    field: "IntervalSeconds is NaN",
    write: (flow) => flow.lambda(here("Work"), {}, nothing, { retry: [{ errors: ["Mine"], interval: Number.NaN }] }),
  },
  {
    what: "rounds that are no number",
    state: "Ask",
    field: "atMost is NaN",
    write: (flow) =>
      here(flow).poll(
        "Ask",
        { every: 1, atMost: Number.NaN },
        (flow) => flow.lambda("Work", {}, nothing),
        (answer) => eq(answer, null),
      ),
  },
  {
    what: "rounds that are none",
    state: "Ask",
    field: "atMost is 0",
    write: (flow) =>
      here(flow).poll(
        "Ask",
        { every: 1, atMost: 0 },
        (flow) => flow.lambda("Work", {}, nothing),
        (answer) => eq(answer, null),
      ),
  },
  {
    what: "a pause between rounds that is no number",
    state: "Ask: wait",
    field: "Seconds is NaN",
    fits: "a whole number from 0 to 99999999",
    write: (flow) =>
      here(flow).poll(
        "Ask",
        { every: Number.NaN, atMost: 2 },
        (flow) => flow.lambda("Work", {}, nothing),
        (answer) => eq(answer, null),
      ),
  },
];

export const fieldMistakes = {
  limit: [
    ...numbers.map(({ field, fits = "a whole number from 1 to 99999999", ...mistake }): Mistake => ({
      ...mistake,
      message: `${field}: it has to be ${fits}`,
    })),
  ],
  "long-name": [
    {
      what: "a name that is too long, whose result is used",
      state: long,
      message: "the name has 81 characters, and 80 are allowed: shorten it",
      write: (flow) => flow.lambda(here(long), {}, () => 1),
    },
    {
      what: "a loop's name that is too long for the names of its states",
      state: "x".repeat(75),
      message: `the name of its state "${"x".repeat(75)}: gave up" has 84 characters, and 80 are allowed: shorten it`,
      write: (flow) =>
        here(flow).poll(
          "x".repeat(75),
          { every: 1, atMost: 2 },
          (flow) => flow.lambda("Work", {}, nothing),
          (answer) => eq(answer, null),
        ),
    },
  ],
  variable: [
    {
      what: "a state in a branch of an outer state's variable",
      state: "Load_a",
      message:
        'would overwrite the variable "Load_a", which "Load a" (FILE:LINE) has already: a variable is named after its state, with _ for what is neither letter nor digit. Rename one.',
      write: (flow) => {
        const one = flow.let("Load a", 1);
        const both = flow.parallel("Both", { other: (flow) => ({ other: flow.let(here("Load_a"), 2) }) });
        return { one, both };
      },
    },
    {
      what: "two states of one variable",
      state: "Load_a",
      message:
        'would overwrite the variable "Load_a", which "Load a" (FILE:LINE) has already: a variable is named after its state, with _ for what is neither letter nor digit. Rename one.',
      write: (flow) => {
        const one = flow.let("Load a", 1);
        const other = flow.let(here("Load_a"), 2);
        return { one, other };
      },
    },
    {
      what: "a state of a loop's variable",
      state: "AskCount",
      message:
        'would overwrite the variable "AskCount", which "Ask" (FILE:LINE) has already: a variable is named after its state, with _ for what is neither letter nor digit. Rename one.',
      write: (flow) => {
        flow.poll(
          "Ask",
          { every: 1, atMost: 2 },
          (flow) => flow.lambda("Work", {}, nothing),
          (answer) => eq(answer, null),
        );
        return flow.let(here("AskCount"), 1);
      },
    },
    {
      what: "a name that is too long for its variable",
      state: "x".repeat(78),
      message: `its variable "${"x".repeat(78)}Error" has 83 characters, and 80 are allowed: shorten the state's name`,
      write: (flow) =>
        flow
          .try(here("x".repeat(78)), (flow) => flow.lambda("Work", {}, nothing))
          .catch(AnyError, (flow, { Cause }) => flow.fail("Bad", { error: "Bad", cause: Cause })),
    },
  ],
  "unknown-error": [
    {
      what: "an error that Step Functions does not know, for all steps that can have it",
      state: "Careful",
      message: '"States.Timeouts" is not an error of Step Functions. Did you mean "States.Timeout"?',
      write: (flow) =>
        flow
          .try(here("Careful"), (flow) => {
            flow.lambda("One", {}, nothing);
            flow.lambda("Other", {}, nothing);
          })
          .catch(["States.Timeouts"], () => 1),
    },
    {
      what: "a retry for no error",
      state: "Work",
      message: "the list of errors is empty: name at least one",
      write: (flow) => flow.lambda(here("Work"), {}, nothing, { retry: [{ errors: [] }] }),
    },
    {
      what: "an error of one's own with the prefix, which nothing raises",
      state: "Careful",
      message: '"States.Nope" is not an error of Step Functions. Give errors of your own names without "States."',
      write: (flow) =>
        flow
          .try(here("Careful"), (flow) => {
            flow.lambda("Work", {}, nothing);
            flow.lambda("WorkAgain", {}, nothing);
          })
          .catch(["States.Nope"], () => 1),
    },
  ],
  "any-error": [
    {
      what: "any error beside others",
      state: "Careful",
      message: "States.ALL stands beside other errors: it includes them, so leave them out",
      write: (flow) =>
        flow.try(here("Careful"), (flow) => flow.lambda("Work", {}, nothing)).catch(["States.ALL", "Mine"], () => 1),
    },
    {
      what: "any error before others",
      state: "Load",
      message: "States.ALL comes before other errors, which are then never looked at: put it last",
      write: (flow, _, { job }) =>
        flow.task(here("Load"), startJobRun(job, {}), {
          timeout: 60,
          retry: [{ errors: AnyError }, { errors: ["Mine"] }],
        }),
    },
    {
      what: "any error before others, of a Lambda, which has retries of its own",
      state: "Work",
      message: "States.ALL comes before other errors, which are then never looked at: put it last",
      write: (flow) => flow.lambda(here("Work"), {}, nothing, { retry: [{ errors: AnyError }, { errors: ["Mine"] }] }),
    },
  ],
  "too-large": [
    {
      what: "a definition that is too large",
      message:
        "the definition has 1250409 bytes, and 1048576 are allowed: move a part into a machine of its own, or data into S3",
      write: (flow) => {
        for (const name of ["One", "Two", "Three", "Four", "Five"]) flow.let(name, "x".repeat(250_000));
      },
    },
  ],
  "payload-too-large": [
    {
      what: "a value that is too large as it is written",
      state: "Big",
      message: "Assign has at least 262154 bytes, and 262144 are allowed: put the data into S3, and pass its key",
      write: (flow) => {
        flow.let(here("Big"), "x".repeat(262_144));
      },
    },
  ],
} as const satisfies Readonly<Record<string, readonly Mistake[]>>;
