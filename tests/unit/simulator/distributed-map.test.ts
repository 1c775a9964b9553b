import { expect } from "chai";
import { z } from "zod";
import { memoryObjects, TaskError, type MemoryObjects } from "../../../workflow/simulator/index.ts";
import { distributed as each, end, run, task } from "./machines.ts";

const pass = { Each: { Type: "Pass", End: true } };
const reader = (type: string, more: object = {}): object => ({
  ItemReader: {
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: type, ...more },
    Arguments: { Bucket: "b", Key: "{% $states.input.key %}" },
  },
});
const object = (content: string | Uint8Array): MemoryObjects => memoryObjects({ "b/k": content });
const odd = {
  Work: (n: number): number => {
    if (n % 2 === 1) throw new TaskError("Odd", `${n} is odd`);
    return n;
  },
};

describe("Distributed Map", () => {
  it("runs each item in a child execution with a history of its own", async () => {
    const result = await run({ All: each(pass, { Label: "Settle" }) }, { input: ["a", "b"] });
    expect(result.output).to.deep.equal(["a", "b"]);
    expect(result.states).to.deep.equal(["All"]);
    expect(result.events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).to.deep.equal([
      [1, 0, "ExecutionStarted"],
      [2, 0, "MapStateEntered"],
      [3, 2, "MapStateStarted"],
      [4, 3, "MapRunStarted"],
      [5, 4, "MapRunSucceeded"],
      [6, 5, "MapStateSucceeded"],
      [7, 5, "MapStateExited"],
      [8, 7, "ExecutionSucceeded"],
    ]);
    expect(result.events[3]?.mapRunStartedEventDetails?.mapRunArn).to.match(
      /^arn:aws:states:us-east-1:123456789012:mapRun:simulated\/Settle:[0-9a-f-]{36}$/,
    );
    expect(result.children.map(({ status, input }) => [status, input])).to.deep.equal([
      ["SUCCEEDED", "a"],
      ["SUCCEEDED", "b"],
    ]);
  });

  it("shows its children none of the outer variables, and their own context", async () => {
    const look = {
      Each: {
        Type: "Pass",
        Output: [
          "{% $exists($outer) %}",
          "{% $states.context.Execution.Input %}",
          "{% $states.context.StateMachine.Name %}",
        ],
        End: true,
      },
    };
    const result = await run(
      { Set: { Type: "Pass", Assign: { outer: 1 }, Next: "All" }, All: each(look) },
      { input: ["a"] },
    );
    expect(result.output).to.deep.equal([[false, "a", "simulated/All"]]);
  });

  it("gives its ItemSelector the outer variables and the item", async () => {
    const selector = { outer: "{% $outer %}", item: "{% $states.context.Map.Item.Value %}" };
    const result = await run(
      { Set: { Type: "Pass", Assign: { outer: 1 }, Next: "All" }, All: each(pass, { ItemSelector: selector }) },
      { input: ["a"] },
    );
    expect(result.output).to.deep.equal([{ outer: 1, item: "a" }]);
  });

  it("reads a JSON array from S3", async () => {
    const result = await run(
      { All: each(pass, reader("JSON")) },
      { input: { key: "runs/1/files.json" }, objects: memoryObjects({ "b/runs/1/files.json": '[1, {"two": 2}]' }) },
    );
    expect(result.output).to.deep.equal([1, { two: 2 }]);
  });

  it("reads an array inside a document, JSON lines, and bytes, up to MaxItems", async () => {
    const cases: readonly (readonly [object, string | Uint8Array])[] = [
      [reader("JSON", { ItemsPointer: "/a/b~1c" }), '{"a": {"b/c": [1, 2]}}'],
      [reader("JSONL"), "1\n\n2\n"],
      [reader("JSON"), Buffer.from("[1, 2]")],
      [reader("JSON", { MaxItems: "{% 2 %}" }), "[1, 2, 3]"],
    ];
    for (const [field, content] of cases) {
      const result = await run({ All: each(pass, field) }, { input: { key: "k" }, objects: object(content) });
      expect(result.output).to.deep.equal([1, 2]);
    }
  });

  it("fails with States.ItemReaderFailed on what is no array, and on what can't be read", async () => {
    const options = { input: { key: "k" } };
    const noArray = await run({ All: each(pass, reader("JSON")) }, { ...options, objects: object('{"a": 1}') });
    expect(end(noArray)).to.deep.equal({
      status: "FAILED",
      error: "States.ItemReaderFailed",
      cause: "Attempting to map over non-iterable node.",
    });
    expect(noArray.events.map((event) => event.type).slice(3)).to.deep.equal([
      "MapRunStarted",
      "MapRunFailed",
      "MapStateFailed",
      "ExecutionFailed",
    ]);
    const missing = await run({ All: each(pass, reader("JSON")) }, { ...options, objects: memoryObjects() });
    expect(end(missing)).to.deep.equal({
      status: "FAILED",
      error: "States.ItemReaderFailed",
      cause: "S3.NoSuchKeyException: The specified key does not exist: k",
    });
  });

  it("packs items into batches with a shared input", async () => {
    const batcher = { ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { at: "{% $now() %}" } } };
    const result = await run({ All: each(pass, batcher) }, { input: [1, 2, 3] });
    expect(result.output).to.deep.equal([
      { BatchInput: { at: "2025-01-01T00:00:00.000Z" }, Items: [1, 2] },
      { BatchInput: { at: "2025-01-01T00:00:00.000Z" }, Items: [3] },
    ]);
  });

  it("keeps batches within MaxInputBytesPerBatch", async () => {
    const batcher = { ItemBatcher: { MaxInputBytesPerBatch: 40 } };
    const result = await run({ All: each(pass, batcher) }, { input: Array.from({ length: 10 }, () => "12345678") });
    const batches = Array.isArray(result.output) ? result.output : [];
    expect(batches.length).to.be.greaterThan(1);
    expect(batches.every((batch) => Buffer.byteLength(JSON.stringify(batch)) <= 40)).to.be.true;
  });

  it("tolerates no failure unless told to", async () => {
    const result = await run({ All: each({ Work: task() }) }, { input: [2, 3], tasks: odd });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.ExceedToleratedFailureThreshold",
      cause: "The specified tolerated failure threshold was exceeded",
    });
  });

  it("tolerates failures up to a count or a percentage of the items", async () => {
    const statuses = [];
    for (const limit of [
      { ToleratedFailureCount: 2 },
      { ToleratedFailureCount: 1 },
      { ToleratedFailurePercentage: 50 },
      { ToleratedFailurePercentage: "{% 49.9 %}" },
      { ToleratedFailurePercentage: 100, ToleratedFailureCount: 1 },
    ]) {
      statuses.push((await run({ All: each({ Work: task() }, limit) }, { input: [1, 2, 3, 4], tasks: odd })).status);
    }
    expect(statuses).to.deep.equal(["SUCCEEDED", "FAILED", "SUCCEEDED", "FAILED", "FAILED"]);
  });

  it("leaves what is known of a tolerated failure in its place", async () => {
    const result = await run(
      { All: each({ Work: task() }, { ToleratedFailurePercentage: 100 }) },
      { input: [1, 2], tasks: odd },
    );
    const [failed, succeeded] = z.array(z.unknown()).parse(result.output);
    expect(succeeded).to.equal(2);
    expect(failed).to.deep.include({
      Error: "Odd",
      Cause: "1 is odd",
      Status: "FAILED",
      Input: "1",
      RedriveCount: 0,
      RedriveStatus: "REDRIVABLE_BY_MAP_RUN",
    });
  });

  it("counts all items of a failed batch", async () => {
    const more = { ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 1 };
    const result = await run({ All: each({ Stop: { Type: "Fail", Error: "E" } }, more) }, { input: [1, 2] });
    expect(result.error).to.equal("States.ExceedToleratedFailureThreshold");
  });

  it("refuses a percentage beyond 100 at run time", async () => {
    const result = await run({ All: each(pass, { ToleratedFailurePercentage: "{% 100.1 %}" }) }, { input: [1] });
    expect(result.error).to.equal("States.QueryEvaluationError");
    expect(result.cause).to.contain("ToleratedFailurePercentage must be between 0 and 100, but was: 100.1");
  });

  it("says what it can't read", async () => {
    const message = await run({ All: each(pass, reader("PARQUET")) }, { input: { key: "k" } }).then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );
    expect(message).to.equal("Map 'All': the simulator reads items as JSON, JSONL or CSV, not PARQUET.");
  });
});
