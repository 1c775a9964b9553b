/** Glue on this machine: the registered jobs, and their runs on one warm Spark, one after another. */
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { JobRun, JobSpec } from "./glue_job.ts";
import type { Home } from "./home.ts";
import { startLineProcess, type LineEvent, type LineProcess } from "./lines.ts";
import type { OnProgress } from "./progress.ts";

/** An error of Glue's API, by its name. */
export class GlueError extends Error {
  override readonly name = "GlueError";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Jobs {
  register(spec: JobSpec): void;
  /** Starts Spark, if it is not started; returns at once. */
  warmUp(): void;
  /** Queues a run. `ended` settles with its last state, and never rejects for what the script did. @throws GlueError */
  start(job: string, args: Readonly<Record<string, string>>): { readonly run: JobRun; readonly ended: Promise<JobRun> };
  /** Asks a run to stop, queued or running; `ended` tells when it did. @throws GlueError */
  stop(job: string, run: string): Promise<void>;
  /** @throws GlueError */
  get(job: string, run: string): JobRun;
  /** @throws GlueError */
  spec(job: string): JobSpec;
  end(): Promise<void>;
}

export interface JobsOptions {
  readonly home: Home;
  readonly projectDir: string;
  readonly endpoint: string;
  readonly region: string;
  readonly s3: S3Client;
  /** For the scripts' own AWS clients. */
  readonly env: Readonly<Record<string, string>>;
  readonly onProgress: OnProgress;
}

const outcome = z.object({
  state: z.enum(["SUCCEEDED", "FAILED", "STOPPED"]),
  message: z.string().nullable(),
  seconds: z.number(),
});
const running = z.object({ event: z.literal("running"), run: z.string() });

const seconds = (since: number): number => Math.round((Date.now() - since) / 100) / 10;

interface Entry {
  run: JobRun;
  timer: NodeJS.Timeout | undefined;
  /** Why it is to end before its script does. */
  stop: "STOPPED" | "TIMEOUT" | undefined;
}

export function createJobs(options: JobsOptions): Jobs {
  const { home, projectDir, endpoint, region, s3, env, onProgress } = options;
  const specs = new Map<string, JobSpec>();
  const entries = new Map<string, Entry>();
  let worker: LineProcess | undefined;
  // Settles when the last queued run has ended.
  let last: Promise<unknown> = Promise.resolve();

  function spark(): LineProcess {
    worker ??= startSpark();
    return worker;
  }

  function startSpark(): LineProcess {
    const began = Date.now();
    onProgress({ kind: "starting", part: "spark" });
    const scratch = join(home.root, "spark");
    // Spark removes its temporary files itself, unless it was killed.
    rmSync(scratch, { recursive: true, force: true });
    const settings = {
      endpoint,
      region,
      jars: join(projectDir, ".cache/spark-jars"),
      scratch,
    };
    const started = startLineProcess(
      "Spark",
      {
        projectDir,
        args: ["-m", "lakehouse_local.spark", JSON.stringify(settings)],
        env: { ...env },
        log: join(home.logs, "spark.log"),
        graceSeconds: 3,
      },
      onEvent,
    );
    started.ready.then(
      () => {
        onProgress({ kind: "started", part: "spark", seconds: seconds(began) });
      },
      // The next run asks for a new process, and reports what becomes of that.
      () => (worker = undefined),
    );
    return started;
  }

  function onEvent(event: LineEvent): void {
    const told = running.safeParse(event);
    const entry = told.success ? entries.get(told.data.run) : undefined;
    if (entry === undefined) return;
    const { run } = entry;
    onProgress({ kind: "job", job: run.JobName, run: run.Id, state: "RUNNING", seconds: seconds(run.StartedOn) });
    entry.run = { ...run, JobRunState: "RUNNING", StartedOn: Date.now(), LastModifiedOn: Date.now() };
    // Somebody stopped it while its script was on the way.
    if (entry.stop !== undefined) void spark().request("stop", { run: run.Id });
    entry.timer = setTimeout(() => {
      entry.stop = "TIMEOUT";
      void spark().request("stop", { run: run.Id });
    }, run.Timeout * 60_000);
  }

  /** Downloads what `s3://…` names. @returns its place on this machine */
  async function download(uri: string): Promise<string> {
    const found = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri.trim());
    const [, bucket, key] = found ?? [];
    if (bucket === undefined || key === undefined) throw new Error(`${uri} is no s3:// address of an object`);
    const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch((error: unknown) => {
      throw new Error(`${uri} can't be read: ${String(error)}`, { cause: error });
    });
    const bytes = await answer.Body?.transformToByteArray();
    const path = join(home.downloads, bucket, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes ?? new Uint8Array());
    return path;
  }

  async function execute(spec: JobSpec, run: JobRun): Promise<z.infer<typeof outcome>> {
    const began = Date.now();
    try {
      const args = { ...spec.defaultArguments, ...run.Arguments };
      const libraries = (args["--extra-py-files"] ?? "").split(",").filter((each) => each.trim() !== "");
      const answer = await spark().request("run", {
        id: run.Id,
        job: spec.name,
        script: await download(spec.scriptLocation),
        libraries: await Promise.all(libraries.map(download)),
        arguments: args,
        log: join(home.logs, "jobs", `${run.Id}.log`),
      });
      return outcome.parse(answer);
    } catch (error) {
      // Spark itself died, or the script is not where the job says: the run failed, and the next one tries anew. What is
      // left of the process is ended, so that none is ever without an owner.
      const left = worker;
      worker = undefined;
      await left?.end();
      return {
        state: "FAILED",
        message: error instanceof Error ? error.message : String(error),
        seconds: seconds(began),
      };
    }
  }

  async function carryOut(spec: JobSpec, entry: Entry): Promise<JobRun> {
    const {
      state,
      message,
      seconds: took,
    } = entry.stop === undefined ? await execute(spec, entry.run) : { state: entry.stop, message: null, seconds: 0 };
    clearTimeout(entry.timer);
    const now = Date.now();
    const JobRunState = state === "STOPPED" ? (entry.stop ?? state) : state;
    entry.run = {
      ...entry.run,
      JobRunState,
      LastModifiedOn: now,
      CompletedOn: now,
      ExecutionTime: Math.round(took),
      ...(message !== null && { ErrorMessage: message }),
    };
    const told = { kind: "job", job: spec.name, run: entry.run.Id, state: JobRunState, seconds: took } as const;
    onProgress({ ...told, ...(message !== null && { message }) });
    return entry.run;
  }

  function spec(job: string): JobSpec {
    const found = specs.get(job);
    if (found === undefined) throw new GlueError("EntityNotFoundException", `Job with name: ${job} not found.`);
    return found;
  }

  function find(job: string, id: string): Entry {
    const entry = entries.get(id);
    if (entry?.run.JobName !== job)
      throw new GlueError("EntityNotFoundException", `JobRun not found. JobName: ${job}, RunId: ${id}`);
    return entry;
  }

  return {
    spec,
    register(declared) {
      specs.set(declared.name, declared);
    },
    warmUp() {
      spark();
    },
    start(job, args) {
      const declared = spec(job);
      const id = `jr_${randomUUID().replaceAll("-", "")}`;
      const now = Date.now();
      const run: JobRun = {
        Id: id,
        JobName: job,
        JobRunState: "WAITING",
        Arguments: args,
        StartedOn: now,
        LastModifiedOn: now,
        ExecutionTime: 0,
        Attempt: 0,
        Timeout: declared.timeout,
        GlueVersion: "5.1",
        PredecessorRuns: [],
      };
      onProgress({ kind: "job", job, run: id, state: "WAITING", seconds: 0 });
      const entry: Entry = { run, timer: undefined, stop: undefined };
      entries.set(id, entry);
      const ended = last.then(() => carryOut(declared, entry));
      last = ended;
      return { run, ended };
    },
    get: (job, id) => find(job, id).run,
    async stop(job, id) {
      const entry = find(job, id);
      if (entry.run.CompletedOn !== undefined) return;
      entry.stop = "STOPPED";
      if (entry.run.JobRunState === "RUNNING") await spark().request("stop", { run: id });
    },
    end: async () => worker?.end(),
  };
}
