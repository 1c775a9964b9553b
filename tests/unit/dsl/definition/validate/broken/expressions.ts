/** Definitions that are broken in their expressions. */
import type { Broken } from "./broken.ts";
import { jsonata, pass, task } from "../machines.ts";

const token = "{% $states.context.Task.Token %}";

export const expressions: readonly Broken[] = [
  {
    what: "an expression that breaks off",
    found: [
      "error syntax /States/A/Output: the expression `1 +` has an error at character 3: Unexpected end of expression",
    ],
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: pass({ Output: "{% 1 + %}" }) }),
  },
  {
    what: "an operator of a newer JSONata",
    found: [
      "error newer-jsonata /States/A/Output: the operator ?? came with JSONata 2.1, and Step Functions has 2.0.6: write `$exists(a) ? a : b`",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: "{% $states.input.a ?? 1 %}" }) }),
  },
  {
    what: "a newer operator after a path",
    found: [
      "error newer-jsonata /States/A/Output: the operator ?: came with JSONata 2.1, and Step Functions has 2.0.6: write `a ? a : b`",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: "{% $states.input.a ?: 1 %}" }) }),
  },
  {
    what: "braces with blanks around them",
    found: [
      "warning not-an-expression /States/A/Output: ` {% 1 %}` is passed on as it is written, not evaluated: an expression begins with {% and ends with %}, with nothing around them",
    ],
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: pass({ Output: " {% 1 %}" }) }),
  },
  {
    what: "a function that there is not",
    found: [
      'error unknown-function /States/A/Output: there is no function $uppercas in JSONata or Step Functions. Did you mean "uppercase"?',
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: "{% $uppercas('a') %}" }) }),
  },
  {
    what: "$eval",
    found: [
      "error eval /States/A/Output: Step Functions has no $eval: write the expression itself, or read JSON with $parse",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: "{% $eval('1') %}" }) }),
  },
  {
    what: "a name without a document",
    found: [
      "error no-context /States/A/Output: `name` is read from nothing in `$uppercase(name)`: Step Functions evaluates expressions without a document. Begin with $states.input, or with a variable.",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: "{% $uppercase(name) %}" }) }),
  },
  {
    what: "$ without a document",
    found: [
      "error no-context /States/A/Output: `$` is read from nothing in `$.name`: Step Functions evaluates expressions without a document. Begin with $states.input, or with a variable.",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: "{% $.name %}" }) }),
  },
  {
    what: "a result where there is none yet",
    found: [
      "error states-member /States/A/Arguments: $states.result exists only in Output and Assign of a Task, Parallel or Map: read it there, and keep it in a variable",
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Arguments: "{% $states.result %}" }) }),
  },
  {
    what: "a result of a state that has none",
    found: [
      "error states-member /States/A/Output: $states.result exists only in Output and Assign of a Task, Parallel or Map: read it there, and keep it in a variable",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: "{% $states.result %}" }) }),
  },
  {
    what: "an error output outside a catcher",
    found: [
      "error states-member /States/A/Output: $states.errorOutput exists only in Output and Assign of a catcher: keep it there in a variable",
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Output: "{% $states.errorOutput %}" }) }),
  },
  {
    what: "a member that $states hasn't",
    found: [
      'error states-member /States/A/Output: $states has no member "inputs": it has context, errorOutput, input, result. Did you mean "input"?',
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: "{% $states.inputs %}" }) }),
  },
  {
    what: "a token where none is",
    found: [
      "warning states-member /States/A/Output: $states.context.Task exists only in a task that waits for a token: end its Resource with .waitForTaskToken",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: token }) }),
  },
];
