/** Whether there is something left to do: what runs, what lies in the raw zone, and which bells have not been heard. */
import {
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  type ListObjectVersionsCommandOutput,
} from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { setTimeout as delay } from "node:timers/promises";
import type { Clients } from "./clients.ts";
import type { StackOutputs } from "./outputs.ts";

export interface State {
  /** The current versions of the objects in the raw zone. */
  readonly raw: readonly { readonly key: string; readonly versionId: string }[];
  /** Names of the executions that run. */
  readonly running: readonly string[];
  /** Messages in the doorbell's queue, delayed ones and the one being answered included. */
  readonly bells: number;
  readonly idle: boolean;
}

export interface Activity {
  state(): Promise<State>;
  /** Waits until nothing is left to do. */
  idle(signal: AbortSignal | undefined): Promise<void>;
}

const pollMilliseconds = 100;
// An event is on its way from S3 to the queue for a moment in which no one has it.
const quietPolls = 3;

export function activityOf(clients: Clients, outputs: StackOutputs, running: ReadonlySet<string>): Activity {
  const { raw } = outputs.buckets;

  async function bells(): Promise<number> {
    const { Attributes = {} } = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: outputs.doorbellQueueUrl, AttributeNames: ["All"] }),
    );
    return ["", "NotVisible", "Delayed"].reduce(
      (sum, name) => sum + Number(new Map(Object.entries(Attributes)).get(`ApproximateNumberOfMessages${name}`) ?? 0),
      0,
    );
  }

  async function rawIsEmpty(): Promise<boolean> {
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client: clients.s3 },
      { Bucket: raw, Prefix: "raw/" },
    )) {
      // S3's console makes empty objects that end in a slash to show folders.
      if (Contents.some(({ Key = "", Size }) => !(Key.endsWith("/") && Size === 0))) return false;
    }
    return true;
  }

  /** A bell asks for a look at the raw zone: one that has not been heard means nothing while there is nothing in it. */
  const isIdle = async (): Promise<boolean> => running.size === 0 && ((await rawIsEmpty()) || (await bells()) === 0);

  async function listRaw(): Promise<State["raw"]> {
    const objects: { key: string; versionId: string }[] = [];
    let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (marker !== undefined) {
      const page: ListObjectVersionsCommandOutput = await clients.s3.send(
        new ListObjectVersionsCommand({ Bucket: raw, Prefix: "raw/", ...marker }),
      );
      for (const { Key, VersionId, IsLatest } of page.Versions ?? []) {
        if (IsLatest === true && Key !== undefined && VersionId !== undefined)
          objects.push({ key: Key, versionId: VersionId });
      }
      marker = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    return objects;
  }

  return {
    async state() {
      return { raw: await listRaw(), running: [...running], bells: await bells(), idle: await isIdle() };
    },
    async idle(signal) {
      for (let quiet = 0; quiet < quietPolls;) {
        await delay(pollMilliseconds, undefined, signal && { signal });
        quiet = (await isIdle()) ? quiet + 1 : 0;
      }
    },
  };
}
