import { expect } from "chai";
import { memoryObjects, simulate, type SimulationOptions } from "../../../workflow/simulator/index.ts";
import { branch, distributed, machine, task, type States } from "./machines.ts";

/** As JSON.parse makes it: in a literal, `__proto__` would be the object's prototype. */
const text = '{"__proto__":{"__proto__":[1]},"a":{"__proto__":2}}';
const value: unknown = JSON.parse(text);

/** A definition as a file has it, with the odd value wherever it says "VALUE". */
const withValue = (definition: object): string => JSON.stringify(definition).replaceAll('"VALUE"', text);
const jsonPath = (states: States): object => branch(states);

describe("A member named __proto__", () => {
  const cases: readonly (readonly [where: string, definition: object, options?: SimulationOptions])[] = [
    ["input and output", machine({ Only: { Type: "Succeed" } }), { input: value }],
    ["input and output of JSONPath mode", jsonPath({ Only: { Type: "Pass", End: true } }), { input: value }],
    [
      "a task's arguments and result",
      machine({ Only: task({ Arguments: "VALUE", Output: "{% $states.result %}" }) }),
      { tasks: { Only: (args) => args } },
    ],
    [
      "a task's parameters and result in JSONPath mode",
      jsonPath({ Only: task({ Parameters: "VALUE", ResultPath: "$.r", OutputPath: "$.r" }) }),
      { tasks: { Only: (args) => args } },
    ],
    [
      "a variable",
      machine({
        Set: { Type: "Pass", Assign: { v: "VALUE" }, Next: "Get" },
        Get: { Type: "Pass", Output: "{% $v %}", End: true },
      }),
    ],
    [
      "a variable of JSONPath mode",
      jsonPath({
        Set: { Type: "Pass", Assign: { v: "VALUE" }, Next: "Get" },
        Get: { Type: "Pass", InputPath: "$v", End: true },
      }),
    ],
    ["a literal Output", machine({ Only: { Type: "Pass", Output: "VALUE", End: true } })],
    ["a literal Result of JSONPath mode", jsonPath({ Only: { Type: "Pass", Result: "VALUE", End: true } })],
    [
      "the items of a distributed Map",
      machine({
        Only: distributed(
          { Work: { Type: "Pass", End: true } },
          {
            ItemReader: {
              Resource: "arn:aws:states:::s3:getObject",
              ReaderConfig: { InputType: "JSON" },
              Arguments: { Bucket: "b", Key: "k" },
            },
            Output: "{% $states.result[0] %}",
          },
        ),
      }),
      { objects: memoryObjects({ "b/k": `[${text}]` }) },
    ],
  ];
  for (const [where, definition, options] of cases) {
    it(`comes through unchanged in ${where}`, async () => {
      const { output, cause } = await simulate(withValue(definition), options);
      expect(cause).to.equal(undefined);
      expect(JSON.stringify(output)).to.equal(text);
    });
  }

  it("is a state like any other, and so is one named constructor", async () => {
    const definition = JSON.stringify(
      machine({ constructor: task({ Next: "NAME", End: undefined }), NAME: { Type: "Pass", Output: 2, End: true } }),
    ).replaceAll("NAME", "__proto__");
    const { output, trace } = await simulate(definition, { tasks: { constructor: () => 1 } });
    expect([output, trace.map(({ state }) => state)]).to.deep.equal([2, ["constructor", "__proto__"]]);
    const lost = JSON.stringify(machine({ Only: { Type: "Pass", Next: "constructor" } }));
    const refusal: unknown = await simulate(lost).catch((error: unknown) => error);
    expect(String(refusal)).to.contain("/States/Only: leads to 'constructor', which is no state beside it");
  });

  it("is no variable's name", async () => {
    const definition = '{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"__proto__":1},"End":true}}}';
    const refusal: unknown = await simulate(definition).catch((error: unknown) => error);
    expect(String(refusal)).to.contain(
      "/States/A/Assign/__proto__: a variable's name begins with a letter and has only letters, digits and underscores",
    );
  });
});
