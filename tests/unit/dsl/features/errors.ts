/** Retry and Catch, of the states that have them. */
import * as z from "zod";
import { AnyError, invoke, lambdaFunction, workflow } from "../../../../workflow/dsl/index.ts";
import { TaskError, type TaskHandler } from "../../../../workflow/simulator/index.ts";
import type { Row } from "./row.ts";
import { throws } from "./throws.ts";

const input = z.object({ n: z.number() });
const given = { n: 1 };
const resources = { work: lambdaFunction() };

const tried = workflow("tried", { input, resources }, (flow, run, aws) =>
  flow.task("Work", invoke(aws.work, run.n, { answer: z.string() }), {
    retry: [{ errors: ["Busy"], interval: 10, maxAttempts: 4, backoff: 3, maxDelay: 60, jitter: true }],
  }),
);
const steady = workflow("steady", { input, resources }, (flow, run, aws) =>
  flow.task("Work", invoke(aws.work, run.n, { answer: z.string() }), {
    retry: [{ errors: ["Busy"], interval: 10, maxAttempts: 3, backoff: 3, maxDelay: 60 }],
  }),
);
/** Busy so many times, then done. */
const busy =
  (times: number): TaskHandler =>
  (_, { retryCount }) => {
    if (retryCount < times) throw new TaskError("Busy", "later");
    return { Payload: "done" };
  };
const whole = { Work: busy(3) };

const caught = workflow("caught", { input, resources }, (flow, run, aws) =>
  flow
    .try("Careful", (flow) => flow.task("Work", invoke(aws.work, run.n, { answer: z.string() })))
    .on(["Busy"], (flow, error) => flow.let("Noted", { later: error.Cause }))
    .catch(AnyError, (flow, error) => flow.fail("Failed", { error: "Broken", cause: error.Error })),
);
const noted = {
  given: { input: given, tasks: { Work: throws("Busy", "later") } },
  ends: { output: { later: "later" } },
};
const broken = {
  given: { input: given, tasks: { Work: throws("Odd", "later") } },
  ends: { status: "FAILED", error: "Broken", cause: "Odd" },
} as const;

const block = workflow("block", { input, resources }, (flow, run, aws) =>
  flow
    .try(
      "Together",
      (flow) => {
        flow.wait("Settle", 5);
        return flow.task("Work", invoke(aws.work, run.n, { answer: z.string() }));
      },
      { retry: [{ errors: ["Busy"], interval: 1 }] },
    )
    .catch(AnyError, () => "gave up"),
);
/** A block that is tried again calls its tasks anew, so they don't know how often they were called. */
const busyOnce = (): TaskHandler => {
  const calls: number[] = [];
  return () => {
    calls.push(calls.length);
    if (calls.length % 2 === 1) throw new TaskError("Busy", "later");
    return { Payload: "done" };
  };
};

const retry = (name: string, here: string, values: readonly unknown[], of?: Pick<Row, "program" | "cases">): Row => ({
  field: `Task.Retry[].${name}`,
  here,
  values,
  program: steady,
  cases: [{ given: { input: given, tasks: whole }, ends: { output: "done", takes: 100 } }],
  ...of,
});
const retries = "`retry: [{ … }]` of a task, a map, a parallel or a try";

const text = (member: string): string =>
  `"${member}": $states.errorOutput.${member} ? $states.errorOutput.${member} : ""`;
const errorOutput = `{% {${text("Error")}, ${text("Cause")}} %}`;

export const errorRows: readonly Row[] = [
  retry(
    "ErrorEquals",
    `\`errors\` in ${retries}. Lambdas are retried on the errors that [AWS names](https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception), unless \`retry\` names them`,
    [["Busy"]],
  ),
  retry("IntervalSeconds", "`interval`, 1 if it is left out", [10]),
  retry("MaxAttempts", "`maxAttempts`, retries without the first call, 3 if it is left out", [3]),
  retry("BackoffRate", "`backoff`, 2 if it is left out", [3]),
  retry("MaxDelaySeconds", "`maxDelay`", [60]),
  retry("JitterStrategy", "`jitter: true`", ["FULL"], {
    program: tried,
    cases: [{ given: { input: given, tasks: whole, random: () => 0.5 }, ends: { output: "done", takes: 50 } }],
  }),
  {
    field: "Parallel.Retry",
    of: "a block",
    here: "`flow.try(name, body, { retry })` tries all its steps again, as a Parallel of one branch",
    program: block,
    values: [[{ ErrorEquals: ["Busy"], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 }]],
    cases: [
      { given: { input: given, tasks: { Work: busyOnce() } }, ends: { output: "done", takes: 11 } },
      { given: { input: given, tasks: { Work: throws("Odd", "later") } }, ends: { output: "gave up", takes: 5 } },
    ],
  },
  {
    field: "Task.Catch[].ErrorEquals",
    here: "`flow.try(name, body).on(errors, handler).catch(errors, handler)`: each task in the body gets the catchers, the innermost try's first. A Fail in the body is caught too",
    program: caught,
    values: [["Busy"], ["States.ALL"]],
    cases: [noted, broken],
  },
  {
    field: "Task.Catch[].Next",
    here: "the handler's first step; what it returns is what the try yields",
    program: caught,
    values: ["Noted", "Failed"],
    cases: [noted, broken],
  },
  {
    field: "Task.Catch[].Assign",
    here: "the error that the handler is given: `error.Error`, one of the names, and `error.Cause`, empty texts where there is none",
    program: caught,
    values: [{ CarefulError: errorOutput }, { CarefulError2: errorOutput }],
    cases: [noted, broken],
  },
  {
    field: "Task.Catch[].Output",
    here: "always empty: the error is a variable",
    program: caught,
    values: [{}, {}],
    cases: [noted],
  },
  {
    field: "Task.Catch[].Comment",
    here: "never written: comments stand at the handler's steps",
    program: caught,
    values: [],
    cases: [noted],
  },
];
