/** Definitions that are broken in their names and ways. */
import type { Broken } from "./broken.ts";
import { jsonata, parallel, pass, task, to } from "../machines.ts";

const long = "A".repeat(81);

export const ways: readonly Broken[] = [
  {
    what: "a name that is too long",
    found: [`error long-name /States/${long}: the name has 81 characters, and 80 are allowed: shorten it`],
    refusedBy: ["asl-validator"],
    definition: jsonata({ [long]: pass() }),
  },
  {
    what: "a name twice",
    found: [
      "error duplicate-name /States/A/Branches/1/States/B: another state has this name, at /States/A/Branches/0/States/B: names are unique in the whole machine. Rename one.",
    ],
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: parallel([{ B: pass() }, { B: pass() }]) }),
  },
  {
    what: "a Next to nowhere",
    found: [
      'error missing-target /States/Load/Next: there is no state "Chekc". Did you mean "Check"?',
      "error unreachable /States/Check: no way leads here from StartAt: name it in a Next, or remove it",
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ Load: to("Chekc"), Check: to("Load") }),
  },
  {
    what: "a start that is not there",
    found: ['error missing-target /StartAt: there is no state "B".'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: pass() }, { StartAt: "B" }),
  },
  {
    what: "a Next out of a branch",
    found: [
      'error missing-target /States/A/Branches/0/States/Inner/Next: "Outer" is in another States object (/States/Outer): a state leads only to states beside it',
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: parallel([{ Inner: to("Outer") }], { Next: "Outer" }), Outer: pass() }),
  },
  {
    what: "a catcher to nowhere",
    found: ['error missing-target /States/A/Catch/0/Next: there is no state "Missing".'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Missing" }] }) }),
  },
  {
    what: "a state that no way leads to",
    found: ["error unreachable /States/B: no way leads here from StartAt: name it in a Next, or remove it"],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: pass(), B: to("C"), C: pass() }),
  },
];
