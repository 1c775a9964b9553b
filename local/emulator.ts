/**
 * The emulator of AWS (ministack) as a process of its own. Only objects are kept on disk: they survive even a
 * `kill -9`, settings would not, so everything else is applied anew at every start and there is one way to recover.
 */
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { readFile } from "node:fs/promises";
import { startChild, type Child } from "./child.ts";
import type { Home } from "./home.ts";

/** The account that every local resource belongs to. */
export const account = "000000000000";

export interface Emulator {
  /** `http://127.0.0.1:{port}`, for all services. */
  readonly url: string;
  readonly pid: number;
  /** Settles with what its log says, if it ends without having been asked to. */
  readonly failed: Promise<Error>;
  end(): Promise<void>;
}

/** Another process runs this home. */
export class HomeInUseError extends Error {
  override readonly name = "HomeInUseError";
}

const startSeconds = 60;
const lockHeld = 75;

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") fail(new Error("The system named no port"));
        else settle(address.port);
      });
    });
  });
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch (error) {
    // Nobody listens yet: that is what is being waited for.
    if (error instanceof Error) return false;
    throw error;
  }
}

const holder = z.coerce.number().int().positive();

async function inUse(home: Home): Promise<HomeInUseError> {
  const pid = holder.safeParse(await readFile(home.lock, "utf8").catch(() => ""));
  const who = pid.success ? `process ${pid.data}` : "another process";
  return new HomeInUseError(`${home.root} is in use by ${who}. Stop it first, or choose another folder with --home.`);
}

/** Waits until it answers; ends early if it ends, or on an abort. */
async function waitUntilHealthy(child: Child, url: string, home: Home, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + startSeconds * 1000;
  for (;;) {
    signal?.throwIfAborted();
    const ending = await Promise.race([child.ended, delay(50)]);
    if (ending?.code === lockHeld) throw await inUse(home);
    if (ending) throw new Error(`The emulator ended while it started. Its log says:\n${await child.logTail()}`);
    if (await isHealthy(url)) return;
    if (Date.now() > deadline) {
      throw new Error(`The emulator did not answer within ${startSeconds} s. Its log says:\n${await child.logTail()}`);
    }
  }
}

export interface EmulatorOptions {
  readonly home: Home;
  readonly projectDir: string;
  readonly region: string;
  readonly signal?: AbortSignal | undefined;
}

/** @throws HomeInUseError if another process runs this home. */
export async function startEmulator({ home, projectDir, region, signal }: EmulatorOptions): Promise<Emulator> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = startChild({
    projectDir,
    args: ["-m", "lakehouse_local.guard", home.lock, "ministack"],
    env: {
      GATEWAY_PORT: String(port),
      BIND_HOST: "127.0.0.1",
      // Queue URLs carry this name; `localhost` may mean ::1, where nobody listens.
      MINISTACK_HOST: "127.0.0.1",
      MINISTACK_REGION: region,
      MINISTACK_ACCOUNT_ID: account,
      AWS_REGION: region,
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      S3_PERSIST: "1",
      S3_DATA_DIR: home.objects,
      TMPDIR: home.scratch,
      LOG_LEVEL: "WARNING",
    },
    log: `${home.logs}/emulator.log`,
    logOutput: true,
    graceSeconds: 5,
  });
  let ending = false;
  try {
    await waitUntilHealthy(child, url, home, signal);
  } catch (error) {
    await child.end();
    throw error;
  }
  return {
    url,
    pid: child.pid,
    failed: new Promise((settle) => {
      void child.ended.then(async ({ code, signal }) => {
        if (!ending)
          settle(new Error(`The emulator ended (${signal ?? `code ${String(code)}`}):\n${await child.logTail()}`));
      });
    }),
    end() {
      ending = true;
      return child.end();
    },
  };
}
