/**
 * A Python process of the run time. Its standard input is a pipe that it watches, so it ends when this process does,
 * however that happens (lakehouse_local/parent.py); it has its own process group, so a Ctrl-C in the terminal reaches
 * only this process, which ends the others in order.
 */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles when the process has ended; never rejects. */
  readonly ended: Promise<Ending>;
  /** Asks it to end, and ends it if it does not within the grace period. */
  end(): Promise<void>;
  /** The last lines of its log. */
  logTail(): Promise<string>;
}

export interface ChildOptions {
  readonly projectDir: string;
  /** Arguments for Python. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The file for its standard error, written anew. */
  readonly log: string;
  /** Whether its standard output belongs to the log too. */
  readonly logOutput: boolean;
  readonly graceSeconds: number;
}

/** The project's own Python. */
export function pythonOf(projectDir: string): string {
  const windows = process.platform === "win32";
  const python = join(projectDir, ".venv", windows ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(python)) throw new Error(`${python} is missing. Run \`npm run setup\` first.`);
  return python;
}

/**
 * This process's environment without anything that names an AWS account: no call of a local process may ever reach a
 * real one. Node 24, which runs this, comes first on PATH, for the emulator's Lambda workers.
 */
export function isolatedEnvironment(projectDir: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(AWS_|PYTHON|SPARK_|PULUMI_|NODE_OPTIONS$)/.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
    PYTHONPATH: join(projectDir, "local/python"),
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    TZ: "UTC",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}

const tailBytes = 4000;

async function tailOf(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
    return buffer.toString("utf8", 0, bytesRead).trim();
  } finally {
    await file.close();
  }
}

export function startChild(options: ChildOptions): Child {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(pythonOf(options.projectDir), options.args, {
    env: { ...isolatedEnvironment(options.projectDir), ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const log = createWriteStream(options.log);
  child.stderr.pipe(log, { end: false });
  if (options.logOutput) child.stdout.pipe(log, { end: false });
  // A write to a process that has just ended fails; how it ended is what counts, and `ended` tells.
  child.stdin.on("error", () => undefined);
  const ended = new Promise<Ending>((settle) => {
    child.once("error", (error) => {
      log.end(`${error.message}\n`);
      settle({ code: null, signal: null });
    });
    child.once("close", (code, signal) => {
      log.end(() => {
        settle({ code, signal });
      });
    });
  });
  return {
    pid: child.pid ?? -1,
    stdin: child.stdin,
    stdout: child.stdout,
    ended,
    async end() {
      child.stdin.end();
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), options.graceSeconds * 1000);
      await ended;
      clearTimeout(kill);
    },
    logTail: () => tailOf(options.log),
  };
}
