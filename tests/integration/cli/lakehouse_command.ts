/** Runs the `lakehouse` command as a person would, and reads the one JSON document that it prints. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

export const root = join(import.meta.dirname, "../../..");
const mainOf = (project: string): string => join(project, "cli/main.ts");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end. */
export function lakehouse(args: readonly string[], project = root): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [mainOf(project), ...args], {
      cwd: project,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject).on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/**
 * Starts `local run` and kills it, as `kill -9` does, once that many jobs have begun; resolves when it is gone.
 * @throws Error if it ends by itself before that
 */
export async function killedLocalRun(home: string, data: string, jobs: number): Promise<void> {
  const child = spawn(process.execPath, [mainOf(root), "local", "run", "--home", home, "--data", data], {
    cwd: root,
    stdio: "ignore",
  });
  const gone = once(child, "close");
  const logs = join(home, "logs/jobs");
  while (child.exitCode === null) {
    const begun = await readdir(logs).catch(() => []);
    if (begun.length >= jobs) {
      child.kill("SIGKILL");
      await gone;
      return;
    }
    await pause(50);
  }
  throw new Error(`local run ended (exit code ${child.exitCode}) before ${jobs} jobs had begun`);
}

const file = z.object({
  key: z.string(),
  dataset: z.string().nullable(),
  status: z.enum(["archived", "skipped", "quarantined", "failed"]),
  reason: z.string().nullable(),
  rows_in: z.number(),
  loaded: z.number(),
  duplicate: z.number(),
  rejected: z.number(),
  pending: z.number(),
  run_id: z.string(),
});

const runDocument = z.object({
  ok: z.boolean(),
  seconds: z.number(),
  executions: z.array(z.object({ name: z.string(), status: z.string(), seconds: z.number() })),
  files: z.array(file),
  tables: z.record(z.string(), z.object({ rows: z.number().nullable(), version: z.number() })),
  alerts: z.array(z.object({ subject: z.string(), message: z.string() })),
  rejects: z.record(z.string(), z.record(z.string(), z.number())),
});
export type RunDocument = z.infer<typeof runDocument>;

/** `local run --json`, and its exit code. */
export async function localRun(
  home: string,
  data: string,
  project = root,
): Promise<RunDocument & { code: number | null }> {
  const ran = await lakehouse(["local", "run", "--home", home, "--data", data, "--json"], project);
  try {
    return { ...runDocument.parse(JSON.parse(ran.stdout)), code: ran.code };
  } catch (error) {
    throw new Error(`local run printed no document (exit code ${String(ran.code)}):\n${ran.stdout}\n${ran.stderr}`, {
      cause: error,
    });
  }
}

/** `local query --format json`: the rows. */
export async function localQuery(home: string, sql: string): Promise<Record<string, string | number | null>[]> {
  const ran = await lakehouse(["local", "query", "--home", home, "--format", "json", sql]);
  if (ran.code !== 0) throw new Error(`local query failed:\n${ran.stderr}`);
  return z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))).parse(JSON.parse(ran.stdout));
}

/** A folder of its own for a test's home and data: inside the repository, as a user's own home is. */
export async function workFolder(): Promise<string> {
  const tests = join(root, ".cache/tests");
  await mkdir(tests, { recursive: true });
  return mkdtemp(join(tests, "run-"));
}
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** A copy of the project in which a job ends with an error that no file is the cause of. */
export async function projectWithBrokenJob(folder: string, script: string): Promise<string> {
  const shared = ["node_modules", ".venv", ".cache"];
  const own = (await readdir(root)).filter((name) => ![...shared, ".git", ".lakehouse", "tests"].includes(name));
  for (const part of own) await cp(join(root, part), join(folder, part), { recursive: true });
  for (const part of shared) await symlink(join(root, part), join(folder, part));
  await writeFile(join(folder, script), 'raise RuntimeError("no capacity")\n');
  return folder;
}

/** Writes files below `data/raw`, each a second newer than the one before. */
export async function writeRaw(
  data: string,
  files: Readonly<Record<string, string>>,
  firstSecond = 1_745_000_000,
): Promise<void> {
  for (const [index, [path, content]] of Object.entries(files).entries()) {
    const target = join(data, "raw", path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    await utimes(target, firstSecond + index, firstSecond + index);
  }
}
