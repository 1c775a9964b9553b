/** The program as it declares itself: loaded under Pulumi's mocks, with each resource written down. */
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import program from "../../../infra/index.ts";
import { computedCall, computedOutputs } from "../../../local/aws/outputs.ts";
import { readSettings } from "../../../local/settings.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
export const place = { account: "123456789012", region: "eu-central-1" };

export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Recorded {
  /** Sorted by type and name; without components. */
  readonly resources: readonly Declared[];
  readonly outputs: unknown;
  of(type: string): readonly Declared[];
  /** The one resource of the type and the name. */
  one(type: string, name: string): Declared;
}

/** Assets as the paths that they were made of. */
async function plain(value: unknown): Promise<unknown> {
  if (value instanceof pulumi.asset.FileAsset || value instanceof pulumi.asset.FileArchive)
    return { path: await value.path };
  if (value instanceof pulumi.asset.AssetArchive) return plain(await value.assets);
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await plain(item)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

const record = z.record(z.string(), z.unknown());

/** Loads the program for a stack, with settings of the test over those of the stack's file. */
export async function recorded(stack: string, overrides: Readonly<Record<string, string>> = {}): Promise<Recorded> {
  const { project, config } = await readSettings(root, stack);
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      async newResource({ type, name, inputs, custom }) {
        const given = record.parse(inputs);
        if (custom !== true) return { id: undefined, state: given };
        declared.push({ type, name, inputs: record.parse(await plain(given)) });
        const computed = computedOutputs(type, name, given, place);
        return { id: computed.id, state: { ...given, ...computed } };
      },
      call: ({ token }) => computedCall(token, place),
    },
    project,
    stack,
    false,
  );
  const own = Object.entries(overrides).map(([key, text]) => [`${project}:${key}`, text] as const);
  pulumi.runtime.setAllConfig({ ...config, ...Object.fromEntries(own) });
  const outputs: unknown = await pulumi.runtime.runInPulumiStack(program);
  await pulumi.runtime.disconnect();
  const id = ({ type, name }: Declared): string => `${type} ${name}`;
  const resources = declared.toSorted((a, b) => (id(a) < id(b) ? -1 : 1));
  return {
    resources,
    outputs,
    of: (type) => resources.filter((each) => each.type === type),
    one(type, name) {
      const found = resources.find((each) => each.type === type && each.name === name);
      if (found === undefined) throw new Error(`The program declares no ${type} "${name}".`);
      return found;
    },
  };
}
