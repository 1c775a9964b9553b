/** Divides a batch into what is new, what is already processed, and what belongs nowhere. */
import { identify, type Buckets } from "./identify.ts";
import { inParallel, readJson, writeJson } from "./objects.ts";
import { manifest as manifestSchema, runKey, type Files } from "./run.ts";

export interface CheckMarkersEvent {
  readonly batch: string;
  /** The manifest's key in the processed bucket. */
  readonly manifest: string;
  readonly buckets: Buckets;
  /** The names of the datasets. */
  readonly datasets: readonly string[];
}

export interface Checked {
  readonly createdAt: string;
  /** The key of the list of identified files. */
  readonly files: string;
  /** How many files are new, of any dataset. */
  readonly fresh: number;
  /** How many files need no job: skipped or quarantined. */
  readonly settled: number;
  /** Fresh files by dataset; 0 for a dataset without any. */
  readonly freshByDataset: Record<string, number>;
}

const parallelFiles = 32;

export async function checkMarkers({ batch, manifest, buckets, datasets }: CheckMarkersEvent): Promise<Checked> {
  const { createdAt, files: listed } = await readJson({ bucket: buckets.processed, key: manifest }, manifestSchema);
  const identified = await inParallel(parallelFiles, listed, (each) => identify(each, buckets, datasets));
  const files = identified.filter((each) => each !== undefined);
  const key = runKey(batch, "files.json");
  await writeJson({ bucket: buckets.processed, key }, { batch, createdAt, files } satisfies Files);
  const fresh = files.filter((each) => each.status === "fresh");
  return {
    createdAt,
    files: key,
    fresh: fresh.length,
    settled: files.length - fresh.length,
    freshByDataset: Object.fromEntries(
      datasets.map((name) => [name, fresh.filter((each) => each.dataset === name).length]),
    ),
  };
}
