/** Where finished executions survive a restart: JSON lines, appended only, so that a killed process loses at most a line. */
import { appendFile, mkdir, readFile, truncate } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { endedSchema, startedSchema, type Ended, type Started } from "./record.ts";

export interface StoredExecution {
  readonly started: Started;
  /** Absent for one that ran when the process died. */
  readonly ended: Ended | undefined;
}

export interface ExecutionStore {
  /** All executions in the order of their starts. */
  load(): Promise<readonly StoredExecution[]>;
  started(started: Started): Promise<void>;
  ended(executionArn: string, ended: Ended): Promise<void>;
}

/** Keeps nothing. */
export const noStore: ExecutionStore = {
  load: () => Promise.resolve([]),
  started: () => Promise.resolve(),
  ended: () => Promise.resolve(),
};

const line = z.union([
  z.object({ started: startedSchema }),
  z.object({ executionArn: z.string(), ended: endedSchema }),
]);

/** A store in `<home>/executions.jsonl`. */
export function jsonLinesStore(home: string): ExecutionStore {
  const file = path.join(home, "executions.jsonl");
  let writing: Promise<void> = Promise.resolve();
  function append(entry: unknown): Promise<void> {
    // One after the other: two appends at once could interleave.
    const written = writing.then(() => appendFile(file, `${JSON.stringify(entry)}\n`));
    writing = written.catch(() => undefined);
    return written;
  }
  return {
    load: async () => {
      await mkdir(home, { recursive: true });
      return read(file);
    },
    started: (started) => append({ started }),
    ended: (executionArn, ended) => append({ executionArn, ended }),
  };
}

async function content(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

async function read(file: string): Promise<readonly StoredExecution[]> {
  const text = await content(file);
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  // A process that was killed while it wrote leaves half a line at the end.
  if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
  const executions = new Map<string, StoredExecution>();
  for (const [index, json] of whole.split("\n").slice(0, -1).entries()) {
    const entry = line.safeParse(JSON.parse(json));
    if (!entry.success) {
      throw new Error(
        `${file}:${index + 1} is no record of an execution: ${z.prettifyError(entry.error)}. Remove that line.`,
      );
    }
    if ("started" in entry.data) {
      executions.set(entry.data.started.executionArn, { started: entry.data.started, ended: undefined });
    } else {
      const known = executions.get(entry.data.executionArn);
      if (known !== undefined) executions.set(entry.data.executionArn, { ...known, ended: entry.data.ended });
    }
  }
  return [...executions.values()];
}
