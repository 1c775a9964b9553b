import { expect } from "chai";
import { coverage, simulate, TaskError } from "../../../workflow/simulator/index.ts";
import { before, branch, distributed, machine, task } from "./machines.ts";

const definition = machine({
  Choose: {
    Type: "Choice",
    Choices: [
      { Condition: "{% $states.input.n > 10 %}", Next: "Both" },
      { Condition: "{% $states.input.n > 5 %}", Next: "Work" },
    ],
    Default: "Each",
  },
  Both: {
    Type: "Parallel",
    Branches: [branch({ Left: { Type: "Pass", End: true } }), branch({ Right: { Type: "Pass", End: true } })],
    Next: "Done",
  },
  Work: { ...before("Done", task()), Catch: [{ ErrorEquals: ["States.ALL"], Next: "Oops" }] },
  Each: { ...before("Done", distributed({ Inner: before("Last", task()), Last: { Type: "Pass", End: true } })) },
  Oops: { Type: "Fail" },
  Done: { Type: "Succeed" },
});
const tasks = { Work: () => 1, Inner: () => 1 };

describe("Coverage", () => {
  it("of no simulation is nothing, and names all there is", () => {
    const { states, branches } = coverage(definition, []);
    expect(states).to.deep.equal({
      covered: 0,
      total: 10,
      uncovered: [
        "Choose",
        "Both",
        "Both[0]/Left",
        "Both[1]/Right",
        "Work",
        "Each",
        "Each/Inner",
        "Each/Last",
        "Oops",
        "Done",
      ],
    });
    expect(branches).to.deep.equal({
      covered: 0,
      total: 8,
      uncovered: [
        "Choose → Both (Choices[0])",
        "Choose → Work (Choices[1])",
        "Choose → Each (Default)",
        "Both → Done (Next)",
        "Work → Done (Next)",
        "Work → Oops (Catch[0])",
        "Each → Done (Next)",
        "Each/Inner → Last (Next)",
      ],
    });
  });

  it("adds several simulations up and names what is left", async () => {
    const results = [
      await simulate(definition, { input: { n: 11 }, tasks }),
      await simulate(definition, { input: { n: 6 }, tasks }),
    ];
    const { states, branches } = coverage(definition, results);
    expect(states).to.deep.equal({ covered: 6, total: 10, uncovered: ["Each", "Each/Inner", "Each/Last", "Oops"] });
    expect(branches).to.deep.equal({
      covered: 4,
      total: 8,
      uncovered: [
        "Choose → Each (Default)",
        "Work → Oops (Catch[0])",
        "Each → Done (Next)",
        "Each/Inner → Last (Next)",
      ],
    });
  });

  it("counts catchers, and what children of a distributed Map went through", async () => {
    const fail = (): never => {
      throw new TaskError("Down");
    };
    const results = [
      await simulate(definition, { input: { n: 6 }, tasks: { ...tasks, Work: fail } }),
      await simulate(machine({ Each: distributed({ Inner: task() }) }), { input: [1], tasks }),
    ];
    expect(coverage(definition, results.slice(0, 1)).branches.covered).to.equal(2);
    const each = machine({ Each: distributed({ Inner: task() }) });
    expect(coverage(each, results.slice(1)).states).to.deep.equal({ covered: 2, total: 2, uncovered: [] });
  });

  it("goes into nested machines", async () => {
    const nested = machine({
      Pick: { Type: "Choice", Choices: [{ Condition: true, Next: "Yes" }], Default: "No" },
      Yes: { Type: "Succeed" },
      No: { Type: "Fail" },
    });
    const parent = machine({
      Start: task({
        Resource: "arn:aws:states:::states:startExecution.sync:2",
        Arguments: { StateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:nested" },
      }),
    });
    const machines = { nested };
    const result = await simulate(parent, { machines });
    expect(coverage(parent, [result], machines)).to.deep.equal({
      states: { covered: 3, total: 4, uncovered: ["nested: No"] },
      branches: { covered: 1, total: 2, uncovered: ["nested: Pick → No (Default)"] },
    });
  });
});

describe("A trace", () => {
  it("has each stay with its path, times, attempts, data and way out", async () => {
    let calls = 0;
    const result = await simulate(
      machine({
        Each: {
          Type: "Map",
          MaxConcurrency: 1,
          ItemProcessor: branch({
            Work: { ...before("Keep", task()), Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 2 }] },
            Keep: { Type: "Pass", Assign: { kept: "{% $states.input %}" }, End: true },
          }),
          End: true,
        },
      }),
      {
        input: ["a", "b"],
        tasks: {
          Work: (item: string) => {
            calls += 1;
            if (calls === 1) throw new TaskError("Busy");
            return item;
          },
        },
      },
    );
    const seconds = (date: Date | undefined): number | undefined =>
      date && (date.getTime() - Date.UTC(2025, 0, 1)) / 1000;
    expect(
      result.trace.map(({ path, entered, exited, attempts, exit, variables }) => [
        path,
        seconds(entered),
        seconds(exited),
        attempts,
        exit,
        variables,
      ]),
    ).to.deep.equal([
      ["Each", 0, 2, 1, "End", {}],
      ["Each[0]/Work", 0, 2, 2, "Next", {}],
      ["Each[0]/Keep", 2, 2, 1, "End", { kept: "a" }],
      ["Each[1]/Work", 2, 2, 1, "Next", {}],
      ["Each[1]/Keep", 2, 2, 1, "End", { kept: "b" }],
    ]);
    expect(result.trace[1]).to.deep.include({
      state: "Work",
      type: "Task",
      pointer: "/States/Each/ItemProcessor/States/Work",
      input: "a",
      output: "a",
      next: "Keep",
      error: undefined,
    });
  });

  it("says where and why an execution failed", async () => {
    const result = await simulate(machine({ Stop: { Type: "Fail", Error: "E", Cause: "because" } }));
    expect(result.trace).to.have.length(1);
    expect(result.trace[0]).to.deep.include({
      path: "Stop",
      error: "E",
      cause: "because",
      exit: undefined,
      exited: undefined,
    });
  });
});
