/** A Map whose items are child executions. */
import { branch, machine, task } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const config = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } };
const keep = branch({ Keep: { Type: "Pass", End: true } }, config);
const reader = (more: object = {}): object => ({
  Resource: "arn:aws:states:::s3:getObject",
  ReaderConfig: { InputType: "JSON", ...more },
  Arguments: { Bucket: "{% $states.input.bucket %}", Key: "{% $states.input.key %}" },
});
const where = { bucket: "lake", key: "list.json" };
const objects = { "lake/list.json": '[{"id":1},{"id":2},{"id":3}]' };

function each(fields: object, processor: object = keep): object {
  return machine({ Each: { Type: "Map", ...fields, ItemProcessor: processor, End: true } });
}

const exceeded = {
  status: "FAILED",
  error: "States.ExceedToleratedFailureThreshold",
  cause: "The specified tolerated failure threshold was exceeded",
} as const;

export const distributedMaps: readonly Fact[] = [
  {
    fact: "A distributed Map's output is the outputs of its children, in the order of the items",
    source: "recorded: scenarios/test_map_state_label",
    definition: each({ Items: ["a", "b"] }),
    status: "SUCCEEDED",
    output: ["a", "b"],
  },
  {
    fact: "The states of its children aren't in the execution's own history",
    source: "recorded: scenarios/test_map_state_legacy_config_distributed",
    definition: each({ Items: ["a", "b"] }),
    status: "SUCCEEDED",
    output: ["a", "b"],
    states: ["Each"],
  },
  {
    fact: "A distributed Map's ItemSelector reads the item, the Map's input and constants",
    source: "recorded: scenarios/test_map_state_config_distributed_item_selector",
    definition: each({
      ItemSelector: { unit: "kg", item: "{% $states.context.Map.Item.Value %}", all: "{% $states.input %}" },
    }),
    input: ["a", "b"],
    status: "SUCCEEDED",
    output: [
      { unit: "kg", item: "a", all: ["a", "b"] },
      { unit: "kg", item: "b", all: ["a", "b"] },
    ],
  },
  {
    fact: "ItemReader reads the items from a JSON array in S3",
    source: "recorded: scenarios/test_map_item_reader_base_json",
    definition: each({ ItemReader: reader() }),
    input: where,
    objects,
    status: "SUCCEEDED",
    output: [{ id: 1 }, { id: 2 }, { id: 3 }],
  },
  {
    fact: "MaxItems takes the first items only",
    source: "recorded: scenarios/test_map_item_reader_base_json_max_items_jsonata",
    definition: each({ ItemReader: reader({ MaxItems: "{% $states.input.most %}" }) }),
    input: { ...where, most: 2 },
    objects,
    status: "SUCCEEDED",
    output: [{ id: 1 }, { id: 2 }],
  },
  {
    fact: "MaxItems 0 takes all items",
    source: "recorded: scenarios/test_map_item_reader_csv_max_items[0]",
    definition: each({ ItemReader: reader({ MaxItems: 0 }) }),
    input: where,
    objects,
    status: "SUCCEEDED",
    output: [{ id: 1 }, { id: 2 }, { id: 3 }],
  },
  {
    fact: "MaxItems beyond the items takes all of them",
    source: "recorded: scenarios/test_map_item_reader_csv_max_items[100000000]",
    definition: each({ ItemReader: reader({ MaxItems: 100_000_000 }) }),
    input: where,
    objects,
    status: "SUCCEEDED",
    output: [{ id: 1 }, { id: 2 }, { id: 3 }],
  },
  {
    fact: "An object that isn't an array is States.ItemReaderFailed",
    source: "recorded: scenarios/test_map_item_reader_json_no_json_list_object",
    definition: each({ ItemReader: reader() }),
    input: where,
    objects: { "lake/list.json": '{"id":1}' },
    status: "FAILED",
    error: "States.ItemReaderFailed",
    cause: "Attempting to map over non-iterable node.",
  },
  {
    fact: "ItemBatcher hands on batches of Items, with the BatchInput beside them",
    source: "recorded: scenarios/test_map_item_batching_base_json_max_per_batch_jsonata",
    definition: each({
      ItemReader: reader({ MaxItems: 2 }),
      ItemBatcher: {
        MaxItemsPerBatch: "{% $states.input.most %}",
        MaxInputBytesPerBatch: "{% $states.input.bytes %}",
        BatchInput: { state: "{% $states.context.State.Name %}" },
      },
    }),
    input: { ...where, most: 2, bytes: 150_000 },
    objects,
    status: "SUCCEEDED",
    output: [{ BatchInput: { state: "Each" }, Items: [{ id: 1 }, { id: 2 }] }],
  },
  {
    fact: "Without BatchInput a batch is its Items only, and the last one may be smaller",
    source: "recorded: assign/test_reference_in_map_state_max_items_path[MAP_STATE_REFERENCE_IN_MAX_PER_BATCH_PATH]",
    definition: each({ Items: ["a", "b", "c"], ItemBatcher: { MaxItemsPerBatch: 2 } }),
    status: "SUCCEEDED",
    output: [{ Items: ["a", "b"] }, { Items: ["c"] }],
  },
  {
    fact: "Without tolerance one failing child fails the Map as a threshold, not by the child's error",
    source: docs("maprun-fail-threshold"),
    definition: each({ Items: [1, 2] }, branch({ Work: task() }, config)),
    tasks: { Work: [{ fails: "Broken" }, { returns: 2 }] },
    ...exceeded,
  },
  {
    fact: "More failures than ToleratedFailureCount are States.ExceedToleratedFailureThreshold",
    source: "recorded: test_state/test_map_state_failure_count[INFO-MAP_TASK_STATE]",
    definition: each(
      { Items: [1, 2, 3], ToleratedFailureCount: 1, MaxConcurrency: 1 },
      branch({ Work: task() }, config),
    ),
    tasks: { Work: [{ fails: "Broken" }] },
    ...exceeded,
  },
  {
    fact: "More failures than ToleratedFailurePercentage are States.ExceedToleratedFailureThreshold",
    source: docs("maprun-fail-threshold"),
    definition: each(
      { Items: [1, 2, 3], ToleratedFailurePercentage: 50, MaxConcurrency: 1 },
      branch({ Work: task() }, config),
    ),
    tasks: { Work: [{ fails: "Broken" }] },
    ...exceeded,
  },
  {
    fact: "ToleratedFailureCount may be an expression",
    source: "recorded: evaluate_jsonata/test_base_map[TOLERATED_FAILURE_COUNT]",
    definition: each(
      { Items: [1, 2], ToleratedFailureCount: "{% $some := 1 %}", Output: "tolerated" },
      branch({ Work: task() }, config),
    ),
    tasks: { Work: [{ fails: "Broken" }, { returns: 2 }] },
    status: "SUCCEEDED",
    output: "tolerated",
  },
  {
    fact: "ToleratedFailurePercentage 100 from the input tolerates every failure",
    source: "recorded: evaluate_jsonata/test_base_map_from_input[TOLERATED_FAILURE_PERCENTAGE]",
    definition: each(
      { Items: [1, 2], ToleratedFailurePercentage: "{% $states.input.share %}", Output: "tolerated" },
      branch({ Work: task() }, config),
    ),
    input: { share: 100 },
    tasks: { Work: [{ fails: "Broken" }] },
    status: "SUCCEEDED",
    output: "tolerated",
  },
  {
    fact: "A distributed Map is caught by its threshold",
    source: "recorded: test_state/test_map_state_failure_count[INFO-BASE_MAP_STATE_CATCH]",
    definition: machine({
      Each: {
        Type: "Map",
        Items: [1],
        ItemProcessor: branch({ Work: task() }, config),
        Catch: [{ ErrorEquals: ["States.ExceedToleratedFailureThreshold"], Next: "Mend" }],
        End: true,
      },
      Mend: { Type: "Pass", Output: "{% $states.input.Error %}", End: true },
    }),
    tasks: { Work: [{ fails: "Broken" }] },
    status: "SUCCEEDED",
    output: "States.ExceedToleratedFailureThreshold",
  },
  {
    fact: "An inline Map may stand in a distributed Map's child",
    source: "recorded: scenarios/test_map_state_nested_config_distributed",
    definition: each(
      { Items: [{ cells: [1, 2] }] },
      branch(
        {
          Cells: {
            Type: "Map",
            Items: "{% $states.input.cells %}",
            ItemProcessor: branch({ Keep: { Type: "Pass", End: true } }),
            Output: { cells: "{% $states.input.cells %}", kept: "{% $states.result %}" },
            End: true,
          },
        },
        config,
      ),
    ),
    status: "SUCCEEDED",
    output: [{ cells: [1, 2], kept: [1, 2] }],
  },
];
