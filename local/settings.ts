/** The project's and the stack's settings, read as the Pulumi CLI reads them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";

const project = z.looseObject({ name: z.string(), main: z.string() });
const stackFile = z.looseObject({ config: z.record(z.string(), z.unknown()).default({}) });

export interface Settings {
  readonly project: string;
  /** The program's file, from the project's folder. */
  readonly main: string;
  readonly region: string;
  /** `namespace:key` to text; what is no text stands as JSON. */
  readonly config: Readonly<Record<string, string>>;
}

async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const result = schema.safeParse(parse(await readFile(path, "utf8")));
  if (result.success) return result.data;
  throw new Error(`${path} is not what Pulumi expects:\n${z.prettifyError(result.error)}`);
}

export async function readSettings(projectDir: string, stack: string): Promise<Settings> {
  const { name, main } = await read(join(projectDir, "Pulumi.yaml"), project);
  const { config } = await read(join(projectDir, `Pulumi.${stack}.yaml`), stackFile);
  const texts = Object.entries(config).map(([key, value]) => [
    key.includes(":") ? key : `${name}:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const all = z.record(z.string(), z.string()).parse(Object.fromEntries(texts));
  const region = all["aws:region"];
  if (region === undefined) throw new Error(`Pulumi.${stack}.yaml sets no aws:region`);
  return { project: name, main, region, config: all };
}
