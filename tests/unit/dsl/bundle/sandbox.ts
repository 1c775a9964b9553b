/** Small projects in temporary folders, whose machines are run for their Lambdas and whose bundles are run in turn. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire, getSourceMapsSupport, setSourceMapsSupport } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { z } from "zod";
import { firstFrameOutside } from "../../../../workflow/dsl/bundle/call_site.ts";
import { BundleError, type BundleRequest, type LambdaBundle } from "../../../../workflow/dsl/bundle/index.ts";

const repository = path.resolve(import.meta.dirname, "../../../..");
const folders: string[] = [];

/** A folder with these files, a package.json and this repository's packages. */
export function project(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "bundle-")));
  folders.push(folder);
  for (const [name, text] of Object.entries({ "package.json": `{ "type": "module" }`, ...files })) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}

export function removeProjects(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Stands for the DSL's flow: it only notes which Lambdas are asked for. */
class Flow {
  readonly requests: BundleRequest[] = [];

  lambda(
    name: string,
    _payload: unknown,
    handler: BundleRequest["handler"],
    { input, output }: Pick<BundleRequest, "input" | "output"> = {},
  ): void {
    const site = firstFrameOutside(new Error().stack ?? "", import.meta.dirname);
    if (site === undefined) throw new Error("called from outside a project");
    this.requests.push({ name, site, handler, input, output });
  }
}

const Machine = z.object({ default: z.custom<(flow: Flow) => void>((value) => typeof value === "function") });

/** Runs a machine: a module whose default export is a function of a flow. */
export async function requestsOf(folder: string, file = "machine.ts"): Promise<BundleRequest[]> {
  const flow = new Flow();
  const module: unknown = await import(pathToFileURL(path.join(folder, file)).href);
  Machine.parse(module).default(flow);
  return flow.requests;
}

const Bundled = z.object({
  handler: z.custom<(event: unknown) => unknown>((value) => typeof value === "function"),
});

/** Writes a bundle as AWS Lambda would find it. */
export function unpacked({ code, map }: LambdaBundle): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "lambda-")));
  folders.push(folder);
  writeFileSync(path.join(folder, "index.js"), code);
  writeFileSync(path.join(folder, "index.js.map"), map);
  return folder;
}

/** Calls a bundle's handler with an event. */
export async function invoke(bundle: LambdaBundle, event: unknown): Promise<unknown> {
  const module: unknown = createRequire(import.meta.url)(path.join(unpacked(bundle), "index.js"));
  return await Bundled.parse(module).handler(event);
}

/** How AWS Lambda reports the error that a bundle's handler fails with. */
export async function failureOf(
  bundle: LambdaBundle,
  event: unknown,
): Promise<{ errorType: string; errorMessage: string }> {
  const error: unknown = await invoke(bundle, event).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof Error)) throw new TypeError("the handler threw no error");
  return { errorType: error.name, errorMessage: error.message };
}

/** The source-mapped stack of the error that a bundle's handler fails with: its frames of our own, as `file:line:column`. */
export async function stackOf(bundle: LambdaBundle, event: unknown): Promise<string[]> {
  const folder = unpacked(bundle);
  const support = getSourceMapsSupport();
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  try {
    const module: unknown = createRequire(import.meta.url)(path.join(folder, "index.js"));
    await Bundled.parse(module).handler(event);
    return [];
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? "") : "";
    return stack.split("\n").flatMap((line) => line.split(`${folder}/`)[1]?.replace(/\)$/, "") ?? []);
  } finally {
    setSourceMapsSupport(support.enabled, support);
  }
}

/** What a bundle that is refused says. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(error).to.be.instanceOf(BundleError);
  return error instanceof Error ? error.message : "";
}
