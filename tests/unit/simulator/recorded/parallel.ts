/** How a Parallel's branches start, end and fail. */
import { branch, machine, task } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const pages = docs("state-parallel");
const pass = (more: object = {}): object => ({ Type: "Pass", ...more, End: true });

export const parallels: readonly Fact[] = [
  {
    fact: "Every branch gets the Parallel's input",
    source: "recorded: scenarios/test_parallel_state[PARALLEL_STATE]",
    definition: machine({
      Both: { Type: "Parallel", Branches: [branch({ A: pass() }), branch({ B: pass() })], End: true },
    }),
    input: { order: "o-1" },
    status: "SUCCEEDED",
    output: [{ order: "o-1" }, { order: "o-1" }],
  },
  {
    fact: "The results are in the order of the branches",
    source: "recorded: scenarios/test_parallel_state_order",
    definition: machine({
      All: {
        Type: "Parallel",
        Branches: ["a", "b", "c"].map((name) => branch({ [name]: pass({ Output: { name } }) })),
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [{ name: "a" }, { name: "b" }, { name: "c" }],
  },
  {
    fact: "A slow branch doesn't lose its place",
    source: pages,
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [
          branch({ Slow: { Type: "Wait", Seconds: 60, Output: "slow", End: true } }),
          branch({ Fast: pass({ Output: "fast" }) }),
        ],
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: ["slow", "fast"],
  },
  {
    fact: "A single branch gives an array of one",
    source: "recorded: scenarios/test_parallel_state_nested",
    definition: machine({ One: { Type: "Parallel", Branches: [branch({ A: pass({ Output: "a" }) })], End: true } }),
    status: "SUCCEEDED",
    output: ["a"],
  },
  {
    fact: "A Parallel in a Parallel gives an array in an array",
    source: "recorded: scenarios/test_parallel_state_nested",
    definition: machine({
      Outer: {
        Type: "Parallel",
        Branches: [branch({ Inner: { Type: "Parallel", Branches: [branch({ A: pass() })], End: true } })],
        End: true,
      },
    }),
    input: [[1], [2]],
    status: "SUCCEEDED",
    output: [[[[1], [2]]]],
  },
  {
    fact: "Arguments make the branches' input",
    source: "recorded: test_state/test_io_jsonata_parallel_state_mock_success",
    definition: machine({
      Both: {
        Type: "Parallel",
        Arguments: { half: "{% $states.input.n / 2 %}" },
        Branches: [branch({ A: pass() }), branch({ B: pass({ Output: "{% $states.input.half %}" }) })],
        End: true,
      },
    }),
    input: { n: 8 },
    status: "SUCCEEDED",
    output: [{ half: 4 }, 4],
  },
  {
    fact: "Arguments leave the Parallel's own $states.input what it was",
    source: docs("workflow-variables"),
    definition: machine({
      Both: {
        Type: "Parallel",
        Arguments: { other: true },
        Branches: [branch({ A: pass({ Output: 1 }) })],
        Output: { input: "{% $states.input %}", result: "{% $states.result %}" },
        End: true,
      },
    }),
    input: { n: 8 },
    status: "SUCCEEDED",
    output: { input: { n: 8 }, result: [1] },
  },
  {
    fact: "A branch's error keeps its name, and a missing cause stays missing",
    source: "recorded: scenarios/test_parallel_state_fail",
    definition: machine({
      One: { Type: "Parallel", Branches: [branch({ Stop: { Type: "Fail", Error: "Jam" } })], End: true },
    }),
    status: "FAILED",
    error: "Jam",
    cause: null,
    states: ["One", "Stop"],
  },
  {
    fact: "A failing branch stops its siblings where they stand",
    source: pages,
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [
          branch({ Doze: { Type: "Wait", Seconds: 60, Next: "Later" }, Later: pass() }),
          branch({ Pause: { Type: "Wait", Seconds: 5, Next: "Stop" }, Stop: { Type: "Fail", Error: "Jam" } }),
        ],
        End: true,
      },
    }),
    status: "FAILED",
    error: "Jam",
    states: ["Both", "Doze", "Pause", "Stop"],
    seconds: 5,
  },
  {
    fact: "A Task in a sibling branch is left alone when a branch fails: nobody waits for it",
    source: pages,
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Slow: task() }), branch({ Stop: { Type: "Fail", Error: "Jam" } })],
        End: true,
      },
    }),
    tasks: { Slow: [{ after: 3600, returns: 1 }] },
    status: "FAILED",
    error: "Jam",
    seconds: 0,
  },
  {
    fact: "A branch that ends in Succeed ends alone",
    source: pages,
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [branch({ Done: { Type: "Succeed", Output: "a" } }), branch({ B: pass({ Output: "b" }) })],
        Next: "After",
      },
      After: pass(),
    }),
    status: "SUCCEEDED",
    output: ["a", "b"],
    states: ["Both", "Done", "B", "After"],
  },
  {
    fact: "An evaluation error in a branch fails the Parallel by that same name",
    source: docs("concepts-error-handling"),
    definition: machine({
      One: { Type: "Parallel", Branches: [branch({ Bad: pass({ Output: "{% $unset %}" }) })], End: true },
    }),
    status: "FAILED",
    error: "States.QueryEvaluationError",
  },
];
