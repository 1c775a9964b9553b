import { expect } from "chai";
import { memoryObjects } from "../../../../workflow/simulator/index.ts";
import { branch, end, type States } from "../machines.ts";
import { place, run } from "./machines.ts";

describe("Parallel and Map in JSONPath mode", () => {
  const same = branch({ Same: { Type: "Pass", End: true } });

  it("gives a Parallel's branches its Parameters, and puts their results where ResultPath says", async () => {
    const result = await run(
      {
        Only: {
          Type: "Parallel",
          Parameters: { "n.$": "$.a" },
          Branches: [same, same],
          ResultPath: "$.all",
          End: true,
        },
      },
      { input: { a: 1 } },
    );
    expect(result.output).to.deep.equal({ a: 1, all: [{ n: 1 }, { n: 1 }] });
  });

  it("maps the items that ItemsPath finds with Iterator and Parameters, as recorded on AWS", async () => {
    const detail = { "delivery-partner": "UQS", shipped: [{ prod: "R31" }, { prod: "S39" }] };
    const result = await run(
      {
        Only: {
          Type: "Map",
          InputPath: "$.detail",
          ItemsPath: "$.shipped",
          ResultPath: "$.detail.out",
          MaxConcurrency: 1,
          Parameters: {
            "value.$": "$$.Map.Item.Value",
            "index.$": "$$.Map.Item.Index",
            "partner.$": "$.delivery-partner",
            constant: "HelloWorld",
          },
          Iterator: same,
          End: true,
        },
      },
      { input: { detail } },
    );
    const item = (index: number): object => ({
      value: detail.shipped[index],
      index,
      partner: "UQS",
      constant: "HelloWorld",
    });
    expect(result.output).to.deep.equal({ detail: { ...detail, out: [item(0), item(1)] } });
  });

  const map = (more: object): States => ({ Only: { Type: "Map", ItemProcessor: same, End: true, ...more } });

  it("maps its input without ItemsPath, and a variable's items", async () => {
    expect((await run(map({}), { input: [1, 2] })).output).to.deep.equal([1, 2]);
    const states = {
      Set: { Type: "Pass", Assign: { items: [1, 2, 3] }, Next: "Only" },
      ...map({ ItemsPath: "$items" }),
    };
    expect((await run(states)).output).to.deep.equal([1, 2, 3]);
  });

  const wrong: readonly (readonly [fields: object, input: unknown, cause: string])[] = [
    [{}, { a: 1 }, 'Reference path "$" must point to array.'],
    [{ ItemsPath: "$$.Execution.Input" }, 1, 'Reference path "$.Execution.Input" must point to array.'],
    [{ ItemsPath: "$.no" }, {}, "Invalid path '$.no' : No results for path: $['no']"],
    [
      { ItemsPath: "$.i", MaxConcurrencyPath: "$.m" },
      { i: [], m: "NoNumber" },
      'The MaxConcurrencyPath field refers to value "NoNumber" which is not a valid integer: $.m',
    ],
    [
      { ItemsPath: "$.i", MaxConcurrencyPath: "$.m" },
      { i: [], m: {} },
      'The MaxConcurrencyPath field refers to value "{}" which is not a valid integer: $.m',
    ],
  ];
  for (const [fields, input, cause] of wrong) {
    it(`says: ${cause}`, async () => {
      const expected = { status: "FAILED", error: "States.Runtime", cause: `${place} ${cause}` };
      expect(end(await run(map(fields), { input }))).to.deep.equal(expected);
    });
  }

  it("takes a number's text for MaxConcurrencyPath, as recorded on AWS", async () => {
    const result = await run(map({ ItemsPath: "$.i", MaxConcurrencyPath: "$.m" }), { input: { i: [1], m: "1" } });
    expect(result.output).to.deep.equal([1]);
  });

  const distributed = { ...same, ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } };
  const tolerated: readonly (readonly [path: string, value: unknown, cause: string])[] = [
    [
      "ToleratedFailureCountPath",
      "NoNumber",
      'The ToleratedFailureCountPath field refers to value "NoNumber" which is not a valid integer: $.t',
    ],
    ["ToleratedFailureCountPath", -1, "ToleratedFailureCount cannot be negative."],
    [
      "ToleratedFailurePercentagePath",
      {},
      'The ToleratedFailurePercentagePath field refers to value "{}" which is not a valid float: $.t',
    ],
    ["ToleratedFailurePercentagePath", -1.1, "ToleratedFailurePercentage must be between 0 and 100."],
    ["ToleratedFailurePercentagePath", 100.1, "ToleratedFailurePercentage must be between 0 and 100."],
  ];
  for (const [path, value, cause] of tolerated) {
    it(`fails for ${path} at ${JSON.stringify(value)}`, async () => {
      const fields = { ItemProcessor: distributed, ItemsPath: "$.i", [path]: "$.t" };
      const expected = { status: "FAILED", error: "States.Runtime", cause: `${place} ${cause}` };
      expect(end(await run(map(fields), { input: { i: [0], t: value } }))).to.deep.equal(expected);
    });
  }

  it("lists objects with Parameters, without a ReaderConfig, and writes its results with ResultWriter's", async () => {
    const objects = memoryObjects({ "b/in/1.csv": "1", "b/in/2.csv": "2" });
    const result = await run(
      map({
        ItemProcessor: distributed,
        ItemReader: {
          Resource: "arn:aws:states:::s3:listObjectsV2",
          Parameters: { "Bucket.$": "$.bucket", Prefix: "in/" },
        },
        ItemSelector: { "key.$": "$$.Map.Item.Value.Key" },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Parameters: { "Bucket.$": "$.bucket", Prefix: "out" },
          WriterConfig: { Transformation: "FLATTEN", OutputType: "JSON" },
        },
        ResultSelector: { "bucket.$": "$.ResultWriterDetails.Bucket" },
      }),
      { input: { bucket: "b" }, objects },
    );
    expect(end(result)).to.deep.equal({ status: "SUCCEEDED", output: { bucket: "b" } });
    const written = [...objects.contents].find(([name]) => /^b\/out\/.*SUCCEEDED/.test(name));
    expect(written?.[1]).to.equal('[{"key":"in/1.csv"},{"key":"in/2.csv"}]');
  });

  it("reads items from S3 with Parameters and MaxItemsPath, and batches them", async () => {
    const result = await run(
      map({
        ItemProcessor: distributed,
        ItemReader: {
          Resource: "arn:aws:states:::s3:getObject",
          ReaderConfig: { InputType: "JSON", MaxItemsPath: "$.most" },
          Parameters: { "Bucket.$": "$.bucket", Key: "items.json" },
        },
        ItemBatcher: { MaxItemsPerBatchPath: "$.batch", BatchInput: { "from.$": "$.bucket" } },
        ResultSelector: { "batches.$": "$" },
      }),
      {
        input: { bucket: "b", most: 3, batch: "2" },
        objects: memoryObjects({ "b/items.json": "[1,2,3,4]" }),
      },
    );
    expect(result.output).to.deep.equal({
      batches: [
        { BatchInput: { from: "b" }, Items: [1, 2] },
        { BatchInput: { from: "b" }, Items: [3] },
      ],
    });
  });
});
