/** The fields that states of all types, or of most of them, have. */
import * as z from "zod";
import { add, gt, workflow } from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";

const sums = workflow("sums", { input: z.object({ n: z.number() }) }, (flow, run) => {
  const more = flow.let("More", add(run.n, 1), { comment: "One more." });
  flow.wait("Pause", 5);
  const size = flow.if(
    "Big",
    gt(more, 10),
    () => "big",
    () => "small",
  );
  return { more, size };
});
const sum = { given: { input: { n: 1 } }, ends: { output: { more: 2, size: "small" }, takes: 5 } };

const closing = workflow("closing", { input: z.object({}) }, (flow) => {
  flow.wait("Pause", 5);
});

export const stateRows: readonly Row[] = [
  {
    field: "State.Type",
    here: "by the step: see the rows of the types",
    program: sums,
    values: ["Pass", "Wait", "Choice", "Pass", "Pass", "Succeed"],
    cases: [sum],
  },
  {
    field: "State.Comment",
    here: "`{ comment }`, among each step's options",
    program: sums,
    values: ["One more."],
    cases: [sum],
  },
  {
    field: "State.QueryLanguage",
    here: "never written: it is the machine's",
    program: sums,
    values: [],
    cases: [sum],
  },
  {
    field: "State.Next",
    here: "the step after it; ways lead back together to the step after theirs",
    program: sums,
    values: ["Pause", "Big", "sums: done", "sums: done"],
    cases: [{ ...sum, ends: { states: ["More", "Pause", "Big", "Big: no", "sums: done"] } }],
  },
  {
    field: "State.End",
    here: "the last step of its block",
    program: closing,
    values: [true],
    cases: [{ ends: { status: "SUCCEEDED", output: null, states: ["Pause"] } }],
  },
  {
    field: "State.Assign",
    here: "what a step yields is a variable of the step's name, and exists only where a later step uses it",
    program: sums,
    values: [{ More: "{% $states.context.Execution.Input.n + 1 %}" }, { Big: "small" }, { Big: "big" }],
    cases: [sum],
  },
  {
    field: "State.Output",
    here: "empty for a state that passes on by variables; what a branch, a child or the workflow returns for its last one",
    program: sums,
    values: [{}, {}, {}, { more: "{% $More %}", size: "{% $Big %}" }],
    cases: [sum],
  },
];
