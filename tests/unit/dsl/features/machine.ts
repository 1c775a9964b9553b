/** The fields of a machine: the program's own, a branch's, a child's. */
import * as z from "zod";
import { hours, text, workflow } from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";

const greeting = workflow(
  "greeting",
  { input: z.object({ name: z.string() }), comment: "Greets.", timeout: hours(1) },
  (flow, run) => {
    flow.wait("Pause", 1);
    return { said: text`Hello ${run.name}` };
  },
);
const greets = { given: { input: { name: "Ada" } }, ends: { output: { said: "Hello Ada" } } };

const slow = workflow("slow", { input: z.object({}), timeout: 60 }, (flow) => {
  flow.wait("Pause", hours(1));
});

export const machineRows: readonly Row[] = [
  {
    field: "Machine.Comment",
    here: "`workflow(name, { comment }, …)`",
    program: greeting,
    values: ["Greets."],
    cases: [greets],
  },
  {
    field: "Machine.QueryLanguage",
    here: "always `JSONata`",
    program: greeting,
    values: ["JSONata"],
    cases: [greets],
  },
  {
    field: "Machine.StartAt",
    here: "the first step of the block",
    program: greeting,
    values: ["Pause"],
    cases: [{ ...greets, ends: { states: ["Pause", "greeting: done"] } }],
  },
  {
    field: "Machine.States",
    here: "a step is a state or several, under its name; what the compiler adds is called `Step: part`",
    program: greeting,
    values: [
      {
        Pause: { Type: "Wait", Seconds: 1, Next: "greeting: done" },
        "greeting: done": {
          Type: "Succeed",
          Output: { said: '{% "Hello " & $states.context.Execution.Input.name %}' },
        },
      },
    ],
    cases: [greets],
  },
  {
    field: "Machine.TimeoutSeconds",
    here: "`workflow(name, { timeout }, …)`, in seconds: `minutes(5)`, `hours(2)`, `days(1)`",
    program: slow,
    values: [60],
    cases: [{ ends: { status: "TIMED_OUT", takes: 60 } }],
  },
  {
    field: "Machine.Version",
    here: "never written: it has one value, `1.0`, which is the default",
    program: greeting,
    values: [],
    cases: [greets],
  },
];
