/** Divides a batch into what is new, what is already processed, and what belongs nowhere; and says which jobs are due. */
import { identify, type Buckets } from "./identify.ts";
import { inParallel, readJson, writeJson } from "./objects.ts";
import { manifest as manifestSchema, runKey, type Files } from "./run.ts";
import { tableExists } from "./tables.ts";

export interface CheckMarkersEvent {
  readonly batch: string;
  /** The manifest's key in the processed bucket. */
  readonly manifest: string;
  readonly buckets: Buckets;
  /** Each dataset, and the datasets whose change can change its table: itself and its ancestors. */
  readonly datasets: readonly { readonly name: string; readonly lineage: readonly string[] }[];
}

export interface Checked {
  /** When the batch was made, ISO 8601. */
  readonly createdAt: string;
  /** The key of the list of identified files. */
  readonly files: string;
  /** How many files are new. */
  readonly fresh: number;
  /** Dataset → whether its job has something to do: new files in its lineage, or a table that does not exist yet. */
  readonly due: Record<string, boolean>;
}

const parallelFiles = 32;

export async function checkMarkers({ batch, manifest, buckets, datasets }: CheckMarkersEvent): Promise<Checked> {
  const { createdAt, files: listed } = await readJson({ bucket: buckets.processed, key: manifest }, manifestSchema);
  const known = datasets.map(({ name }) => name);
  const identified = await inParallel(parallelFiles, listed, (each) => identify(each, buckets, known));
  const files = identified.filter((each) => each !== undefined);
  const key = runKey(batch, "files.json");
  await writeJson({ bucket: buckets.processed, key }, { batch, createdAt, files } satisfies Files);

  const fresh = files.filter(({ status }) => status === "fresh");
  const changed = new Set(fresh.map(({ dataset }) => dataset));
  const isDue = async (name: string, lineage: readonly string[]): Promise<boolean> =>
    fresh.length > 0 && (lineage.some((each) => changed.has(each)) || !(await tableExists(buckets.processed, name)));
  const due = await Promise.all(datasets.map(async ({ name, lineage }) => [name, await isDue(name, lineage)] as const));
  return { createdAt, files: key, fresh: fresh.length, due: Object.fromEntries(due) };
}
