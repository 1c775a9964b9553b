import { expect } from "chai";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { end, task, type States } from "../machines.ts";
import { pass, place, run } from "./machines.ts";

const sum = { title: "Numbers to add", numbers: { val1: 3, val2: 4 } };

/** Pass states after the examples in the ASL specification and AWS's pages on input and output. */
const passes: readonly (readonly [name: string, fields: object, input: unknown, output: unknown])[] = [
  ["hands its input on", {}, { a: 1 }, { a: 1 }],
  ["cuts its input with InputPath", { InputPath: "$.a" }, { a: 1 }, 1],
  ["sees {} with InputPath null", { InputPath: null }, { a: 1 }, {}],
  ["hands on {} with OutputPath null", { OutputPath: null }, { a: 1 }, {}],
  ["cuts its output with OutputPath", { OutputPath: "$.a" }, { a: 1 }, 1],
  ["returns its Result", { Result: { x: 0.381018 } }, { a: 1 }, { x: 0.381018 }],
  ["keeps a Result's dollar signs", { Result: { "a.$": "$.b" } }, {}, { "a.$": "$.b" }],
  ["prefers Result to Parameters", { Result: null, Parameters: { a: 1 } }, {}, null],
  [
    "puts its Result into its input",
    { Result: { x: 0.381018, y: 622.2269926397355 }, ResultPath: "$.coords" },
    { georefOf: "Home" },
    { georefOf: "Home", coords: { x: 0.381018, y: 622.2269926397355 } },
  ],
  ["drops its result with ResultPath null", { Result: 1, ResultPath: null }, { a: 1 }, { a: 1 }],
  [
    "replaces a member with ResultPath",
    { Result: 6, ResultPath: "$.master.detail" },
    { master: { detail: [1, 2, 3] } },
    { master: { detail: 6 } },
  ],
  [
    "makes what lacks on the way of ResultPath",
    { Result: 6, ResultPath: "$.master.result.sum" },
    { master: { detail: [1, 2, 3] } },
    { master: { detail: [1, 2, 3], result: { sum: 6 } } },
  ],
  ["replaces an item with ResultPath", { Result: 6, ResultPath: "$.list[1]" }, { list: [1, 2] }, { list: [1, 6] }],
  [
    "puts its result into all that came in, not into what InputPath left",
    { InputPath: "$.numbers", ResultPath: "$.sum" },
    sum,
    { ...sum, sum: sum.numbers },
  ],
  ["applies OutputPath after ResultPath", { Result: 7, ResultPath: "$.sum", OutputPath: "$.sum" }, sum, 7],
  [
    "fills its Parameters",
    { Parameters: { flagged: true, parts: { "first.$": "$.vals[0]", "last3.$": "$.vals[-3:]" } } },
    { flagged: 7, vals: [0, 10, 20, 30, 40, 50] },
    { flagged: true, parts: { first: 0, last3: [30, 40, 50] } },
  ],
  [
    "fills objects in arrays",
    { Parameters: { env: [{ Name: "A", "Value.$": "$.a" }] } },
    { a: 1 },
    { env: [{ Name: "A", Value: 1 }] },
  ],
  [
    "leaves texts in arrays and plain members alone",
    { Parameters: { a: "$.a", list: ["$.a", "States.UUID()"] } },
    {},
    { a: "$.a", list: ["$.a", "States.UUID()"] },
  ],
  ["leaves JSONata alone", { Parameters: { a: "{% $states.input %}" } }, {}, { a: "{% $states.input %}" }],
  ["sees InputPath's cut in Parameters", { InputPath: "$.numbers", Parameters: { "a.$": "$.val1" } }, sum, { a: 3 }],
  [
    "sees the context in Parameters",
    { Parameters: { "name.$": "$$.Execution.Name", "state.$": "$$.State.Name" } },
    {},
    { name: "execution", state: "Only" },
  ],
];

describe("Pass in JSONPath mode", () => {
  for (const [name, fields, input, output] of passes) {
    it(name, async () => {
      expect(end(await pass(fields, input))).to.deep.equal({ status: "SUCCEEDED", output });
    });
  }

  it("says which field's path found nothing", async () => {
    expect(end(await pass({ Parameters: { a: { "value.$": "$.no_such_jsonpath" } } }, { b: 1 }))).to.deep.equal({
      status: "FAILED",
      error: "States.Runtime",
      cause: `${place} The JSONPath '$.no_such_jsonpath' specified for the field 'value.$' could not be found in the input '{"b":1}'`,
    });
  });

  it("fails with States.ResultPathMatchFailure where ResultPath meets a plain value", async () => {
    expect(end(await pass({ Result: 1, ResultPath: "$.a.b" }, { a: "text" }))).to.deep.equal({
      status: "FAILED",
      error: "States.ResultPathMatchFailure",
      cause: `${place} Unable to apply ResultPath '$.a.b' to the input '{"a":"text"}'`,
    });
  });
});

describe("Task in JSONPath mode", () => {
  const lambda = (more: object): States => ({
    Only: { ...task({ Resource: "arn:aws:states:::lambda:invoke" }), ...more },
  });

  it("sends its Parameters and takes its result through ResultSelector, ResultPath and OutputPath", async () => {
    const sent: unknown[] = [];
    const result = await run(
      lambda({
        InputPath: "$.order",
        Parameters: { "FunctionName.$": "$.fn", Payload: { "id.$": "$.id", "attempt.$": "$$.State.RetryCount" } },
        ResultSelector: { "total.$": "$.Payload.total", "from.$": "$$.State.Name" },
        ResultPath: "$.priced",
        OutputPath: "$.priced",
      }),
      {
        input: { order: { id: 7, fn: "price" }, kept: true },
        tasks: {
          Only: (args) => {
            sent.push(args);
            return { Payload: { total: 3 }, StatusCode: 200 };
          },
        },
      },
    );
    expect(sent).to.deep.equal([{ FunctionName: "price", Payload: { id: 7, attempt: 0 } }]);
    expect(end(result)).to.deep.equal({ status: "SUCCEEDED", output: { total: 3, from: "Only" } });
  });

  it("sends its input without Parameters", async () => {
    const result = await run(lambda({ InputPath: "$.a" }), { input: { a: [1] }, tasks: { Only: (args) => args } });
    expect(result.output).to.deep.equal([1]);
  });

  it("takes its timeout from TimeoutSecondsPath", async () => {
    const result = await run(lambda({ TimeoutSecondsPath: "$.limit" }), {
      input: { limit: 5 },
      tasks: { Only: (_, call) => call.sleep(6) },
    });
    expect(end(result)).to.deep.equal({ status: "FAILED", error: "States.Timeout" });
  });

  for (const field of ["TimeoutSecondsPath", "HeartbeatSecondsPath"]) {
    it(`fails where ${field} finds nothing, past every Catch`, async () => {
      const caught = [
        { ErrorEquals: ["States.ALL"], Next: "After" },
        { ErrorEquals: ["States.Runtime"], Next: "After" },
      ];
      const result = await run({ ...lambda({ [field]: "$.no", Catch: caught.slice(1) }), After: { Type: "Succeed" } });
      expect(end(result)).to.deep.equal({
        status: "FAILED",
        error: "States.Runtime",
        cause: `${place} Invalid path '$.no' : No results for path: $['no']`,
      });
    });
  }

  const failing = {
    Only: () => {
      throw new TaskError("Boom", "why");
    },
  };
  const catches: readonly (readonly [name: string, catcher: object, output: unknown])[] = [
    ["replaces the input by the error", {}, { Error: "Boom", Cause: "why" }],
    [
      "puts the error into the input with ResultPath",
      { ResultPath: "$.error" },
      { a: 1, error: { Error: "Boom", Cause: "why" } },
    ],
    ["keeps the input with ResultPath null", { ResultPath: null }, { a: 1 }],
  ];
  for (const [name, catcher, output] of catches) {
    it(`${name} in a catcher, whatever its own OutputPath says`, async () => {
      const result = await run(
        {
          ...lambda({ OutputPath: "$.no", Catch: [{ ErrorEquals: ["Boom"], Next: "After", ...catcher }] }),
          After: { Type: "Succeed" },
        },
        { input: { a: 1 }, tasks: failing },
      );
      expect(end(result)).to.deep.equal({ status: "SUCCEEDED", output });
    });
  }

  it("can catch a function's failure in its Parameters", async () => {
    const result = await run(
      {
        ...lambda({
          Parameters: { "item.$": "States.ArrayGetItem($.list, 2)" },
          Catch: [{ ErrorEquals: ["States.IntrinsicFailure"], Next: "After" }],
        }),
        After: { Type: "Succeed" },
      },
      { input: { list: [1] }, tasks: failing },
    );
    expect(result.states).to.deep.equal(["Only", "After"]);
  });
});
