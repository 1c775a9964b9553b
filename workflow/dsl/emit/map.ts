/** Maps: within the execution, or with executions of their own. */
import type { HandedDown, Json } from "../asl_value.ts";
import { reference } from "../reference.ts";
import type { DistributedMapNode, ItemSource, MapNode } from "../tree.ts";
import { branch } from "./block.ts";
import {
  assign,
  emptyStates,
  inOrder,
  leave,
  onward,
  optionalValue,
  put,
  valueOf,
  variable,
  type Place,
  type State,
} from "./place.ts";

/** Each iteration begins by naming its item and its index, so that steps further in can use them as any other value. */
export function map(step: MapNode, place: Place): string {
  const processor = branch(step.block, `${step.name}: end`, step, place);
  const begin = `${step.name}: begin`;
  const named = Object.fromEntries(
    [step.item, step.index]
      .filter((binding) => place.machine.used.has(binding))
      .map((binding) => [variable(binding), `{% $states.input.${variable(binding)} %}`]),
  );
  const within: Place = { ...place, states: emptyStates(place.states.handedDown), next: processor.StartAt };
  put(step, begin, { Type: "Pass", Assign: named, Output: {}, ...onward(within) }, within);
  const state = {
    Type: "Map",
    Items: valueOf(step.items, step, place),
    ItemSelector: {
      [variable(step.item)]: "{% $states.context.Map.Item.Value %}",
      [variable(step.index)]: "{% $states.context.Map.Item.Index %}",
    },
    MaxConcurrency: valueOf(step.maxConcurrency, step, place),
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      StartAt: begin,
      States: { ...inOrder(within.states), ...processor.States },
    },
    ...assign(step.result, "$states.result", place),
    ...leave(step.retry, place),
  };
  return put(step, step.name, state, place);
}

function itemsOf(source: ItemSource, step: DistributedMapNode, place: Place): State {
  if (source.from === "array") return { Items: valueOf(source.items, step, place) };
  return {
    ItemReader: {
      Resource: source.resource,
      ...(Object.keys(source.config).length > 0 ? { ReaderConfig: valueOf(source.config, step, place) } : {}),
      Arguments: valueOf(source.arguments, step, place),
    },
  };
}

/**
 * What each child gets: its items, and the values of the outer scopes that its steps use, since a child execution sees
 * only its input: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
function inputOf(step: DistributedMapNode, handedDown: Json | undefined, place: Place): State {
  if (step.batch === undefined) {
    const own = { Item: "{% $states.context.Map.Item.Value %}" };
    return { ItemSelector: handedDown === undefined ? own : { ...own, BatchInput: handedDown } };
  }
  return {
    ItemBatcher: {
      ...optionalValue("MaxItemsPerBatch", step.batch.items, step, place),
      ...optionalValue("MaxInputBytesPerBatch", step.batch.bytes, step, place),
      ...(handedDown === undefined ? {} : { BatchInput: handedDown }),
    },
  };
}

function writerOf(step: DistributedMapNode, place: Place): State {
  if (step.writer === undefined) return {};
  return {
    ResultWriter: {
      Resource: "arn:aws:states:::s3:putObject",
      Arguments: valueOf(step.writer.arguments, step, place),
      ...(Object.keys(step.writer.config).length > 0
        ? { WriterConfig: valueOf({ Transformation: "NONE", OutputType: "JSON", ...step.writer.config }, step, place) }
        : {}),
    },
  };
}

export function distributedMap(step: DistributedMapNode, place: Place): string {
  const needed: HandedDown = new Map();
  const children = { ...place, states: emptyStates(needed) };
  // What is written to S3 is read there, whether the step's own result, which says where, is used or not.
  const isUsed = step.writer !== undefined || place.machine.used.has(step.result);
  const processor = branch(step.block, `${step.name}: end`, step, children, isUsed);
  place.machine.handedDown.set(step.name, needed);
  const handed = [...needed].sort(([one], [other]) => (one < other ? -1 : 1));
  // A value that is missing is left out of JSONata's object; as an expression of its own it would fail the state.
  const handedDown =
    handed.length === 0
      ? undefined
      : valueOf({ Outer: reference({ kind: "object", members: Object.fromEntries(handed) }) }, step, place);
  const state = {
    Type: "Map",
    ...itemsOf(step.source, step, place),
    ...inputOf(step, handedDown, place),
    MaxConcurrency: valueOf(step.maxConcurrency, step, place),
    ...optionalValue("ToleratedFailureCount", step.tolerated.count, step, place),
    ...optionalValue("ToleratedFailurePercentage", step.tolerated.percentage, step, place),
    ...optionalValue("Label", step.label, step, place),
    ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: step.executionType }, ...processor },
    ...writerOf(step, place),
    ...assign(step.result, "$states.result", place),
    ...leave(step.retry, place),
  };
  return put(step, step.name, state, place);
}
