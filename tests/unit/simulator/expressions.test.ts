import { expect } from "chai";
import { end, output, run } from "./machines.ts";

const place = "An error occurred while executing the state 'Only' (entered at the event id #2).";

describe("Expressions of the simulator", () => {
  const values: readonly (readonly [sentence: string, template: unknown, expected: unknown])[] = [
    ["evaluate text between the braces", "{% 1 + 1 %}", 2],
    ["may span lines", "{%\n  (\n $x := 2;\n $x * 3\n)\n%}", 6],
    ["are plain text with blanks before the braces", " {% 1 %}", " {% 1 %}"],
    ["are plain text with blanks after the braces", "{% 1 %} ", "{% 1 %} "],
    ["are never JSONPath", "$.a", "$.a"],
    ["are never a bare variable", "$x", "$x"],
    ["are never intrinsic functions of JSONPath mode", "States.Format('{}', 1)", "States.Format('{}', 1)"],
    ["treat keys that end in .$ as any key", { "a.$": "$.a" }, { "a.$": "$.a" }],
    ["work at any depth", { a: [{ b: ["{% 'c' %}"] }] }, { a: [{ b: ["c"] }] }],
    ["leave other values alone", [1, null, true, "x", {}], [1, null, true, "x", {}]],
    ["keep null as a value", "{% null %}", null],
    ["compare a missing value as unequal", "{% $states.input.missing = 5 %}", false],
    ["see that an unset variable doesn't exist", "{% $exists($unset) %}", false],
    ["drop undefined members of an object constructor", "{% {'a': $states.input.missing, 'b': 1} %}", { b: 1 }],
    ["drop undefined members of an array constructor", "{% [$states.input.missing, 1] %}", [1]],
    ["collapse a mapped sequence of one", "{% $map([1], function($v) { $v }) %}", 1],
    ["collapse a filtered sequence of one", "{% $filter([1, 2], function($v) { $v = 2 }) %}", 2],
    ["collapse an appended sequence of one", "{% $append([], 1) %}", 1],
    ["keep a sequence of one in brackets", "{% [$append([], 1)] %}", [1]],
    ["give arrays of one that were arrays before", "{% $states.input.one %}", [1]],
    ["match regular expressions", "{% $contains('hello world', /wor/) %}", true],
  ];
  for (const [sentence, template, expected] of values) {
    it(sentence, async () => {
      expect(end(await output(template, { one: [1] }))).to.deep.equal({ status: "SUCCEEDED", output: expected });
    });
  }

  const failures: readonly (readonly [sentence: string, template: unknown, cause: string])[] = [
    [
      "fail when the whole output is undefined",
      "{% $doesNotExist %}",
      "The JSONata expression '$doesNotExist' specified for the field 'Output' returned nothing (undefined).",
    ],
    [
      "name the member that is undefined",
      { result: "{% $doesNotExist %}" },
      "The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).",
    ],
    [
      "name the place in an array",
      { values: [1, "{% $states.input.x %}"] },
      "The JSONata expression '$states.input.x' specified for the field 'Output/values[1]' returned nothing (undefined).",
    ],
    [
      "call a comparison with a missing value undefined",
      "{% $states.input.missing > 5 %}",
      "The JSONata expression '$states.input.missing > 5' specified for the field 'Output' returned nothing (undefined).",
    ],
    [
      "refuse an unknown function when it is called",
      "{% $randomSeeded(1) %}",
      "The JSONata expression '$randomSeeded(1)' specified for the field 'Output' threw an error during evaluation. T1006: Attempted to invoke a non-function",
    ],
    [
      "refuse a function as a result",
      "{% $fn := function($x){$x} %}",
      "The JSONata expression '$fn := function($x){$x}' specified for the field 'Output' returned an unsupported result type.",
    ],
    [
      "refuse a function inside a result",
      "{% {'a': [$sum]} %}",
      "The JSONata expression '{'a': [$sum]}' specified for the field 'Output' returned an unsupported result type.",
    ],
    [
      "report a type error",
      "{% 1 + 'a' %}",
      "The JSONata expression '1 + 'a'' specified for the field 'Output' threw an error during evaluation. T2002: The right side of the \"+\" operator must evaluate to a number",
    ],
    [
      "report $error",
      "{% $error('no stock') %}",
      "The JSONata expression '$error('no stock')' specified for the field 'Output' threw an error during evaluation. D3137: no stock",
    ],
  ];
  for (const [sentence, template, cause] of failures) {
    it(sentence, async () => {
      expect(end(await output(template))).to.deep.equal({
        status: "FAILED",
        error: "States.QueryEvaluationError",
        cause: `${place} ${cause}`,
      });
    });
  }

  it("record an evaluation's failure with its place and state", async () => {
    const { events } = await output({ a: "{% $nothing %}" });
    expect(events.map((event) => event.type)).to.deep.equal([
      "ExecutionStarted",
      "PassStateEntered",
      "EvaluationFailed",
      "ExecutionFailed",
    ]);
    expect(events[2]?.evaluationFailedEventDetails).to.deep.equal({
      error: "States.QueryEvaluationError",
      cause: `${place} The JSONata expression '$nothing' specified for the field 'Output/a' returned nothing (undefined).`,
      location: "Output/a",
      state: "Only",
    });
  });

  it("see the context of execution, machine and state, and no RetryCount in a Pass", async () => {
    const result = await output("{% $states.context %}", { n: 1 });
    expect(result.output).to.deep.equal({
      Execution: {
        Id: "arn:aws:states:us-east-1:123456789012:execution:simulated:execution",
        Input: { n: 1 },
        StartTime: "2025-01-01T00:00:00.000Z",
        Name: "execution",
        RoleArn: "arn:aws:iam::123456789012:role/simulated",
        RedriveCount: 0,
      },
      StateMachine: { Id: "arn:aws:states:us-east-1:123456789012:stateMachine:simulated", Name: "simulated" },
      State: { Name: "Only", EnteredTime: "2025-01-01T00:00:00.000Z" },
    });
  });

  it("know neither a result nor an error where there is none", async () => {
    expect((await output("{% $keys($states) %}")).output).to.deep.equal(["input", "context"]);
  });

  it("bind variables as data: text that looks like an expression stays text", async () => {
    const result = await run(
      {
        Set: { Type: "Pass", Assign: { x: "{% $states.input.evil %}" }, Next: "Use" },
        Use: { Type: "Pass", Output: "{% $x %}", End: true },
      },
      { input: { evil: "') ~> $error('" } },
    );
    expect(result.output).to.equal("') ~> $error('");
  });

  it("don't let one expression change another's data", async () => {
    const result = await run({
      Set: { Type: "Pass", Assign: { list: [1] }, Next: "Touch" },
      Touch: { Type: "Pass", Output: "{% $list[] %}", Next: "Use" },
      Use: { Type: "Pass", Output: { list: "{% $list %}", sum: "{% $sum($list) %}" }, End: true },
    });
    expect(result.output).to.deep.equal({ list: [1], sum: 1 });
  });

  it("end an endless recursion instead of this process", async () => {
    const result = await output("{% ($f := function($n) { $f($n + 1) + 1 }; $f(1)) %}");
    expect(result.cause).to.contain("threw an error during evaluation. D1011: ");
  });
});
