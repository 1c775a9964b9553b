/** Definitions that are broken in their size. */
import type { Broken } from "./broken.ts";
import { choice, jsonata, map, part, pass, task, to, type Fields } from "../machines.ts";

const large = "x".repeat(262_144);
const hundred = Array.from({ length: 100 }, (_, index) => index);
const counting = (rounds: number, body: Fields): Fields => ({
  Start: to("Work", { Assign: { turn: 1 } }),
  Work: { ...body, Next: "Again" },
  Again: choice(`{% $turn < ${rounds} %}`, "Step", "Done"),
  Step: to("Work", { Assign: { turn: "{% $turn + 1 %}" } }),
  Done: pass(),
});

export const sizes: readonly Broken[] = [
  {
    what: "a payload that is too large",
    found: [
      "error payload-too-large /States/A/Output: Output has at least 262152 bytes, and 262144 are allowed: put the data into S3, and pass its key",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Output: { a: large } }) }),
  },
  {
    what: "a variable that is too large",
    found: [
      "error payload-too-large /States/A/Assign: Assign has at least 262158 bytes, and 262144 are allowed: put the data into S3, and pass its key",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ Assign: { a: large, b: "{% 1 %}" } }) }),
  },
  {
    what: "a definition that is too large",
    found: [
      "error too-large : the definition has 1048672 bytes, and 1048576 are allowed: move a part into a machine of its own, or data into S3",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass() }, { Comment: "x".repeat(1_048_576) }),
  },
  {
    what: "a definition that is nearly too large",
    found: [
      "warning nearly-too-large : the definition has 1000096 of 1048576 allowed bytes, before names are put in at deployment: move a part into a machine of its own",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass() }, { Comment: "x".repeat(1_000_000) }),
  },
  {
    what: "a loop with too many events",
    found: [
      'warning long-history /States/Again: an execution can have some 27,006 events, and ends with an error at 25,000. Its largest part is 3,000 rounds of the loop that "Again" ends, of some 9 events each: move its rounds into executions of their own',
    ],
    refusedBy: [],
    definition: jsonata(counting(3_000, { Type: "Task", Resource: "arn:aws:states:::lambda:invoke" })),
  },
  {
    what: "a Map with too many events",
    found: [
      'warning long-history /States/A: an execution can have some 28,006 events, and ends with an error at 25,000. Its largest part is 4,000 items of "A", of some 7 events each: make "A" a distributed Map, or move its steps into executions of their own',
    ],
    refusedBy: [],
    definition: jsonata({ A: map({ B: task() }, { Items: Array.from({ length: 4_000 }, (_, index) => index) }) }),
  },
  {
    what: "a Map over a range with too many events",
    found: [
      'warning long-history /States/A: an execution can have some 28,006 events, and ends with an error at 25,000. Its largest part is 4,000 items of "A", of some 7 events each: make "A" a distributed Map, or move its steps into executions of their own',
    ],
    refusedBy: [],
    definition: jsonata({ A: map({ B: task() }, { Items: "{% [$states.input.first, 2..4000] %}" }) }),
  },
  {
    what: "a Map over $range with too many events",
    found: [
      'warning long-history /States/A: an execution can have some 28,006 events, and ends with an error at 25,000. Its largest part is 4,000 items of "A", of some 7 events each: make "A" a distributed Map, or move its steps into executions of their own',
    ],
    refusedBy: [],
    definition: jsonata({ A: map({ B: task() }, { Items: "{% $range(0, 7999, 2) %}" }) }),
  },
  {
    what: "retries with too many events",
    found: [
      'warning long-history /States/A: an execution that uses up its retries can have some 25,006 events, and ends with an error at 25,000. Its largest part is 1,000 items of "A" times 7 attempts of "B", of some 3 events each: make "A" a distributed Map, or move its steps into executions of their own',
    ],
    refusedBy: [],
    definition: jsonata({
      A: map(
        { B: task({ Retry: [{ ErrorEquals: ["One"] }, { ErrorEquals: ["Other"], MaxAttempts: 3 }] }) },
        { Items: "{% [1..1000] %}" },
      ),
    }),
  },
  {
    what: "a task that is tried too often",
    found: [
      'warning long-history /States/A: an execution that uses up its retries can have some 30,007 events, and ends with an error at 25,000. Its largest part is 10,001 attempts of "A", of some 3 events each: lower the MaxAttempts of "A"',
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 10_000 }] }) }),
  },
  {
    what: "Maps in a Map with too many events together",
    found: [
      'warning long-history /States/A: an execution can have some 70,606 events, and ends with an error at 25,000. Its largest part is 100 items of "A" times 100 items of "B", of some 7 events each: make "A" a distributed Map, or move its steps into executions of their own',
    ],
    refusedBy: [],
    definition: jsonata({ A: map({ B: map({ C: task() }, { Items: hundred }) }, { Items: hundred }) }),
  },
  {
    what: "a branch without a start",
    found: ['error missing-field /States/A/Branches/0: the field "StartAt" is missing: it is required here'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Parallel", Branches: [{ States: part({ B: pass() }).States }], End: true } }),
  },
];
