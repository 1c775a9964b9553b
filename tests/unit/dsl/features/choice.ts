/** Choice. */
import * as z from "zod";
import { add, gt, workflow } from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";

const ways = workflow("ways", { input: z.object({ n: z.number() }) }, (flow, run) =>
  flow.if(
    "Big",
    gt(run.n, 10),
    () => ({ size: "big" }),
    (flow) => ({ size: "small", more: flow.let("More", add(run.n, 1)) }),
  ),
);
const big = { given: { input: { n: 11 } }, ends: { output: { size: "big" } } };
const small = { given: { input: { n: 1 } }, ends: { output: { size: "small", more: 2 } } };

const kinds = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("parcel"), weight: z.number() }),
  z.object({ kind: z.literal("letter"), stamped: z.boolean() }),
]);
const posted = workflow("posted", { input: z.object({ post: kinds }) }, (flow, run) =>
  flow.match("Kind", run.post, "kind", {
    parcel: (_, post) => post.weight,
    letter: (flow) => flow.choose("Speed", flow.let("Speeds", "fast"), { fast: () => "first class" }),
  }),
);

export const choiceRows: readonly Row[] = [
  {
    field: "Choice.Choices[].Condition",
    here: "`flow.if(name, condition, then, otherwise?)`, the condition of `eq ne lt lte gt gte and or not`",
    program: ways,
    values: ["{% $states.context.Execution.Input.n > 10 %}"],
    cases: [big, small],
  },
  {
    field: "Choice.Choices[].Next",
    of: "a case each",
    here: '`flow.choose(name, on, { value: block, … })` has a way for each value of its type (texts, numbers, booleans); `flow.match(name, union, "kind", { … })` for each member of a union, and each way gets what the value then is',
    program: posted,
    values: ["Kind: parcel", "Speeds", "Speed: fast"],
    cases: [
      { given: { input: { post: { kind: "parcel", weight: 3 } } }, ends: { output: 3 } },
      { given: { input: { post: { kind: "letter", stamped: true } } }, ends: { output: "first class" } },
      { given: { input: { post: { kind: "pigeon" } } }, ends: { error: "States.NoChoiceMatched" } },
    ],
  },
  {
    field: "Choice.Default",
    here: "`otherwise` of `flow.if`; `choose` and `match` have none: a value outside their type is `States.NoChoiceMatched`",
    program: ways,
    values: ["More"],
    cases: [small],
  },
  {
    field: "Choice.Choices[].Assign",
    here: "never written: a way's value is assigned by its last step, or by a Pass",
    program: ways,
    values: [],
    cases: [big, small],
  },
  {
    field: "Choice.Choices[].Output",
    here: "never written: steps read variables and the execution's input, never the output of the one before",
    program: ways,
    values: [],
    cases: [big, small],
  },
  {
    field: "Choice.Choices[].Comment",
    here: "never written: the step's `comment` stands at the Choice, those of a way's steps at their states",
    program: ways,
    values: [],
    cases: [big],
  },
];
