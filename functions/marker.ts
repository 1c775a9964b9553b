/** A file's marker: the proof that this version of it is loaded and archived. Deleting it forces reprocessing. */
import * as z from "zod";
import { head, readText, writeText, type Place } from "./objects.ts";
import { counts } from "./run.ts";

const marker = counts.extend({
  key: z.string(),
  version: z.string(),
  archive_key: z.string(),
  run_id: z.string(),
  table_versions: z.record(z.string(), z.number()),
});
export type Marker = z.infer<typeof marker>;

function parseMarker(text: string): Marker | undefined {
  try {
    return marker.parse(JSON.parse(text));
  } catch {
    return undefined; // a marker that says nothing proves nothing: the file is processed again and the marker written anew
  }
}

/** Whether this version of the file is done: its marker names it, and the archive copy that the marker names is there. */
export async function isProcessed(place: Place, archiveBucket: string, version: string): Promise<boolean> {
  const found = await readText(place);
  const said = found && parseMarker(found.text);
  if (said?.version !== version) return false;
  return (await head({ bucket: archiveBucket, key: said.archive_key })) !== undefined;
}

/** Writes the marker unless it already says the same; never over one that changed since it was read. */
export async function writeMarker(place: Place, value: Marker): Promise<void> {
  const found = await readText(place);
  const text = JSON.stringify(value, null, 2);
  if (found?.text === text) return;
  await writeText(place, text, {
    contentType: "text/plain",
    ...(found ? { IfMatch: found.etag } : { IfNoneMatch: "*" }),
  });
}
