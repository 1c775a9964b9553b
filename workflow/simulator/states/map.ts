/** Map: the same states for every item, inside this execution or (DISTRIBUTED) each batch in a child execution. */
import { attempts } from "../attempts.ts";
import { Interruption } from "../errors.ts";
import { evaluationFailure } from "../failures.ts";
import type { Json } from "../json.ts";
import { maxDistributedConcurrency, maxInlineConcurrency } from "../limits.ts";
import { pool, type Lane } from "../pool.ts";
import { partOf } from "../progress.ts";
import { following, leave, query, queryNumber, wrongType, type Outcome, type Visit } from "../visit.ts";
import { runMap } from "./map-run.ts";

type MapVisit = Visit<"Map">;

export function map(visit: MapVisit): Promise<Outcome> {
  const { run, frame, state } = visit;
  const distributed = state.ItemProcessor.ProcessorConfig?.Mode === "DISTRIBUTED";
  return attempts(
    visit,
    async (attempt) => {
      const items = state.ItemReader === undefined ? await readItems(attempt) : undefined;
      const concurrency = await maxConcurrency(attempt, distributed);
      run.execution.history.record(frame.trail, "MapStateStarted", {
        mapStateStartedEventDetails: { length: items?.length ?? 0 },
      });
      const result = distributed
        ? await runMap(attempt, items, concurrency)
        : await iterate(attempt, items ?? [], concurrency);
      run.execution.history.record({ last: frame.trail.last }, "MapStateSucceeded");
      return leave(attempt, state, { fallback: result, next: following(state), known: { result } });
    },
    () => run.execution.history.record(frame.trail, "MapStateFailed"),
  );
}

async function readItems(visit: MapVisit): Promise<readonly Json[]> {
  const { Items: template } = visit.state;
  if (template === undefined) {
    if (isArray(visit.input)) return visit.input;
    const reason = `Map state input must be an array but was: ${JSON.stringify(visit.input)}`;
    throw evaluationFailure(visit, undefined, reason);
  }
  const items = await query(visit, template, "Items");
  if (!isArray(items)) throw wrongType(visit, template, "Items", "array", items);
  return items;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** 0 means as many as the service allows. */
async function maxConcurrency(visit: MapVisit, distributed: boolean): Promise<number> {
  const most = distributed ? maxDistributedConcurrency : maxInlineConcurrency;
  const { MaxConcurrency: template } = visit.state;
  if (template === undefined) return most;
  const bounds = { from: 0, to: Number.MAX_SAFE_INTEGER, integer: true };
  const wanted = await queryNumber(visit, template, "MaxConcurrency", bounds);
  return wanted === 0 ? most : Math.min(wanted, most);
}

async function iterate(visit: MapVisit, items: readonly Json[], limit: number): Promise<Json> {
  const { run, frame } = visit;
  let succeeded = frame.trail.last;
  const results = await pool(run, frame, { count: items.length, limit }, async (index, lane) => {
    const result = await iteration(visit, index, items[index] ?? null, lane);
    const details = { mapIterationSucceededEventDetails: { name: visit.name, index } };
    succeeded = run.execution.history.record({ last: lane.trail.last }, "MapIterationSucceeded", details);
    return result;
  });
  frame.trail.last = succeeded;
  return results;
}

async function iteration(visit: MapVisit, index: number, value: Json, lane: Lane): Promise<Json> {
  const { run, frame, stay, state, name } = visit;
  run.execution.history.record(lane.trail, "MapIterationStarted", { mapIterationStartedEventDetails: { name, index } });
  const inner = {
    progress: partOf(stay, index, frame.progress.scope),
    trail: lane.trail,
    signal: lane.signal,
    place: {
      pointer: `${frame.place.pointer}/States/${name}/ItemProcessor`,
      path: `${frame.place.path}${name}[${index}]/`,
    },
    item: { Index: index, Value: value },
  };
  try {
    const input =
      state.ItemSelector === undefined
        ? value
        : await query({ ...visit, frame: inner }, state.ItemSelector, "ItemSelector");
    return await run.walk(state.ItemProcessor, input, inner);
  } catch (error) {
    if (error instanceof Interruption) {
      const details = { mapIterationAbortedEventDetails: { name, index } };
      run.execution.history.record({ last: lane.trail.last }, "MapIterationAborted", details);
    } else {
      const details = { mapIterationFailedEventDetails: { name, index } };
      run.execution.history.record({ last: lane.trail.last }, "MapIterationFailed", details);
    }
    throw error;
  }
}
