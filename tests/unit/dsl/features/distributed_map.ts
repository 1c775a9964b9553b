/** Map, distributed: its children, and what they may fail. */
import * as z from "zod";
import { itemsOf, sendMessage, sqsQueue, text, workflow } from "../../../../workflow/dsl/index.ts";
import { TaskError, type SimulationOptions } from "../../../../workflow/simulator/index.ts";
import type { Row } from "./row.ts";

const input = z.object({ ids: z.array(z.number()), run: z.string(), size: z.number() });
const given = { ids: [1, 2, 3], run: "r", size: 2 };

const each = workflow("each", { input }, (flow, run) =>
  flow.distributedMap(
    "Each",
    itemsOf(run.ids),
    { maxConcurrency: 10, executionType: "EXPRESS", label: "numbers" },
    (flow, id) => flow.let("Name", text`${run.run}${id}`),
  ),
);
const all = { given: { input: given }, ends: { output: ["r1", "r2", "r3"] } };

const batched = workflow("batched", { input }, (flow, run) =>
  flow.distributedMap(
    "Each",
    itemsOf(run.ids),
    { maxConcurrency: 1, batch: { items: run.size, bytes: 1000 } },
    (flow, ids) => flow.let("Batch", { run: run.run, ids }),
  ),
);
const batches = {
  given: { input: given },
  ends: {
    output: [
      { run: "r", ids: [1, 2] },
      { run: "r", ids: [3] },
    ],
  },
};

const tolerant = workflow("tolerant", { input, resources: { queue: sqsQueue() } }, (flow, run, aws) => {
  flow.distributedMap(
    "Each",
    itemsOf(run.ids),
    { maxConcurrency: 1, tolerated: { count: 1, percentage: 40 } },
    (flow, id) => flow.task("Send", sendMessage(aws.queue, id)),
  );
  return "went on";
});
const failing = (...ids: unknown[]): SimulationOptions => ({
  input: given,
  tasks: {
    Send: (call) => {
      if (ids.includes(z.object({ MessageBody: z.number() }).parse(call).MessageBody)) throw new TaskError("Bad", "no");
      return { MessageId: "m" };
    },
  },
});
const tolerated: Row["cases"] = [
  { given: failing(2), ends: { output: "went on" } },
  { given: failing(1, 2), ends: { status: "FAILED", error: "States.ExceedToleratedFailureThreshold" } },
];

const handedDown = '{% {"Execution_Input_run": $states.context.Execution.Input.run} %}';

export const distributedMapRows: readonly Row[] = [
  {
    field: "Map.ItemProcessor.ProcessorConfig.Mode",
    of: "`DISTRIBUTED`",
    here: "`flow.distributedMap(name, items, { maxConcurrency, … }, (flow, item) => …)`",
    program: each,
    values: ["DISTRIBUTED"],
    cases: [all],
  },
  {
    field: "Map.ItemProcessor.ProcessorConfig.ExecutionType",
    here: "`{ executionType }`, `STANDARD` if it is left out",
    program: each,
    values: ["EXPRESS"],
    cases: [all],
  },
  { field: "Map.Label", here: "`{ label }`", program: each, values: ["numbers"], cases: [all] },
  {
    field: "Map.ItemSelector",
    of: "of a distributed Map",
    here: "the item, and what the block uses from outside of it: a child execution sees only its input",
    program: each,
    values: [
      {
        Item: "{% $states.context.Map.Item.Value %}",
        BatchInput: { Outer: handedDown },
      },
    ],
    cases: [all],
  },
  {
    field: "Map.ItemBatcher.MaxItemsPerBatch",
    here: "`{ batch: { items } }`, a number or a reference; the block is then given an array",
    program: batched,
    values: ["{% $states.context.Execution.Input.size %}"],
    cases: [batches],
  },
  {
    field: "Map.ItemBatcher.MaxInputBytesPerBatch",
    here: "`{ batch: { bytes } }`, a number or a reference",
    program: batched,
    values: [1000],
    cases: [batches],
  },
  {
    field: "Map.ItemBatcher.BatchInput",
    here: "what the block uses from outside of it",
    program: batched,
    values: [{ Outer: handedDown }],
    cases: [batches],
  },
  {
    field: "Map.ToleratedFailureCount",
    here: "`{ tolerated: { count } }`, a number or a reference",
    program: tolerant,
    values: [1],
    cases: tolerated,
  },
  {
    field: "Map.ToleratedFailurePercentage",
    here: "`{ tolerated: { percentage } }`, a number or a reference",
    program: tolerant,
    values: [40],
    cases: tolerated,
  },
];
