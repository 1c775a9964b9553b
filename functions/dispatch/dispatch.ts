/** Looks at the raw zone and starts the machine if there is something to do and nothing is being done. */
import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { readText, s3, writeJson } from "../objects.ts";
import { runKey, type Manifest, type RawObject } from "../run.ts";
import { ledger as ledgerSchema, plan, started, type Ending, type Ledger, type Limits, type Plan } from "./plan.ts";

const sfn = new SFNClient({});

export interface DispatchSettings extends Limits {
  readonly rawBucket: string;
  readonly processedBucket: string;
  readonly stateMachineArn: string;
  /** What is started: an alias of the machine. */
  readonly aliasArn: string;
}

/** What the dispatcher did. */
export type Dispatched =
  | {
      readonly did: "nothing";
      readonly why: "an execution is running" | "no file is due";
      readonly lookAgainIn?: number;
    }
  | { readonly did: "started"; readonly execution: string; readonly files: number; readonly lookAgainIn?: number };

const ledgerKey = "runs/ledger.json";

/** The current versions of the objects under `raw/`, a page of a thousand at a time. */
async function listRaw(bucket: string): Promise<RawObject[]> {
  const objects: RawObject[] = [];
  let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (marker !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: "raw/", ...marker }),
    );
    for (const { Key, VersionId, ETag, Size, LastModified, IsLatest } of page.Versions ?? []) {
      if (IsLatest !== true || Key === undefined || VersionId === undefined || LastModified === undefined) continue;
      const etag = (ETag ?? "").replaceAll('"', "");
      objects.push({ key: Key, versionId: VersionId, etag, size: Size ?? 0, lastModified: LastModified.toISOString() });
    }
    marker = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
  return objects;
}

async function isRunning(stateMachineArn: string): Promise<boolean> {
  const { executions } = await sfn.send(
    new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING", maxResults: 1 }),
  );
  return (executions ?? []).length > 0;
}

async function endingOf(executionArn: string): Promise<Ending> {
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status === "SUCCEEDED" || status === "FAILED" || status === "TIMED_OUT" || status === "ABORTED") return status;
    throw new Error(`${executionArn} is ${status ?? "without a status"}, though no execution was listed as running`);
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return "gone";
    throw error;
  }
}

async function endingsOf(ledger: Ledger): Promise<Map<string, Ending>> {
  const arns = new Set(Object.values(ledger).flatMap(({ execution }) => execution ?? []));
  return new Map(await Promise.all([...arns].map(async (arn) => [arn, await endingOf(arn)] as const)));
}

/**
 * Writes the manifest, then starts the execution that reads it. An execution of the name that has ended is one whose
 * start was not written down (a crash came between): its start is counted now, and the files get the next name.
 */
async function start(next: Plan, settings: DispatchSettings, now: Date): Promise<{ plan: Plan; execution: string }> {
  const { batch, files } = next;
  const key = runKey(batch, "manifest.json");
  await writeJson({ bucket: settings.processedBucket, key }, {
    batch,
    createdAt: now.toISOString(),
    files,
  } satisfies Manifest);
  try {
    const { executionArn } = await sfn.send(
      new StartExecutionCommand({
        stateMachineArn: settings.aliasArn,
        name: batch,
        input: JSON.stringify({ batch, manifest: key }),
      }),
    );
    if (executionArn === undefined) throw new Error(`Step Functions started ${batch} without naming the execution`);
    return { plan: next, execution: executionArn };
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
    const again = plan(files, started(next, "unknown"), new Map(), settings, now);
    return start({ ...again, ledger: { ...next.ledger, ...again.ledger } }, settings, now);
  }
}

export async function dispatch(settings: DispatchSettings, now: Date): Promise<Dispatched> {
  if (await isRunning(settings.stateMachineArn)) return { did: "nothing", why: "an execution is running" };
  const place = { bucket: settings.processedBucket, key: ledgerKey };
  const written = await readText(place);
  const ledger = written === undefined ? {} : ledgerSchema.parse(JSON.parse(written.text));
  const next = plan(await listRaw(settings.rawBucket), ledger, await endingsOf(ledger), settings, now);
  const later = next.lookAgainIn === undefined ? {} : { lookAgainIn: next.lookAgainIn };
  if (next.files.length === 0) {
    if (JSON.stringify(next.ledger) !== JSON.stringify(ledger)) await writeJson(place, next.ledger);
    return { did: "nothing", why: "no file is due", ...later };
  }
  const { plan: startedPlan, execution } = await start(next, settings, now);
  await writeJson(place, started(startedPlan, execution));
  return { did: "started", execution, files: next.files.length, ...later };
}
