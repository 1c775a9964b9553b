import { expect } from "chai";
import { end, run, type States } from "./machines.ts";

const yes: States = { Yes: { Type: "Succeed" } };
const finish: States = { ...yes, No: { Type: "Succeed" } };
const place = "An error occurred while executing the state 'Decide' (entered at the event id #2).";

describe("Choice", () => {
  it("takes the first rule that is true", async () => {
    const choices = [
      { Condition: "{% $states.input.n > 10 %}", Next: "No" },
      { Condition: "{% $states.input.n > 1 %}", Next: "Yes" },
      { Condition: "{% true %}", Next: "No" },
    ];
    const result = await run({ Decide: { Type: "Choice", Choices: choices }, ...finish }, { input: { n: 5 } });
    expect(result.states).to.deep.equal(["Decide", "Yes"]);
    expect(result.output).to.deep.equal({ n: 5 });
  });

  it("allows a literal true", async () => {
    const result = await run({ Decide: { Type: "Choice", Choices: [{ Condition: true, Next: "Yes" }] }, ...yes });
    expect(result.states).to.deep.equal(["Decide", "Yes"]);
  });

  it("lets a matched rule's Assign and Output replace the state's own", async () => {
    const result = await run({
      Decide: {
        Type: "Choice",
        Choices: [{ Condition: true, Next: "Look", Assign: { x: "rule" }, Output: "rule's" }],
        Default: "Look",
        Assign: { x: "state", y: "state" },
        Output: "state's",
      },
      Look: { Type: "Pass", Output: ["{% $states.input %}", "{% $x %}", "{% $exists($y) %}"], End: true },
    });
    expect(result.output).to.deep.equal(["rule's", "rule", false]);
  });

  it("passes its input on from a matched rule without Output, whatever the state's own says", async () => {
    const choices = [{ Condition: true, Next: "Yes" }];
    const result = await run(
      { Decide: { Type: "Choice", Choices: choices, Output: "state's" }, ...yes },
      { input: { n: 1 } },
    );
    expect(result.output).to.deep.equal({ n: 1 });
  });

  it("applies the state's own Assign and Output on Default", async () => {
    const result = await run({
      Decide: {
        Type: "Choice",
        Choices: [{ Condition: false, Next: "Look" }],
        Default: "Look",
        Assign: { x: "state" },
        Output: "state's",
      },
      Look: { Type: "Pass", Output: ["{% $states.input %}", "{% $x %}"], End: true },
    });
    expect(result.output).to.deep.equal(["state's", "state"]);
  });

  it("fails without a match and a Default", async () => {
    const result = await run({ Decide: { Type: "Choice", Choices: [{ Condition: false, Next: "Yes" }] }, ...yes });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.NoChoiceMatched",
      cause: `${place} No rule of Choices matched and there is no Default.`,
    });
  });

  it("fails on a condition that is no boolean", async () => {
    const choices = [
      { Condition: false, Next: "No" },
      { Condition: "{% 1 %}", Next: "Yes" },
    ];
    const result = await run({ Decide: { Type: "Choice", Choices: choices }, ...finish });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.QueryEvaluationError",
      cause:
        `${place} The JSONata expression '1' specified for the field 'Choices[1]/Condition' returned an unexpected ` +
        "result type. Expected 'boolean', but was 'number' for value: 1",
    });
  });

  it("fails on an undefined condition instead of taking Default", async () => {
    const choices = [{ Condition: "{% $states.input.missing > 5 %}", Next: "No" }];
    const result = await run({ Decide: { Type: "Choice", Choices: choices, Default: "Yes" }, ...finish });
    expect(result.cause).to.equal(
      `${place} The JSONata expression '$states.input.missing > 5' specified for the field 'Choices[0]/Condition' returned nothing (undefined).`,
    );
  });

  it("names a rule's own fields in the place of a failure", async () => {
    const rule = { Condition: true, Next: "Yes", Output: { v: "{% $nothing %}" } };
    const result = await run({ Decide: { Type: "Choice", Choices: [rule] }, ...yes });
    expect(result.cause).to.contain("specified for the field 'Choices[0]/Output/v'");
  });
});
