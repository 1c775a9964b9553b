/** Who runs a home, and where its endpoints are: written beside the data, so that another process finds them. */
import { readFile, rm, writeFile } from "node:fs/promises";
import * as z from "zod";
import { homeAt, type Home } from "./home.ts";
import { stackOutputs } from "./outputs.ts";

const text = z.string();

const running = z.object({
  pid: z.number().int().positive(),
  startedAt: z.iso.datetime(),
  region: text,
  endpoints: z.object({ aws: text, stepFunctions: text, analytics: text }),
  env: z.record(text, text),
  outputs: stackOutputs,
});
/** A lakehouse that another process keeps up. */
export type Running = z.infer<typeof running>;

export const writeRunning = (home: Home, state: Running): Promise<void> =>
  writeFile(home.running, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });

export const removeRunning = (home: Home): Promise<void> => rm(home.running, { force: true });

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    // Nobody listens: the process that wrote the file was killed.
    return false;
  }
}

/** The lakehouse that runs this home; undefined if none does, even if a killed one left its traces. */
export async function runningLakehouse(folder: string): Promise<Running | undefined> {
  const content = await readFile(homeAt(folder).running, "utf8").catch(() => undefined);
  if (content === undefined) return undefined;
  const read = running.safeParse(JSON.parse(content));
  return read.success && (await answers(read.data.endpoints.aws)) ? read.data : undefined;
}
