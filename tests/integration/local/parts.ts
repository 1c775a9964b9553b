/** A home of a test's own, with an emulator in it. */
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientsFor, type Clients } from "../../../local/clients.ts";
import { startEmulator, type Emulator } from "../../../local/emulator.ts";
import { openHome, type Home } from "../../../local/home.ts";

export const projectDir = join(import.meta.dirname, "../../..");
export const region = "eu-central-1";

export interface Parts extends AsyncDisposable {
  readonly home: Home;
  readonly emulator: Emulator;
  readonly clients: Clients;
}

/** @param buckets names of buckets to create */
export async function startParts(...buckets: readonly string[]): Promise<Parts> {
  const folder = await mkdtemp(join(tmpdir(), "lakehouse-local-"));
  const home = await openHome(folder);
  const emulator = await startEmulator({ home, projectDir, region });
  const clients = clientsFor(emulator.url, region);
  for (const Bucket of buckets) await clients.s3.send(new CreateBucketCommand({ Bucket }));
  return {
    home,
    emulator,
    clients,
    async [Symbol.asyncDispose]() {
      clients.destroy();
      await emulator.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
