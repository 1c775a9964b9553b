/** `lakehouse local up` and `down`: a lakehouse that stays, in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runningLakehouse, startLakehouse } from "../../local/index.ts";
import { UserError } from "../errors.ts";
import { projectDir } from "../project.ts";

/** What `up` prints: where it runs, and what to put into the environment of the AWS SDKs and the AWS CLI. */
export interface UpDocument {
  readonly pid: number;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: unknown;
}

const askEvery = 200;

/** Runs until it is asked to end; the process that `up` starts. */
export async function serve(home: string, signal: AbortSignal): Promise<void> {
  const lakehouse = await startLakehouse({ home, projectDir, signal });
  if (!signal.aborted) await once(signal, "abort");
  await lakehouse.close();
}

export async function localUp(home: string, signal: AbortSignal): Promise<UpDocument> {
  const there = await runningLakehouse(home);
  if (there !== undefined) return there;
  await mkdir(join(resolve(home), "logs"), { recursive: true });
  const path = join(resolve(home), "logs/up.log");
  const log = await open(path, "w");
  const child = spawn(process.execPath, [join(projectDir, "cli/main.ts"), "local", "serve", "--home", home], {
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  await log.close();
  while (child.exitCode === null) {
    if (signal.aborted) {
      child.kill("SIGTERM");
      throw new UserError("stopped before the lakehouse was up");
    }
    const running = await runningLakehouse(home);
    if (running !== undefined) {
      child.unref();
      return running;
    }
    await pause(askEvery);
  }
  throw new UserError(`the lakehouse did not come up; its log is ${path}`);
}

export async function localDown(home: string): Promise<{ readonly stopped: boolean }> {
  const running = await runningLakehouse(home);
  if (running === undefined) return { stopped: false };
  process.kill(running.pid, "SIGTERM");
  while ((await runningLakehouse(home)) !== undefined) await pause(askEvery);
  return { stopped: true };
}
