/** `lakehouse local run`: files through the whole lakehouse, on this machine. */
import { sampleWaves } from "../../datasets/sample/files.ts";
import { startLakehouse } from "../../local/index.ts";
import { tenths, type RunDocument } from "../run/document.ts";
import { filesToIngest } from "../run/files.ts";
import { follow } from "../run/follow.ts";
import { ingest, type Upload } from "../run/ingest.ts";
import { projectDir } from "../project.ts";

export interface LocalRunOptions {
  readonly data?: string;
  readonly home: string;
}

/** The sample's two waves, or the person's files in one. */
async function wavesOf(data: string | undefined): Promise<Upload[][]> {
  if (data !== undefined)
    return [(await filesToIngest(data)).map(({ key, path, mtime }) => ({ key, source: path, mtime }))];
  return sampleWaves().map(({ files }) =>
    files.map(({ path, content, mtime }) => ({
      key: `raw/${path}`,
      source: Buffer.from(content),
      mtime: String(mtime.getTime() / 1000),
    })),
  );
}

export async function localRun({ data, home }: LocalRunOptions, signal: AbortSignal): Promise<RunDocument> {
  const since = new Date();
  const waves = await wavesOf(data);
  const lakehouse = await startLakehouse({ home, projectDir, onProgress: follow, signal });
  try {
    const document = await ingest(lakehouse, waves, since, signal);
    return { ...document, seconds: tenths(Date.now() - since.getTime()) };
  } finally {
    await lakehouse.close();
  }
}
