/** The folder that keeps everything a local lakehouse remembers: one place, named once. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

export interface Home {
  readonly root: string;
  /** The emulator's objects, with their versions. */
  readonly objects: string;
  /** Logs of the processes and of the job runs. */
  readonly logs: string;
  /** Held by the emulator's process for as long as it lives. */
  readonly lock: string;
  /** Who runs this home, and where its endpoints are. */
  readonly running: string;
  /** The state machine's executions. */
  readonly executions: string;
  /** The emulator's temporary files, such as the code of its Lambdas; emptied when it starts and when it ends. */
  readonly scratch: string;
  /** Scripts and libraries as the job runner downloaded them. */
  readonly downloads: string;
}

export function homeAt(folder: string): Home {
  const root = resolve(folder);
  return {
    root,
    objects: join(root, "objects"),
    logs: join(root, "logs"),
    lock: join(root, "lock"),
    running: join(root, "running.json"),
    executions: join(root, "executions"),
    scratch: join(root, "scratch"),
    downloads: join(root, "downloads"),
  };
}

export async function openHome(folder: string): Promise<Home> {
  const home = homeAt(folder);
  for (const each of [home.objects, home.logs, home.executions, home.scratch, home.downloads])
    await mkdir(each, { recursive: true });
  // The Lambdas' bundles are CommonJS, also where the home lies in a package whose modules are not.
  await writeFile(join(home.root, "package.json"), '{ "type": "commonjs" }\n');
  return home;
}
