import { expect } from "chai";
import { readDefinition, simulate } from "../../../../workflow/simulator/index.ts";
import {
  checkTestCase,
  chooseTestCase,
  InvalidMocks,
  mockedServices,
  readMocks,
} from "../../../../workflow/simulator/mocks/index.ts";
import { branch, machine, task, type States } from "../machines.ts";

const mocks = (tasks: object, responses: object): object => ({
  StateMachines: { M: { TestCases: { Only: tasks } } },
  MockedResponses: responses,
});

async function output(states: States, config: object, input: unknown = {}): Promise<unknown> {
  const integrations = mockedServices(chooseTestCase(readMocks(config)));
  return (await simulate(machine(states), { input, integrations })).output;
}

function findings(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidMocks) return error.findings;
    throw error;
  }
  return [];
}

describe("Mocks of a machine", () => {
  it("count a state's calls over the iterations of a Map", async () => {
    const map = {
      Type: "Map",
      MaxConcurrency: 1,
      ItemProcessor: branch({ Ask: task() }),
      End: true,
    };
    const config = mocks({ Ask: "R" }, { R: { "0": { Return: "first" }, "1-2": { Return: "later" } } });
    expect(await output({ Each: map }, config, [1, 2, 3])).to.deep.equal(["first", "later", "later"]);
  });

  it("count a state's calls over loops, and keep null as a result", async () => {
    const states: States = {
      Ask: { ...task(), End: undefined, Next: "Done?" },
      "Done?": {
        Type: "Choice",
        Choices: [{ Condition: "{% $states.input = null %}", Next: "End" }],
        Default: "Ask",
      },
      End: { Type: "Succeed" },
    };
    const config = mocks({ Ask: "R" }, { R: { "0-4": { Return: 1 }, "5": { Return: null } } });
    expect(await output(JSON.parse(JSON.stringify(states)) as States, config)).to.equal(null);
  });

  it("are found for states and by responses of any name", async () => {
    const states = JSON.parse(JSON.stringify({ NAME: task() }).replaceAll("NAME", "__proto__")) as States;
    const config = JSON.stringify(mocks({ NAME: "NAME" }, { NAME: { "0": { Return: 1 } } }));
    expect(await output(states, JSON.parse(config.replaceAll("NAME", "__proto__")) as object)).to.equal(1);
  });

  it("throw errors that Catch matches, with an empty Cause where the file has none", async () => {
    const states: States = {
      Ask: { ...task(), Catch: [{ ErrorEquals: ["Busy"], Next: "End" }] },
      End: { Type: "Succeed" },
    };
    const config = mocks({ Ask: "R" }, { R: { "0": { Throw: { Error: "Busy" } } } });
    expect(await output(states, config)).to.deep.equal({ Error: "Busy", Cause: "" });
  });

  it("start to count anew for each execution", async () => {
    const config = mocks({ Ask: "R" }, { R: { "0": { Return: 1 } } });
    expect([await output({ Ask: task() }, config), await output({ Ask: task() }, config)]).to.deep.equal([1, 1]);
  });
});

describe("A mock configuration", () => {
  const wrong: readonly (readonly [string, unknown, readonly string[]])[] = [
    [
      "must have machines",
      {},
      ['/StateMachines: has to be an object: {"MACHINE": {"TestCases": {"CASE": {"TASK": "RESPONSE"}}}}'],
    ],
    [
      "refuses keys that it doesn't know",
      { StateMachines: {}, MockedResponse: {} },
      ['/: Unrecognized key: "MockedResponse"'],
    ],
    [
      "numbers calls",
      mocks({}, { R: { first: { Return: 1 }, "2-1": { Return: 1 } } }),
      [
        '/MockedResponses/R/first: "first" is no call\'s number: write "0", or "1-2" for calls 1 and 2',
        '/MockedResponses/R/2-1: "2-1" is no call\'s number: write "0", or "1-2" for calls 1 and 2',
      ],
    ],
    [
      "gives a call one response",
      mocks({}, { R: { "0-2": { Return: 1 }, "2": { Return: 2 } } }),
      ['/MockedResponses/R: call 2 stands in both "0-2" and "2"'],
    ],
    [
      "returns or throws",
      mocks({}, { R: { "0": { Return: 1, Throw: { Error: "E" } }, "1": {} } }),
      [
        '/MockedResponses/R/0: needs {"Return": …} or {"Throw": {"Error": "…", "Cause": "…"}}',
        '/MockedResponses/R/1: needs {"Return": …} or {"Throw": {"Error": "…", "Cause": "…"}}',
      ],
    ],
  ];
  for (const [name, config, expected] of wrong) {
    it(name, () => {
      expect(findings(() => readMocks(config))).to.deep.equal(expected);
    });
  }

  it("must have the responses that its test case names", () => {
    expect(findings(() => chooseTestCase(readMocks(mocks({ Ask: "R" }, {}))))).to.deep.equal([
      '/StateMachines/M/TestCases/Only/Ask: there is no response "R" in MockedResponses',
    ]);
  });

  it("mocks Task states of the machine only", () => {
    const testCase = chooseTestCase(readMocks(mocks({ Aks: "R" }, { R: {} })));
    const states = {
      Each: { Type: "Map", ItemProcessor: branch({ Ask: task() }), Next: "Both" },
      Both: { Type: "Parallel", Branches: [branch({ Tell: task() })], End: true },
    };
    expect(
      findings(() => {
        checkTestCase(readDefinition(machine(states)), testCase);
      }),
    ).to.deep.equal([
      '/StateMachines/M/TestCases/Only/Aks: the machine has no Task state of that name; it has "Ask", "Tell"',
    ]);
  });

  const cases = { StateMachines: { M: { TestCases: { A: {}, B: {} } }, N: { TestCases: { C: {} } } } };
  it("runs the machine and test case that are named, or the only one", () => {
    const chosen = (wanted: object): string => {
      const { machine: name, name: testCase } = chooseTestCase(readMocks(cases), wanted);
      return `${name}#${testCase}`;
    };
    expect(chosen({ machine: "N" })).to.equal("N#C");
    expect(chosen({ machine: "M", testCase: "B" })).to.equal("M#B");
  });

  it("says what there is if none or another is named", () => {
    const said = (wanted: object): readonly string[] => findings(() => chooseTestCase(readMocks(cases), wanted));
    expect(said({})).to.deep.equal(['/StateMachines: name the state machine to run: "M", "N"']);
    expect(said({ machine: "X" })).to.deep.equal(['/StateMachines: there is no state machine "X"; there is "M", "N"']);
    expect(said({ machine: "M", testCase: "C" })).to.deep.equal([
      '/StateMachines/M/TestCases: there is no test case "C"; there is "A", "B"',
    ]);
  });
});
