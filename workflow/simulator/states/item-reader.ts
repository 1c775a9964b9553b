/** ItemReader: a JSON array or JSON lines in an S3 object. */
import { z } from "zod";
import { SimulationError, StateFailure, TaskError } from "../errors.ts";
import { isObject, type Json } from "../json.ts";
import { query, queryNumber, type Visit } from "../visit.ts";

const location = z.object({ Bucket: z.string(), Key: z.string(), VersionId: z.string().optional() });
const json = z.json();

/** @throws {StateFailure} States.ItemReaderFailed if the object can't be read or isn't what InputType says */
export async function readFromS3(visit: Visit<"Map">): Promise<readonly Json[]> {
  const { ItemReader: field } = visit.state;
  const { itemReader } = visit.run.services;
  if (field === undefined) return [];
  const type = field.ReaderConfig?.InputType;
  if (!field.Resource.endsWith(":s3:getObject") || (type !== "JSON" && type !== "JSONL")) {
    throw new SimulationError(
      `Map '${visit.name}': the simulator's ItemReader reads s3:getObject with InputType JSON or JSONL, ` +
        `not ${field.Resource} with ${type ?? "no InputType"}.`,
    );
  }
  if (itemReader === undefined) {
    throw new SimulationError(`Map '${visit.name}' reads its items from S3: give the simulation an 'itemReader'.`);
  }
  const where = location.safeParse(await query(visit, field.Arguments ?? {}, "ItemReader/Arguments"));
  if (!where.success) throw failed(`ItemReader's Arguments need Bucket and Key.`);
  const { Bucket: bucket, Key: key, VersionId: versionId } = where.data;
  const content = await read(visit, () => itemReader({ bucket, key, versionId, signal: visit.frame.signal }));
  const items = type === "JSON" ? array(content, field.ReaderConfig?.ItemsPointer) : lines(content);
  const most = field.ReaderConfig?.MaxItems;
  if (most === undefined) return items;
  const bounds = { from: 0, to: 100_000_000, integer: true };
  const limit = await queryNumber(visit, most, "ItemReader/ReaderConfig/MaxItems", bounds);
  return limit === 0 ? items : items.slice(0, limit);
}

function failed(cause: string): StateFailure {
  return new StateFailure("States.ItemReaderFailed", cause);
}

async function read(visit: Visit<"Map">, load: () => Promise<string | Uint8Array>): Promise<string> {
  try {
    const content = await load();
    return typeof content === "string" ? content : Buffer.from(content).toString("utf8");
  } catch (error) {
    if (error instanceof TaskError) throw failed(error.message);
    const message = error instanceof Error ? error.message : String(error);
    throw new SimulationError(`Map '${visit.name}': the itemReader failed: ${message}`, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failed(`The object isn't JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** An ItemsPointer is a JSON Pointer to an array inside the document. */
function array(content: string, pointer = ""): readonly Json[] {
  const steps = pointer.split("/").slice(1);
  const found = steps.reduce<unknown>(
    (value, step) => (isObject(value) ? value[step.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined),
    parse(content),
  );
  const items = z.array(json).safeParse(found);
  if (!items.success) throw failed("Attempting to map over non-iterable node.");
  return items.data;
}

function lines(content: string): readonly Json[] {
  return content
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => json.parse(parse(line)));
}
