import { expect } from "chai";
import { end } from "../machines.ts";
import { pass, place } from "./machines.ts";

/** AWS's documented examples, and inputs whose results were recorded on AWS. */
const cases: readonly (readonly [call: string, input: unknown, output: unknown])[] = [
  ["States.Format('Formatting argument {}.', $)", "", "Formatting argument ."],
  ["States.Format('Formatting argument {}.', $)", null, "Formatting argument null."],
  ["States.Format('Formatting argument {}.', $)", 1.1, "Formatting argument 1.1."],
  ["States.Format('Hello, my name is {}.', $.name)", { name: "Arnav" }, "Hello, my name is Arnav."],
  ["States.Format('{} and {}', $, true)", { Arg1: 1, Arg2: [] }, "{Arg1=1, Arg2=[]} and true"],
  ["States.Format($.template, $.name)", { template: "Hello, {}.", name: "Arnav" }, "Hello, Arnav."],
  ["States.Format('\\{\\} is {}, it\\'s \\\\', 1)", {}, "{} is 1, it's \\"],
  ["States.StringToJson($)", "", null],
  ["States.StringToJson($)", " ", null],
  ["States.StringToJson($)", '{"Arg1": 1, "Arg2": []}', { Arg1: 1, Arg2: [] }],
  ['States.StringToJson(\'{"a": "false"}\')', {}, { a: "false" }],
  ["States.JsonToString($)", [1, 2, "HelloWorld"], '[1,2,"HelloWorld"]'],
  ["States.JsonToString($)", { Arg1: 1, Arg2: [] }, '{"Arg1":1,"Arg2":[]}'],
  ["States.Array()", {}, []],
  ["States.Array($.Id, 'x', null, -1.5, true)", { Id: 123456 }, [123456, "x", null, -1.5, true]],
  ["States.ArrayPartition($, 4)", [1, 2, 3, 4, 5, 6, 7, 8, 9], [[1, 2, 3, 4], [5, 6, 7, 8], [9]]],
  ["States.ArrayPartition($, 1)", [], []],
  [
    "States.ArrayContains($.inputArray, $.lookingFor)",
    { inputArray: [1, 2, 3, 4, 5, 6, 7, 8, 9], lookingFor: 5 },
    true,
  ],
  ["States.ArrayContains($, null)", [], false],
  ["States.ArrayContains($.fst, $.snd)", { fst: [[1, 2, 3], 2], snd: [1, 2, 3] }, true],
  ["States.ArrayContains($.fst, $.snd)", { fst: [{ 1: 2, 2: [] }], snd: [] }, false],
  ["States.ArrayContains($, false)", [true, false], true],
  ["States.ArrayRange(1, 9, 2)", {}, [1, 3, 5, 7, 9]],
  ["States.ArrayRange(1, 9, 9)", {}, [1]],
  ["States.ArrayRange(3, 1, -1)", {}, [3, 2, 1]],
  ["States.ArrayGetItem($.inputArray, $.index)", { inputArray: [1, 2, 3, 4, 5, 6, 7, 8, 9], index: 5 }, 6],
  ["States.ArrayLength($)", [1, 2, 3], 3],
  ["States.ArrayUnique($)", [1, 2, 3, 3, 3, 3, 3, 3, 4], [1, 2, 3, 4]],
  ["States.ArrayUnique($)", [null, null, true, 1, 1.1, [], [], { a: 1 }, { a: 1 }], [null, true, 1, 1.1, [], { a: 1 }]],
  ["States.Base64Encode($)", "Data to encode", "RGF0YSB0byBlbmNvZGU="],
  ["States.Base64Decode($)", "RGF0YSB0byBlbmNvZGU=", "Data to encode"],
  [
    "States.Hash($.Data, $.Algorithm)",
    { Data: "input data", Algorithm: "SHA-1" },
    "aaff4a450a104cd177d28d18d74485e8cae074b7",
  ],
  ["States.Hash('input data', 'MD5')", {}, "812f45842bc6d66ee14572ce20db8e86"],
  [
    "States.JsonMerge($.json1, $.json2, false)",
    { json1: { a: { a1: 1, a2: 2 }, b: 2 }, json2: { a: { a3: 1, a4: 2 }, c: 3 } },
    { a: { a3: 1, a4: 2 }, b: 2, c: 3 },
  ],
  ["States.MathAdd($.value1, $.step)", { value1: 111, step: -1 }, 110],
  ["States.MathAdd(1.50, 1.51)", {}, 4],
  ["States.MathAdd(-1.49, -1.50)", {}, -2],
  ["States.MathAdd(-1.50, -1.51)", {}, -3],
  ["States.MathAdd(2.5, 0)", {}, 3],
  ["States.MathAdd(-0.5, 0)", {}, 0],
  ["States.MathAdd(-2.5, 0)", {}, -2],
  ["States.StringSplit('1,2,3,4,5', ',')", {}, ["1", "2", "3", "4", "5"]],
  [
    "States.StringSplit($.inputString, $.splitter)",
    { inputString: "This.is+a,test=string", splitter: ".+,=" },
    ["This", "is", "a", "test", "string"],
  ],
  ["States.StringSplit($, ',')", ", , ,", [" ", " "]],
  ["States.StringSplit($, ',')", ",,,,", []],
  ["States.StringSplit('Hello\nWorld', '\n')", {}, ["Hello", "World"]],
  ["States.ArrayGetItem(States.StringSplit($$.StateMachine.Name, '-'), 0)", {}, "simulated"],
  ["States.MathAdd(States.ArrayLength(States.StringSplit($, '-')), -1)", "a-b-c", 2],
  ["States.Array($['a, b'], $.l[?(@.n == 1)].n)", { "a, b": 1, l: [{ n: 1 }, { n: 2 }] }, [1, [1]]],
];

const call = (source: string, input: unknown): ReturnType<typeof pass> =>
  pass({ Parameters: { "r.$": source } }, input);

describe("An intrinsic function", () => {
  for (const [source, input, output] of cases) {
    it(`${JSON.stringify(source)} of ${JSON.stringify(input)} is ${JSON.stringify(output)}`, async () => {
      expect(end(await call(source, input))).to.deep.equal({ status: "SUCCEEDED", output: { r: output } });
    });
  }

  it("States.MathRandom draws a number from its range, the same for the same seed", async () => {
    const draw = async (source: string): Promise<unknown> => (await call(source, {})).output;
    const drawn = JSON.parse(JSON.stringify(await draw("States.MathRandom(5, 7)"))) as { r: number };
    expect(drawn.r).to.be.oneOf([5, 6]);
    expect(await draw("States.MathRandom(1, 1000000, 3)")).to.deep.equal(
      await draw("States.MathRandom(1, 1000000, 3)"),
    );
    expect(await draw("States.MathRandom(1, 1000000, 3)")).to.not.deep.equal(
      await draw("States.MathRandom(1, 1000000, 4)"),
    );
  });

  it("States.UUID gives a version 4 UUID", async () => {
    expect(JSON.stringify((await call("States.UUID()", {})).output)).to.match(
      /^\{"r":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"\}$/,
    );
  });

  const failures: readonly (readonly [source: string, input: unknown, reason: string])[] = [
    [
      "States.StringToJson($)",
      "{",
      "States.StringToJson: not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)",
    ],
    ["States.ArrayGetItem($, 3)", [1], "States.ArrayGetItem: there is no item 3 in an array of 1"],
    ["States.ArrayLength($)", "text", "States.ArrayLength: argument 1: Invalid input: expected array, received string"],
    ["States.ArrayRange(1, 2, 0)", {}, "States.ArrayRange: the step can't be zero"],
    ["States.ArrayRange(1, 2000, 1)", {}, "States.ArrayRange: the range has more than 1000 items"],
    ["States.JsonMerge($, $, true)", {}, "States.JsonMerge: argument 3: Invalid input: expected false"],
    ["States.Format('{} {}', 1)", {}, "States.Format: the template has 2 {}, and there are 1 values"],
    ["States.MathAdd('1', 2)", {}, "States.MathAdd: argument 1: Invalid input: expected number, received string"],
  ];
  for (const [source, input, reason] of failures) {
    it(`${source} of ${JSON.stringify(input)} fails with States.IntrinsicFailure`, async () => {
      expect(end(await call(source, input))).to.deep.equal({
        status: "FAILED",
        error: "States.IntrinsicFailure",
        cause: `${place} The function '${source}' had the following error: ${reason}`,
      });
    });
  }

  it("fails with States.Runtime where an argument's path finds nothing", async () => {
    expect(end(await call("States.ArrayLength($.no)", { a: 1 }))).to.deep.equal({
      status: "FAILED",
      error: "States.Runtime",
      cause:
        `${place} The function 'States.ArrayLength($.no)' had the following error: ` +
        "The JsonPath argument for the field '$.no' could not be found in the input '{\"a\":1}'",
    });
  });
});
