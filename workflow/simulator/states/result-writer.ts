/**
 * ResultWriter: what a Map Run's child executions leave, in the state's result or as files in S3.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
import { z } from "zod";
import type { WriterConfig } from "../definition/asl.ts";
import { SimulationError, StateFailure, TaskError } from "../errors.ts";
import { redriveStatus, type Execution } from "../execution-state.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Batch, MapRun } from "../map-runs.ts";
import { query, type Visit } from "../visit.ts";

type MapVisit = Visit<"Map">;
type Transformation = NonNullable<WriterConfig["Transformation"]>;

const target = z.object({ Bucket: z.string(), Prefix: z.string().default("") });

/**
 * The state's result: the children's outputs, or where in S3 they are.
 * @throws {StateFailure} States.ResultWriterFailed
 */
export async function writeResults(visit: MapVisit, mapRun: MapRun): Promise<Json> {
  const { ResultWriter: field } = visit.state;
  const config = field?.WriterConfig ?? {};
  if (field?.Resource === undefined) {
    const children = [...mapRun.executions].toSorted(([a], [b]) => a - b).map(([, child]) => child);
    const results = transform(children, config.Transformation ?? "COMPACT");
    return config.OutputType === "JSONL" ? lines(results) : results;
  }
  const where = target.safeParse(await query(visit, field.Arguments ?? {}, "ResultWriter/Arguments"));
  if (!where.success) throw writerFailure("ResultWriter's Arguments need Bucket, and Prefix is text.");
  const { Bucket: bucket, Prefix: prefix } = where.data;
  const folder = `${prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`}${mapRun.mapRunArn.split(":").at(-1) ?? ""}`;
  const put = (key: string, body: string): Promise<void> => store(visit, bucket, key, body);
  const files = await resultFiles(mapRun, config, folder, put);
  const key = `${folder}/manifest.json`;
  await put(key, JSON.stringify({ DestinationBucket: bucket, MapRunArn: mapRun.mapRunArn, ResultFiles: files }));
  return { MapRunArn: mapRun.mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: key } };
}

async function resultFiles(
  mapRun: MapRun,
  { Transformation = "NONE", OutputType = "JSON" }: WriterConfig,
  folder: string,
  put: (key: string, body: string) => Promise<void>,
): Promise<JsonObject> {
  const groups: Record<"FAILED" | "PENDING" | "SUCCEEDED", Json[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const [index, batch] of (mapRun.batches ?? []).entries()) {
    const child = mapRun.executions.get(index);
    if (child === undefined) groups.PENDING.push(pending(batch));
    else groups[child.status === "SUCCEEDED" ? "SUCCEEDED" : "FAILED"].push(...transform([child], Transformation));
  }
  const files: [string, Json][] = [];
  for (const [status, results] of Object.entries(groups)) {
    const key = `${folder}/${status}_0.${OutputType.toLowerCase()}`;
    const body = OutputType === "JSONL" ? lines(results) : JSON.stringify(results);
    if (results.length > 0) await put(key, body);
    files.push([status, results.length === 0 ? [] : [{ Key: key, Size: Buffer.byteLength(body) }]]);
  }
  return Object.fromEntries(files);
}

function lines(results: readonly Json[]): string {
  return results.map((result) => `${JSON.stringify(result)}\n`).join("");
}

/** An execution that failed keeps its data about itself, whatever the transformation. */
function transform(children: readonly Execution[], transformation: Transformation): readonly Json[] {
  return children.flatMap((child) => {
    if (transformation === "NONE" || child.status !== "SUCCEEDED") return [described(child)];
    const output = child.output ?? null;
    return transformation === "FLATTEN" && isArray(output) ? output : [output];
  });
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function described(child: Execution): JsonObject {
  const { redriveStatus: status, redriveStatusReason: reason } = redriveStatus(child.status, true);
  return {
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
    ...(child.error === undefined ? {} : { Error: child.error }),
    ExecutionArn: child.identity.executionArn,
    Input: JSON.stringify(child.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(child.output === undefined ? {} : { Output: JSON.stringify(child.output), OutputDetails: { Included: true } }),
    RedriveCount: child.redriveCount,
    RedriveStatus: status,
    ...(reason === undefined ? {} : { RedriveStatusReason: reason }),
    StartDate: new Date(child.startTime).toISOString(),
    StateMachineArn: child.identity.machineArn,
    Status: child.status,
    ...(child.stopTime === undefined ? {} : { StopDate: new Date(child.stopTime).toISOString() }),
  };
}

function pending({ input }: Batch): JsonObject {
  return { Input: JSON.stringify(input), InputDetails: { Included: true }, Status: "PENDING" };
}

function writerFailure(cause: string): StateFailure {
  return new StateFailure("States.ResultWriterFailed", cause);
}

async function store(visit: MapVisit, bucket: string, key: string, body: string): Promise<void> {
  const { objects } = visit.run.services;
  if (objects === undefined) {
    throw new SimulationError(
      `Map '${visit.name}' writes its results to S3: give the simulation 'objects', the command --objects.`,
    );
  }
  try {
    await objects.put({ bucket, key, body, signal: visit.frame.signal });
  } catch (error) {
    if (error instanceof TaskError) throw writerFailure(error.message);
    const message = error instanceof Error ? error.message : String(error);
    throw new SimulationError(`Map '${visit.name}': 'objects' failed: ${message}`, { cause: error });
  }
}
