/** The Map Run of a distributed Map: items from S3 or the state's input, in batches, each in a child execution. */
import { abortReason } from "../clock.ts";
import type { Machine } from "../definition/asl.ts";
import { Interruption, StateFailure } from "../errors.ts";
import { failed } from "../history.ts";
import type { Json } from "../json.ts";
import type { Batch, MapRun } from "../map-runs.ts";
import { pool, type Lane } from "../pool.ts";
import type { Identity, NewChild } from "../run.ts";
import { queryNumber, type Visit } from "../visit.ts";
import { batchesOf } from "./item-batches.ts";
import { readFromS3 } from "./item-reader.ts";
import { writeResults } from "./result-writer.ts";

type MapVisit = Visit<"Map">;

/** @returns the state's result: the children's outputs, or where ResultWriter wrote them */
export async function runMap(visit: MapVisit, items: readonly Json[] | undefined, limit: number): Promise<Json> {
  const { run, frame, stay } = visit;
  const { history } = run.execution;
  const { clock } = run.services;
  const former = stay.mapRun;
  const mapRun = former ?? (await newMapRun(visit, limit));
  stay.mapRun = mapRun;
  if (former === undefined) {
    run.execution.mapRuns.push(mapRun);
    history.record(frame.trail, "MapRunStarted", { mapRunStartedEventDetails: { mapRunArn: mapRun.mapRunArn } });
  } else if (former.status !== "SUCCEEDED") {
    Object.assign(former, { status: "RUNNING", stopTime: undefined, redriveTime: clock.now() });
    former.redriveCount += 1;
    const { mapRunArn, redriveCount } = former;
    history.record(frame.trail, "MapRunRedriven", { mapRunRedrivenEventDetails: { mapRunArn, redriveCount } });
  }
  try {
    const source = (value: Json): { value: Json; source: string } => ({ value, source: "STATE_DATA" });
    mapRun.batches ??= await batchesOf(visit, items?.map(source) ?? (await readFromS3(visit)));
    if (mapRun.status !== "SUCCEEDED") await runChildren(visit, mapRun, mapRun.batches, limit);
    const result = await writeResults(visit, mapRun);
    mapRun.resultsWritten = visit.state.ResultWriter?.Resource !== undefined;
    if (mapRun.status !== "SUCCEEDED") {
      frame.trail.last = history.record({ last: frame.trail.last }, "MapRunSucceeded");
      Object.assign(mapRun, { status: "SUCCEEDED", stopTime: clock.now() });
    }
    return result;
  } catch (error) {
    const status = error instanceof Interruption ? "ABORTED" : "FAILED";
    Object.assign(mapRun, { status, stopTime: clock.now() });
    if (error instanceof StateFailure) {
      history.record(frame.trail, "MapRunFailed", { mapRunFailedEventDetails: failed(error.error, error.reason) });
    }
    throw error;
  }
}

async function newMapRun(visit: MapVisit, limit: number): Promise<MapRun> {
  const { services, execution } = visit.run;
  const { machineArn, label } = childMachine(visit);
  return {
    mapRunArn: `${machineArn.replace(":stateMachine:", ":mapRun:")}:${services.uuid()}`,
    executionArn: execution.identity.executionArn,
    stateMachineArn: machineArn,
    state: visit.name,
    label,
    maxConcurrency: limit,
    ...(await tolerance(visit)),
    startTime: services.clock.now(),
    stopTime: undefined,
    status: "RUNNING",
    batches: undefined,
    executions: new Map(),
    resultsWritten: false,
    redriveCount: 0,
    redriveTime: undefined,
  };
}

/** Each Map Run has a machine of its own by name: `machine/label`. */
function childMachine({
  run,
  state,
  name,
}: MapVisit): Pick<Identity, "machineName" | "machineArn"> & Pick<MapRun, "label"> {
  const { machineName: parent, machineArn } = run.execution.identity;
  const label = state.Label ?? name;
  const machineName = `${parent}/${label}`;
  return {
    label,
    machineName,
    machineArn: machineArn.replace(`:stateMachine:${parent}`, `:stateMachine:${machineName}`),
  };
}

/** Without either limit no failure is tolerated. */
async function tolerance(
  visit: MapVisit,
): Promise<Pick<MapRun, "toleratedFailureCount" | "toleratedFailurePercentage">> {
  const { ToleratedFailureCount: count, ToleratedFailurePercentage: share } = visit.state;
  const bounds = { from: 0, to: Number.MAX_SAFE_INTEGER, integer: true };
  return {
    toleratedFailureCount: count === undefined ? 0 : await queryNumber(visit, count, "ToleratedFailureCount", bounds),
    toleratedFailurePercentage:
      share === undefined
        ? 0
        : await queryNumber(visit, share, "ToleratedFailurePercentage", { from: 0, to: 100, integer: false }),
  };
}

async function runChildren(visit: MapVisit, mapRun: MapRun, batches: readonly Batch[], limit: number): Promise<void> {
  const { run, frame, state } = visit;
  const { Comment: _comment, ProcessorConfig: _config, ...branch } = state.ItemProcessor;
  const machine: Machine = branch;
  let limitHit: StateFailure | undefined;
  const runOne = async (index: number, batch: Batch, lane: Lane): Promise<void> => {
    const known = mapRun.executions.get(index);
    if (known?.status === "SUCCEEDED") return;
    const express = state.ItemProcessor.ProcessorConfig?.ExecutionType === "EXPRESS";
    const child = known === undefined || express ? newChild(visit, mapRun, index, batch) : known;
    const running = run.startChild(machine, child, lane.signal);
    mapRun.executions.set(index, running.execution);
    await run.services.clock.join(running.end);
    if (lane.signal.aborted) throw abortReason(lane.signal);
    if (!tolerated(visit, mapRun, batches)) {
      limitHit ??= new StateFailure(
        "States.ExceedToleratedFailureThreshold",
        "The specified tolerated failure threshold was exceeded",
      );
      throw limitHit;
    }
  };
  try {
    await pool(run, frame, { count: batches.length, limit }, async (index, lane) => {
      const batch = batches[index];
      if (batch !== undefined) await runOne(index, batch, lane);
    });
  } catch (error) {
    // What has succeeded until then is written all the same.
    if (error === limitHit && state.ResultWriter?.Resource !== undefined) await writeResults(visit, mapRun);
    throw error;
  }
}

function newChild(visit: MapVisit, mapRun: MapRun, index: number, { input }: Batch): NewChild {
  const { run, frame, name } = visit;
  const { machineName, machineArn } = childMachine(visit);
  const executionName = run.services.uuid();
  const executionArn = `${machineArn.replace(":stateMachine:", ":execution:")}:${executionName}`;
  return {
    identity: { ...run.execution.identity, machineName, machineArn, executionName, executionArn },
    input,
    mapRunArn: mapRun.mapRunArn,
    place: {
      pointer: `${frame.place.pointer}/States/${name}/ItemProcessor`,
      path: `${frame.place.path}${name}[${index}]/`,
    },
  };
}

/** Where both limits are given both hold. */
function tolerated({ state }: MapVisit, mapRun: MapRun, batches: readonly Batch[]): boolean {
  const total = batches.reduce((sum, batch) => sum + batch.items, 0);
  const failures = [...mapRun.executions]
    .filter(([, { status }]) => status !== "SUCCEEDED" && status !== "RUNNING")
    .reduce((sum, [index]) => sum + (batches[index]?.items ?? 0), 0);
  const { ToleratedFailureCount: counted, ToleratedFailurePercentage: share } = state;
  if (counted === undefined && share === undefined) return failures === 0;
  return (
    (counted === undefined || failures <= mapRun.toleratedFailureCount) &&
    (share === undefined || failures * 100 <= mapRun.toleratedFailurePercentage * Math.max(total, 1))
  );
}
