/** What the child executions of a Map Run get: items, selected and packed. */
import { byteSize, type Json, type JsonObject } from "../json.ts";
import { maxPayloadBytes } from "../limits.ts";
import type { Batch } from "../map-runs.ts";
import { query, queryNumber, type Visit } from "../visit.ts";
import type { SourcedItem } from "./item-reader.ts";

type MapVisit = Visit<"Map">;

/** ItemSelector on every item, then ItemBatcher: without it each item is a batch of its own. */
export async function batchesOf(visit: MapVisit, items: readonly SourcedItem[]): Promise<readonly Batch[]> {
  return batch(visit, await select(visit, items));
}

async function select(visit: MapVisit, items: readonly SourcedItem[]): Promise<readonly Json[]> {
  const { ItemSelector: selector } = visit.state;
  if (selector === undefined) return items.map((item) => item.value);
  const selected: Json[] = [];
  for (const [Index, { value: Value, source: Source }] of items.entries()) {
    const frame = { ...visit.frame, item: { Index, Value, Source } };
    selected.push(await query({ ...visit, frame }, selector, "ItemSelector"));
  }
  return selected;
}

async function batch(visit: MapVisit, items: readonly Json[]): Promise<readonly Batch[]> {
  const { ItemBatcher: batcher } = visit.state;
  if (batcher === undefined) return items.map((input) => ({ input, items: 1 }));
  const bounds = { from: 1, to: Number.MAX_SAFE_INTEGER, integer: true };
  const { MaxItemsPerBatch: perBatch, MaxInputBytesPerBatch: bytes } = batcher;
  const most =
    perBatch === undefined ? Infinity : await queryNumber(visit, perBatch, "ItemBatcher/MaxItemsPerBatch", bounds);
  const size =
    bytes === undefined
      ? maxPayloadBytes
      : await queryNumber(visit, bytes, "ItemBatcher/MaxInputBytesPerBatch", bounds);
  const shared: JsonObject =
    batcher.BatchInput === undefined
      ? {}
      : { BatchInput: await query(visit, batcher.BatchInput, "ItemBatcher/BatchInput") };
  return cut(items, most, size - byteSize({ ...shared, Items: [] })).map((members) => ({
    input: { ...shared, Items: members },
    items: members.length,
  }));
}

/** Consecutive runs of items within both limits; an item too big on its own gets a batch to itself. */
function cut(items: readonly Json[], most: number, bytes: number): readonly (readonly Json[])[] {
  const batches: Json[][] = [];
  let left = 0;
  for (const item of items) {
    const size = byteSize(item) + 1;
    const open = batches.at(-1);
    if (open === undefined || open.length >= most || size > left) {
      batches.push([item]);
      left = bytes - size;
    } else {
      open.push(item);
      left -= size;
    }
  }
  return batches;
}
