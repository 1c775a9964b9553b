/** What is built from the sources: the compiled machine and the dispatcher's bundle. */
import { join } from "node:path";
import { bundleHandler } from "../../workflow/dsl/bundle/index.ts";
import { compile, type Compiled } from "../../workflow/dsl/index.ts";
import { lakehouse } from "../../workflow/lakehouse.ts";
import type { Bundle } from "./bundle.ts";

interface Built {
  readonly machine: Compiled;
  readonly dispatcher: Bundle;
}

let building: Promise<Built> | undefined;

async function build(root: string): Promise<Built> {
  const [machine, dispatcher] = await Promise.all([
    compile(lakehouse),
    bundleHandler(join(root, "functions/dispatch.ts"), "handler"),
  ]);
  return { machine, dispatcher };
}

/** Builds once a process: the sources don't change under a program that has loaded them. */
export const built = (root: string): Promise<Built> => (building ??= build(root));
