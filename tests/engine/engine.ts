/** Pulumi's real engine on a copy of the project, with a backend in a folder and the stand-in for the aws provider. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cli = join(root, "scripts/pulumi-cli.mjs");

/** What the program is made of; everything else of the project is the tests' and the tools'. */
const parts = ["datasets", "workflow", "functions", "glue", "infra", "requirements", "package.json"];

/** Whether the engine can be had: it is there, or Go can build it. */
export const available =
  spawnSync(process.execPath, [cli, "--check"], { encoding: "utf8" }).stdout.trim() !== "missing";

const preview = z.object({
  steps: z.array(
    z.object({
      op: z.string(),
      urn: z.string(),
      diffReasons: z.array(z.string()).nullish(),
      replaceReasons: z.array(z.string()).nullish(),
    }),
  ),
  changeSummary: z.record(z.string(), z.number()),
});

/** A step of a preview, e.g. `update aws:glue/job:Job load-orders (numberOfWorkers)`. */
function sentence({ op, urn, diffReasons }: z.infer<typeof preview>["steps"][number]): string {
  const [, , types = "", name = ""] = urn.split("::");
  const changed = diffReasons ?? [];
  return `${op} ${types.split("$").at(-1) ?? ""} ${name}${changed.length > 0 ? ` (${changed.join(", ")})` : ""}`;
}

interface Answer {
  readonly ok: boolean;
  readonly stdout: string;
  /** Everything that was printed, without colours. */
  readonly text: string;
}

/** One project folder with a backend of its own. */
export class Engine {
  readonly folder = mkdtempSync(join(tmpdir(), "lakehouse-engine-"));
  readonly #path: string;

  /** Finds the command line, building it if need be: minutes, the first time. */
  constructor() {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    // The language host takes the first `node` on PATH: the one that runs these tests.
    this.#path = [dirname(process.execPath), stdout.trim(), process.env.PATH].join(delimiter);
    for (const folder of ["state", "home", "plugin"]) mkdirSync(join(this.folder, folder));
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    const shim = `#!/bin/sh\nexec "${process.execPath}" "${join(root, "tests/engine/stand_in/provider.ts")}" "$@"\n`;
    writeFileSync(join(this.folder, "plugin/pulumi-resource-aws"), shim, { mode: 0o755 });
  }

  /** Copies the project's program and stacks. */
  withProject(): this {
    for (const part of parts) cpSync(join(root, part), join(this.folder, part), { recursive: true });
    for (const stack of ["dev", "prod"])
      this.write(`Pulumi.${stack}.yaml`, readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8"));
    return this.#project(readFileSync(join(root, "Pulumi.yaml"), "utf8"));
  }

  /** A project of one module. */
  withProgram(source: string): this {
    this.write("package.json", JSON.stringify({ type: "module" }));
    this.write("index.ts", source);
    return this.#project("name: small\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n");
  }

  #project(yaml: string): this {
    this.write("Pulumi.yaml", `${yaml}\nplugins: { providers: [{ name: aws, path: plugin }] }\n`);
    return this;
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Replaces a text of a file of the copy; it must be there. */
  edit(file: string, from: string, to: string): void {
    const before = readFileSync(join(this.folder, file), "utf8");
    if (!before.includes(from))
      throw new Error(`${file} does not contain ${JSON.stringify(from)}, so it can't be edited.`);
    this.write(file, before.replace(from, to));
  }

  run(...args: string[]): Answer {
    const { status, stdout, stderr, error } = spawnSync("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: {
        ...process.env,
        PATH: this.#path,
        PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}`,
        PULUMI_HOME: join(this.folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "of the test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        NODE_OPTIONS: "",
      },
    });
    if (error !== undefined) throw error;
    return { ok: status === 0, stdout, text: `${stdout}\n${stderr}` };
  }

  /** Runs a command that has to work. @throws Error with all that it printed */
  must(...args: string[]): string {
    const { ok, stdout, text } = this.run(...args);
    if (!ok) throw new Error(`pulumi ${args.join(" ")} failed:\n${text}`);
    return stdout;
  }

  /** What an update would do, a sentence for each resource that it would touch, sorted. */
  plan(stack: string): string[] {
    const { steps } = preview.parse(JSON.parse(this.must("preview", "--json", "--stack", stack)));
    // A replacement is one step for people, and three for the engine.
    return steps
      .filter(({ op }) => !["same", "create-replacement", "delete-replaced", "read"].includes(op))
      .map(sentence)
      .sort();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
