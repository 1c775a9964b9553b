/** The Map Run of a distributed Map: items from S3 or the state's input, in batches, each in a child execution. */
import { abortReason } from "../clock.ts";
import type { Machine } from "../definition/asl.ts";
import { StateFailure } from "../errors.ts";
import { failed } from "../history.ts";
import { byteSize, type Json, type JsonObject } from "../json.ts";
import { pool } from "../pool.ts";
import type { ChildExecution } from "../run.ts";
import { query, queryNumber, type Visit } from "../visit.ts";
import { readFromS3 } from "./item-reader.ts";

type MapVisit = Visit<"Map">;

interface Batch {
  readonly input: Json;
  /** Items in it: they all fail with their child execution. */
  readonly items: number;
}

/** @returns the children's outputs; a tolerated failure stands as its Error and Cause */
export async function mapRun(visit: MapVisit, items: readonly Json[] | undefined, limit: number): Promise<Json> {
  const { run, frame, state, name } = visit;
  const { identity, services } = run;
  const machineName = `${identity.machineName}/${state.Label ?? name}`;
  const machineArn = identity.machineArn.replace(
    `:stateMachine:${identity.machineName}`,
    `:stateMachine:${machineName}`,
  );
  const mapRunArn = `${machineArn.replace(":stateMachine:", ":mapRun:")}:${services.uuid()}`;
  const tolerated = await tolerance(visit);
  run.history.record(frame.trail, "MapRunStarted", { mapRunStartedEventDetails: { mapRunArn } });
  const { Comment: _comment, ProcessorConfig: _config, ...branch } = state.ItemProcessor;
  const machine: Machine = { ...branch, QueryLanguage: "JSONata" };
  try {
    const all = items ?? (await readFromS3(visit));
    const batches = await batch(visit, await select(visit, all));
    let failedItems = 0;
    const children = await pool(run, frame, { count: batches.length, limit }, async (index, lane) => {
      const executionName = services.uuid();
      const executionArn = `${machineArn.replace(":stateMachine:", ":execution:")}:${executionName}`;
      const next = batches[index] ?? { input: null, items: 0 };
      const child = await run.startChild(
        machine,
        { ...identity, machineName, machineArn, executionName, executionArn },
        next.input,
        lane.signal,
      );
      if (lane.signal.aborted) throw abortReason(lane.signal);
      if (child.status !== "SUCCEEDED") failedItems += next.items;
      if (!tolerated(failedItems, all.length)) {
        throw new StateFailure(
          "States.ExceedToleratedFailureThreshold",
          "The specified tolerated failure threshold was exceeded",
        );
      }
      return child;
    });
    frame.trail.last = run.history.record({ last: frame.trail.last }, "MapRunSucceeded");
    return children.map(childResult);
  } catch (error) {
    if (error instanceof StateFailure) {
      run.history.record(frame.trail, "MapRunFailed", { mapRunFailedEventDetails: failed(error.error, error.reason) });
    }
    throw error;
  }
}

function childResult(child: ChildExecution): Json {
  if (child.status === "SUCCEEDED") return child.output ?? null;
  return {
    ...(child.error === undefined ? {} : { Error: child.error }),
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
  };
}

/** Both limits hold; without either, no failure is tolerated. */
async function tolerance(visit: MapVisit): Promise<(failures: number, total: number) => boolean> {
  const { ToleratedFailureCount: counted, ToleratedFailurePercentage: share } = visit.state;
  const bounds = { from: 0, to: Number.MAX_SAFE_INTEGER, integer: true };
  const count = counted === undefined ? undefined : await queryNumber(visit, counted, "ToleratedFailureCount", bounds);
  const percentage =
    share === undefined
      ? undefined
      : await queryNumber(visit, share, "ToleratedFailurePercentage", { from: 0, to: 100, integer: false });
  if (count === undefined && percentage === undefined) return (failures) => failures === 0;
  return (failures, total) =>
    failures <= (count ?? Infinity) && failures * 100 <= (percentage ?? 100) * Math.max(total, 1);
}

async function select(visit: MapVisit, items: readonly Json[]): Promise<readonly Json[]> {
  const { ItemSelector: selector } = visit.state;
  if (selector === undefined) return items;
  const selected: Json[] = [];
  for (const [Index, Value] of items.entries()) {
    const frame = { ...visit.frame, item: { Index, Value } };
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
    bytes === undefined ? 256 * 1024 : await queryNumber(visit, bytes, "ItemBatcher/MaxInputBytesPerBatch", bounds);
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
