import { expect } from "chai";
import { z } from "zod";
import {
  memoryObjects,
  TaskError,
  type MemoryObjects,
  type SimulationResult,
} from "../../../workflow/simulator/index.ts";
import { distributed, end, run, task } from "./machines.ts";

const pass = { Each: { Type: "Pass", End: true } };
const to = (more: object = {}): object => ({
  ResultWriter: {
    Resource: "arn:aws:states:::s3:putObject",
    Arguments: { Bucket: "out", Prefix: "{% $states.input[0] & 'results' %}" },
    ...more,
  },
});
const work = {
  Work: (n: number): number => {
    if (n === 2) throw new TaskError("Two", "no two");
    return n;
  },
};

/** Bodies by the file's name; the folder has the Map Run's id. */
function files(objects: MemoryObjects): Record<string, unknown> {
  return Object.fromEntries(
    [...objects.contents].map(([name, body]) => {
      const text = String(body);
      const content: unknown = name.endsWith(".json") ? JSON.parse(text) : text;
      return [name.split("/").at(-1) ?? name, content];
    }),
  );
}

const details = z.object({
  MapRunArn: z.string(),
  ResultWriterDetails: z.object({ Bucket: z.literal("out"), Key: z.string() }),
});

async function write(
  state: object,
  input: unknown,
): Promise<{ result: SimulationResult; written: Record<string, unknown>; objects: MemoryObjects }> {
  const objects = memoryObjects();
  const result = await run({ All: state }, { input, objects, tasks: work });
  return { result, written: files(objects), objects };
}

describe("ResultWriter", () => {
  it("writes what is known of each child and a manifest, and gives the manifest's place", async () => {
    const { result, written, objects } = await write(distributed(pass, to()), ["a"]);
    const { MapRunArn: arn, ResultWriterDetails: where } = details.parse(result.output);
    const folder = `aresults/${arn.split(":").at(-1) ?? ""}`;
    expect(where.Key).to.equal(`${folder}/manifest.json`);
    expect([...objects.contents.keys()]).to.deep.equal([
      `out/${folder}/SUCCEEDED_0.json`,
      `out/${folder}/manifest.json`,
    ]);
    const child = result.children[0];
    expect(written["SUCCEEDED_0.json"]).to.deep.equal([
      {
        ExecutionArn: child?.identity.executionArn,
        Input: '"a"',
        InputDetails: { Included: true },
        Name: child?.name,
        Output: '"a"',
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: "NOT_REDRIVABLE",
        RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
        StartDate: "2025-01-01T00:00:00.000Z",
        StateMachineArn: child?.identity.machineArn,
        Status: "SUCCEEDED",
        StopDate: "2025-01-01T00:00:00.000Z",
      },
    ]);
    const size = Buffer.byteLength(JSON.stringify(written["SUCCEEDED_0.json"]));
    expect(written["manifest.json"]).to.deep.equal({
      DestinationBucket: "out",
      MapRunArn: arn,
      ResultFiles: { FAILED: [], PENDING: [], SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: size }] },
    });
  });

  it("writes outputs only, or flattened, or as JSON lines", async () => {
    const cases = [
      [{ Transformation: "COMPACT", OutputType: "JSON" }, { "SUCCEEDED_0.json": [[1, 2], 3] }],
      [{ Transformation: "FLATTEN", OutputType: "JSON" }, { "SUCCEEDED_0.json": [1, 2, 3] }],
      [{ Transformation: "COMPACT", OutputType: "JSONL" }, { "SUCCEEDED_0.jsonl": "[1,2]\n3\n" }],
    ] as const;
    for (const [WriterConfig, expected] of cases) {
      const { written } = await write(distributed(pass, to({ WriterConfig, Arguments: { Bucket: "out" } })), [
        [1, 2],
        3,
      ]);
      expect(written).to.deep.include(expected);
    }
  });

  it("without a bucket shapes the state's own result", async () => {
    const results = [];
    for (const WriterConfig of [
      { Transformation: "FLATTEN", OutputType: "JSON" },
      { Transformation: "COMPACT", OutputType: "JSON" },
      { OutputType: "JSONL" },
    ]) {
      results.push(
        (await run({ All: distributed(pass, { ResultWriter: { WriterConfig } }) }, { input: [[1, 2], 3] })).output,
      );
    }
    expect(results).to.deep.equal([[1, 2, 3], [[1, 2], 3], "[1,2]\n3\n"]);
  });

  it("writes failures to a file of their own, whatever the transformation", async () => {
    const writer = to({ WriterConfig: { Transformation: "COMPACT" }, Arguments: { Bucket: "out" } });
    const state = distributed({ Work: task() }, { ...writer, ToleratedFailureCount: 1 });
    const { written } = await write(state, [1, 2]);
    expect(written["SUCCEEDED_0.json"]).to.deep.equal([1]);
    expect(written["FAILED_0.json"]).to.be.an("array").with.length(1);
    expect({ failed: written["FAILED_0.json"] }).to.have.nested.include({
      "failed[0].Error": "Two",
      "failed[0].Cause": "no two",
      "failed[0].Input": "2",
    });
  });

  it("writes what there is when the failures were too many", async () => {
    const state = distributed({ Work: task() }, { ...to({ Arguments: { Bucket: "out" } }), MaxConcurrency: 1 });
    const { result, written } = await write(state, [1, 2, 3]);
    expect(result.error).to.equal("States.ExceedToleratedFailureThreshold");
    expect(Object.keys(written)).to.deep.equal([
      "FAILED_0.json",
      "PENDING_0.json",
      "SUCCEEDED_0.json",
      "manifest.json",
    ]);
    expect(written["PENDING_0.json"]).to.deep.equal([
      { Input: "3", InputDetails: { Included: true }, Status: "PENDING" },
    ]);
  });

  it("fails with States.ResultWriterFailed where the bucket refuses", async () => {
    const refusing = {
      ...memoryObjects(),
      put: () => Promise.reject(new TaskError("S3.NoSuchBucketException", "no out")),
    };
    const result = await run({ All: distributed(pass, to()) }, { input: ["a"], objects: refusing });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.ResultWriterFailed",
      cause: "S3.NoSuchBucketException: no out",
    });
  });
});
