/** Parallel: its branches, and the steps that are made of one. */
import * as z from "zod";
import { add, gte, text, workflow } from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";

const both = workflow("both", { input: z.object({ n: z.number() }) }, (flow, run) => {
  const { one, "the other": other } = flow.parallel("Both", {
    one: () => add(run.n, 1),
    "the other": (flow) => {
      flow.wait("Pause", 5);
      return text`n${run.n}`;
    },
  });
  return { one, other };
});
const done = { given: { input: { n: 1 } }, ends: { output: { one: 2, other: "n1" }, takes: 5 } };

const counted = workflow("counted", { input: z.object({ n: z.number() }) }, (flow, run) =>
  flow.repeat(
    "Count",
    { n: run.n },
    { atMost: 5, every: 10 },
    (_, state) => ({ n: add(state.n, 1) }),
    (state) => gte(state.n, 3),
  ),
);

export const parallelRows: readonly Row[] = [
  {
    field: "Parallel.Branches[].States",
    here: "`flow.parallel(name, { key: block, … }, { retry })`, and each branch sees what is outside of it",
    program: both,
    values: [
      {
        "Both: one": { Type: "Pass", Output: "{% $states.context.Execution.Input.n + 1 %}", End: true },
      },
      {
        Pause: { Type: "Wait", Seconds: 5, Next: "Both: the other" },
        "Both: the other": { Type: "Pass", Output: '{% "n" & $states.context.Execution.Input.n %}', End: true },
      },
    ],
    cases: [done],
  },
  {
    field: "Parallel.Branches[].StartAt",
    here: "the branch's first step",
    program: both,
    values: ["Both: one", "Pause"],
    cases: [done],
  },
  {
    field: "Parallel.Assign",
    here: "an object of what the branches return, by their keys",
    program: both,
    values: [{ Both: '{% {"one": $states.result[0], "the other": $states.result[1]} %}' }],
    cases: [done],
  },
  {
    field: "Parallel.Arguments",
    here: "never written: branches read variables, not their state's input",
    program: both,
    values: [],
    cases: [done],
  },
  {
    field: "Parallel.Branches",
    of: "one, a loop",
    here: "`flow.poll(name, { every, atMost }, ask, until)`, else `PollExhausted`; `flow.repeat(name, from, { atMost, every }, round, until)`, else `RepeatExhausted`",
    program: counted,
    values: [
      [
        {
          StartAt: "Count: begin",
          States: {
            "Count: begin": {
              Type: "Pass",
              Assign: { CountState: { n: "{% $states.context.Execution.Input.n %}" }, CountCount: 0 },
              Output: {},
              Next: "Count: next",
            },
            "Count: next": {
              Type: "Pass",
              Assign: { CountState: { n: "{% $CountState.n + 1 %}" }, CountCount: "{% $CountCount + 1 %}" },
              Output: {},
              Next: "Count: done?",
            },
            "Count: done?": {
              Type: "Choice",
              Choices: [
                { Condition: "{% $CountState.n >= 3 %}", Next: "Count: end" },
                { Condition: "{% $CountCount < 5 %}", Next: "Count: wait" },
              ],
              Default: "Count: gave up",
            },
            "Count: wait": { Type: "Wait", Seconds: 10, Next: "Count: next" },
            "Count: gave up": {
              Type: "Fail",
              Error: "RepeatExhausted",
              Cause: '5 rounds, one every 10 s, and "Count" is not done',
            },
            "Count: end": { Type: "Pass", Output: "{% $CountState %}", End: true },
          },
        },
      ],
    ],
    cases: [
      { given: { input: { n: 0 } }, ends: { output: { n: 3 }, takes: 20 } },
      { given: { input: { n: -9 } }, ends: { error: "RepeatExhausted", takes: 40 } },
    ],
  },
];
