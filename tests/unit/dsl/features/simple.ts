/** Pass, Wait, Succeed and Fail. */
import * as z from "zod";
import { AnyError, gt, text, workflow } from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";

const named = workflow("named", { input: z.object({ day: z.string() }) }, (flow, run) => {
  const where = flow.let("Where", { prefix: text`days/${run.day}`, parts: [1, 2] });
  return where.prefix;
});

const pauses = workflow("pauses", { input: z.object({ seconds: z.number(), until: z.string() }) }, (flow, run) => {
  flow.wait("Fixed", 30);
  flow.wait("Given", run.seconds);
  flow.wait("Until", { until: "2025-01-01T00:01:00Z" });
  flow.wait("UntilGiven", { until: run.until });
});
const pause = {
  given: { input: { seconds: 10, until: "2025-01-01T00:02:00Z" } },
  ends: { status: "SUCCEEDED", takes: 120 },
} as const;

const early = workflow("early", { input: z.object({ n: z.number() }) }, (flow, run) => {
  flow.if("Enough", gt(run.n, 1), (flow) => flow.succeed("Done", { enough: run.n }));
  return "went on";
});

const fails = workflow("fails", { input: z.object({ why: z.string() }) }, (flow, run) => {
  flow.fail("Refuse", { error: "Refused", cause: text`because of ${run.why}` });
});
const failure = {
  given: { input: { why: "rain" } },
  ends: { status: "FAILED", error: "Refused", cause: "because of rain" },
} as const;
const caught = workflow("caught", { input: z.object({}) }, (flow) =>
  flow.try("Careful", (flow) => flow.fail("Refuse", { error: "Refused" })).catch(AnyError, (_, error) => error.Error),
);

export const simpleRows: readonly Row[] = [
  {
    field: "Pass.Assign",
    here: "`flow.let(name, value)`: computed once, seen in the history",
    program: named,
    values: [{ Where: { prefix: '{% "days/" & $states.context.Execution.Input.day %}', parts: [1, 2] } }],
    cases: [{ given: { input: { day: "d1" } }, ends: { output: "days/d1" } }],
  },
  {
    field: "Wait.Seconds",
    here: "`flow.wait(name, 30)`, `flow.wait(name, reference)`",
    program: pauses,
    values: [30, "{% $states.context.Execution.Input.seconds %}"],
    cases: [pause],
  },
  {
    field: "Wait.Timestamp",
    here: "`flow.wait(name, { until })`, a text such as `2026-01-31T10:00:00Z` or a reference to one",
    program: pauses,
    values: ["2025-01-01T00:01:00Z", "{% $states.context.Execution.Input.until %}"],
    cases: [pause],
  },
  {
    field: "Succeed.Output",
    here: "`flow.succeed(name, output?)`; what the workflow returns is a Succeed at its end",
    program: early,
    values: [{ enough: "{% $states.context.Execution.Input.n %}" }, '{% "went on" %}'],
    cases: [
      { given: { input: { n: 2 } }, ends: { status: "SUCCEEDED", output: { enough: 2 } } },
      { given: { input: { n: 1 } }, ends: { status: "SUCCEEDED", output: "went on" } },
    ],
  },
  {
    field: "Fail.Error",
    here: "`flow.fail(name, { error })`, a text or a reference; a `try` around it catches it",
    program: caught,
    values: ["Refused"],
    cases: [{ ends: { status: "SUCCEEDED", output: "Refused" } }],
  },
  {
    field: "Fail.Cause",
    here: "`flow.fail(name, { cause })`, a text or a reference",
    program: fails,
    values: ['{% "because of " & $states.context.Execution.Input.why %}'],
    cases: [failure],
  },
];
