/** Definitions that are broken in their variables. */
import type { Broken } from "./broken.ts";
import { choice, jsonata, map, parallel, pass, task, to } from "../machines.ts";

const long = "a".repeat(81);

export const variables: readonly Broken[] = [
  {
    what: "a variable that no state assigns",
    found: ['error unknown-variable /States/B/Output: no state assigns $totl. Did you mean "total"?'],
    refusedBy: [],
    definition: jsonata({ A: to("B", { Assign: { total: 1 } }), B: pass({ Output: "{% $totl %}" }) }),
  },
  {
    what: "a variable that is read where it is assigned",
    found: [
      "error unassigned /States/A/Output: $x is assigned on no way that leads here: assign it in a state before this one (a state's own Assign comes after all it reads)",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Assign: { x: 1 }, Output: "{% $x %}" }) }),
  },
  {
    what: "a variable of one way that is read on both",
    found: [
      "warning possibly-unassigned /States/C/Output: $x is not assigned on every way that leads here: assign it before the ways part, or ask $exists($x)",
    ],
    refusedBy: [],
    definition: jsonata({
      A: choice("{% $states.input.a %}", "B", "C"),
      B: to("C", { Assign: { x: 1 } }),
      C: pass({ Output: "{% $x %}" }),
    }),
  },
  {
    what: "a variable that the catcher does not assign",
    found: [
      "warning possibly-unassigned /States/B/Output: $x is not assigned on every way that leads here: assign it before the ways part, or ask $exists($x)",
    ],
    refusedBy: [],
    definition: jsonata({
      A: task({ Assign: { x: 1 }, Next: "B", Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }] }),
      B: pass({ Output: "{% $x %}" }),
    }),
  },
  {
    what: "a variable that a rule does not assign",
    found: [
      "warning possibly-unassigned /States/B/Output: $x is not assigned on every way that leads here: assign it before the ways part, or ask $exists($x)",
    ],
    refusedBy: [],
    definition: jsonata({
      A: {
        Type: "Choice",
        Assign: { x: 1 },
        Choices: [{ Condition: "{% $states.input.a %}", Next: "B" }],
        Default: "B",
      },
      B: pass({ Output: "{% $x %}" }),
    }),
  },
  {
    what: "a branch's variable outside",
    found: [
      "error out-of-scope /States/C/Output: $x is a variable of A/Branches[0], and is gone outside of it: pass it on as the output of its last state",
    ],
    refusedBy: [],
    definition: jsonata({
      A: parallel([{ B: pass({ Assign: { x: 1 } }) }], { Next: "C" }),
      C: pass({ Output: "{% $x %}" }),
    }),
  },
  {
    what: "a variable that a distributed Map's children can't see",
    found: [
      "error out-of-scope /States/B/ItemProcessor/States/C/Output: $x is a variable outside of a distributed Map, whose children see none of those: pass it on with ItemSelector or ItemBatcher.BatchInput, and read it from $states.input",
    ],
    refusedBy: [],
    definition: jsonata({
      A: to("B", { Assign: { x: 1 } }),
      B: map({ C: pass({ Output: "{% $x %}" }) }, {}, { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }),
    }),
  },
  {
    what: "an inner variable of an outer one's name",
    found: [
      "error shadowed-variable /States/B/Branches/0/States/C/Assign/x: $x is also a variable outside of B/Branches[0]: Step Functions wants other names inside. Rename one.",
    ],
    refusedBy: [],
    definition: jsonata({ A: to("B", { Assign: { x: 1 } }), B: parallel([{ C: pass({ Assign: { x: 2 } }) }]) }),
  },
  {
    what: "a variable named states",
    found: [
      "error reserved-variable /States/A/Assign/states: $states is Step Functions' own: give the variable another name",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Assign: { states: 1 } }) }),
  },
  {
    what: "a variable with a dash",
    found: [
      'error variable-name /States/A/Assign/a-b: "a-b" can\'t be a variable: names have letters, digits and _, and begin with no digit',
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Assign: { "a-b": 1 } }) }),
  },
  {
    what: "a variable's name that is too long",
    found: [
      `error variable-name /States/A/Assign/${long}: the variable's name has 81 characters, and 80 are allowed: shorten it`,
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Assign: { [long]: 1 } }) }),
  },
  {
    what: "a variable of a function's name",
    found: [
      "warning shadowed-function /States/A/Assign/count: $count is a function of JSONata, which no expression can call once this variable is assigned: give it another name",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Assign: { count: 1 } }) }),
  },
  {
    what: "a function that a variable hides",
    found: [
      "error shadowed-function /States/B/Output: $sum is called, but by then it is a variable: give the variable another name",
      "warning shadowed-function /States/A/Assign/sum: $sum is a function of JSONata, which no expression can call once this variable is assigned: give it another name",
    ],
    refusedBy: [],
    definition: jsonata({ A: to("B", { Assign: { sum: 1 } }), B: pass({ Output: "{% $sum([1]) %}" }) }),
  },
];
