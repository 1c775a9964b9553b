/** Definitions that are broken in their loops. */
import type { Broken } from "./broken.ts";
import { choice, jsonata, pass, task, to, type Fields } from "../machines.ts";

const counting = (rounds: number, body: Fields): Fields => ({
  Start: to("Work", { Assign: { turn: 1 } }),
  Work: { ...body, Next: "Again" },
  Again: choice(`{% $turn < ${rounds} %}`, "Step", "Done"),
  Step: to("Work", { Assign: { turn: "{% $turn + 1 %}" } }),
  Done: pass(),
});

export const loops: readonly Broken[] = [
  {
    what: "a loop without a way out",
    found: ['error endless-loop /States/A: no way leads out of the loop over "A", "B": add a Choice that leaves it'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: to("B"), B: to("A") }),
  },
  {
    what: "a loop that only an error ends",
    found: [
      'error catch-only-loop /States/A: only an error leads out of the loop over "A", "B": add a Choice that leaves it',
    ],
    refusedBy: [],
    definition: jsonata({
      A: task({ Next: "B", Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }] }),
      B: { Type: "Wait", Seconds: 1, Next: "A" },
      C: pass(),
    }),
  },
  {
    what: "a loop that nothing bounds",
    found: [
      'warning unbounded-loop /States/A: nothing bounds the loop over "A", "B": count its rounds in a variable that a Choice compares, or give the machine TimeoutSeconds',
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Next: "B" }), B: choice("{% $states.input.done %}", "C", "A"), C: pass() }),
  },
  {
    what: "a loop that avoids its counter",
    found: [
      'warning unbounded-loop /States/Work: nothing bounds the loop over "Work", "Again", "Step": count its rounds in a variable that a Choice compares, or give the machine TimeoutSeconds',
    ],
    refusedBy: [],
    definition: jsonata({
      ...counting(3, task()),
      Work: task({ Next: "Again", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Work" }] }),
    }),
  },
  {
    what: "a loop that no way leads to, once",
    found: ["error unreachable /States/B: no way leads here from StartAt: name it in a Next, or remove it"],
    refusedBy: [],
    definition: jsonata({ A: pass(), B: to("C"), C: to("B") }),
  },
];
