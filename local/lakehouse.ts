/** The whole lakehouse on this machine: the emulator, the program's resources on it, and what stands for the rest of AWS. */
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import { serve } from "../workflow/simulator/server.ts";
import { activityOf, type State } from "./activity.ts";
import { serveAnalytics } from "./analytics_server.ts";
import { startAthena, type QueryResult } from "./athena.ts";
import type { World } from "./aws/creator.ts";
import { clientsFor, environmentFor, type Clients, type Endpoints } from "./clients.ts";
import { createCrawlers } from "./crawlers.ts";
import { account, startEmulator } from "./emulator.ts";
import { executionsOf, type Execution } from "./executions.ts";
import { openHome } from "./home.ts";
import { openInbox, type Message } from "./inbox.ts";
import { integrations } from "./integrations.ts";
import { createJobs } from "./jobs.ts";
import { machineEvents } from "./machine_events.ts";
import { objectsOf } from "./objects.ts";
import { stackOutputs, type StackOutputs } from "./outputs.ts";
import { runProgram } from "./program.ts";
import type { OnProgress, Part } from "./progress.ts";
import { createQueries } from "./queries.ts";
import { removeRunning, writeRunning } from "./running.ts";
import { readSettings } from "./settings.ts";

export interface LakehouseOptions {
  /** The folder that keeps the state; created if it is not there. */
  readonly home: string;
  /** The repository's root. */
  readonly projectDir: string;
  /** Whether Spark starts at once, in the background, or with the first job. @default "warm" */
  readonly jobs?: "warm" | "on demand";
  readonly onProgress?: OnProgress;
  /** Gives up the start. */
  readonly signal?: AbortSignal;
}

export interface Lakehouse {
  readonly endpoints: Endpoints;
  /** What makes an AWS SDK, or the AWS CLI, use these endpoints. */
  readonly env: Readonly<Record<string, string>>;
  readonly region: string;
  readonly outputs: StackOutputs;
  readonly clients: Clients;
  /**
   * Puts a file into the raw zone.
   * @param source the path of a file, or its bytes
   * @param mtime the file's time, seconds since the epoch with a fraction
   */
  upload(
    key: string,
    source: string | Uint8Array,
    options?: { readonly mtime?: string },
  ): Promise<{ readonly versionId: string; readonly etag: string }>;
  /** Has the dispatcher look at the raw zone now, without the quiet period that an upload waits. */
  ring(): Promise<void>;
  /** Athena SQL. @throws QueryError */
  query(sql: string): Promise<QueryResult>;
  state(): Promise<State>;
  /**
   * Waits until nothing is left to do; a file that waits for its next attempt is something.
   * @throws Error if the emulator ends meanwhile
   */
  idle(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Newest first, those of former processes too. */
  executions(): Promise<Execution[]>;
  /** What the alerts' topic was sent since the start. */
  messages(): Promise<readonly Message[]>;
  /** Ends everything that was started; what runs is stopped. */
  close(): Promise<void>;
}

const stack = "local";
const programModule = z.object({ default: z.custom<() => Promise<unknown>>((value) => typeof value === "function") });

async function timed<T>(part: Part, onProgress: OnProgress, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  onProgress({ kind: "starting", part });
  const result = await work();
  onProgress({ kind: "started", part, seconds: Math.round((Date.now() - began) / 10) / 100 });
  return result;
}

/** @throws HomeInUseError if another process runs this home, Error if the program can't be applied */
export async function startLakehouse(options: LakehouseOptions): Promise<Lakehouse> {
  await using started = new AsyncDisposableStack();
  const lakehouse = await start(options, started);
  const parts = started.move();
  return { ...lakehouse, close: () => parts.disposeAsync() };
}

async function start(options: LakehouseOptions, started: AsyncDisposableStack): Promise<Omit<Lakehouse, "close">> {
  const { projectDir, signal, onProgress = () => undefined } = options;
  const home = await openHome(options.home);
  const { project, main, region, config } = await readSettings(projectDir, stack);
  // Loading the program takes this process a while in which the others can come up.
  const programFile: Promise<unknown> = import(pathToFileURL(join(projectDir, main)).href);
  programFile.catch(() => undefined);

  const emulator = await timed("emulator", onProgress, () => startEmulator({ home, projectDir, region, signal }));
  started.defer(() => emulator.end());
  const own = clientsFor(emulator.url, region);
  started.defer(() => {
    own.destroy();
  });

  const place = { home, projectDir, endpoint: emulator.url, region };
  const scripts = { AWS_ENDPOINT_URL: emulator.url, AWS_REGION: region, AWS_DEFAULT_REGION: region };
  const jobs = createJobs({ ...place, s3: own.s3, env: scripts, onProgress });
  started.defer(() => jobs.end());
  const athena = startAthena({ ...place, glue: own.glue });
  started.defer(() => athena.end());
  const athenaUp = timed("athena", onProgress, () => athena.ready);
  // A failure of something else may come first, and end the engine.
  athenaUp.catch(() => undefined);
  const crawlers = createCrawlers(own.glue, athena, onProgress);
  const queries = createQueries(athena);

  const events = machineEvents(own.events, onProgress);
  const stepFunctions = await serve({
    region,
    account,
    home: home.executions,
    integrations: integrations({ clients: own, jobs, crawlers, queries, onProgress }),
    objects: objectsOf(own.s3),
    onStatusChange: events.onStatusChange,
    onError: (error) => {
      onProgress({
        kind: "warning",
        message: `Step Functions: ${error instanceof Error ? error.message : String(error)}`,
      });
    },
  });
  started.defer(() => stepFunctions.close());
  const analytics = await serveAnalytics({ jobs, crawlers, queries, upstream: emulator.url });
  started.defer(() => analytics.close());
  const clients = clientsFor(emulator.url, region, stepFunctions.url);
  started.defer(() => {
    clients.destroy();
  });

  const endpoints = { aws: emulator.url, stepFunctions: stepFunctions.url, analytics: analytics.url };
  const env = environmentFor(endpoints, region);
  const lambdaEnvironment = Object.fromEntries(
    Object.entries(env).filter(([name]) => name.startsWith("AWS_ENDPOINT_URL")),
  );
  const world: World = { account, region, clients, stepFunctions, jobs, crawlers, lambdaEnvironment };
  if (options.jobs !== "on demand") jobs.warmUp();
  await athenaUp;
  signal?.throwIfAborted();
  const outputs = await timed("program", onProgress, async () => {
    const { default: program } = programModule.parse(await programFile);
    return stackOutputs.parse(await runProgram({ program, project, stack, config, world }));
  });
  signal?.throwIfAborted();
  const inbox = await openInbox(clients, outputs.alertsTopicArn);
  await writeRunning(home, { pid: process.pid, startedAt: new Date().toISOString(), region, endpoints, env, outputs });
  started.defer(() => removeRunning(home));

  const activity = activityOf(clients, outputs, events.running);
  const broken = emulator.failed.then((error) => Promise.reject(error));
  // Whoever waits for something hears of it.
  broken.catch(() => undefined);
  return {
    endpoints,
    env,
    region,
    outputs,
    clients,
    async upload(Key, source, { mtime } = {}) {
      const { VersionId, ETag } = await clients.s3.send(
        new PutObjectCommand({
          Bucket: outputs.buckets.raw,
          Key,
          Body: typeof source === "string" ? await readFile(source) : source,
          ...(mtime !== undefined && { Metadata: { mtime } }),
        }),
      );
      return { versionId: VersionId ?? "null", etag: (ETag ?? "").replaceAll('"', "") };
    },
    async ring() {
      const bell = { QueueUrl: outputs.doorbellQueueUrl, MessageBody: '{"reason":"local"}', DelaySeconds: 0 };
      await clients.sqs.send(new SendMessageCommand(bell));
    },
    query: (sql) => athena.query(sql, outputs.database),
    state: () => activity.state(),
    idle: ({ signal: until } = {}) => Promise.race([activity.idle(until), broken]),
    executions: () => executionsOf(clients.sfn, outputs.stateMachineArn),
    messages: () => inbox.messages(),
  };
}
