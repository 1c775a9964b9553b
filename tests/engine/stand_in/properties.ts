/**
 * The properties that the aws provider knows of a resource type, as its own SDK lists them: the generated constructor of
 * each class assigns every input from `args` and every output from `state`.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));

export interface Properties {
  readonly inputs: ReadonlySet<string>;
  /** What only AWS can say. */
  readonly computed: ReadonlySet<string>;
}

const assigned = (source: string, from: string): string[] =>
  [...source.matchAll(new RegExp(String.raw`resourceInputs\["(\w+)"\] = [^;]*\b${from}\?\.`, "g"))].flatMap(
    ([, name]) => name ?? [],
  );

function read(module: string): Properties | undefined {
  const file = join(sdk, `${module}.js`);
  if (!existsSync(file)) return undefined;
  const source = readFileSync(file, "utf8");
  const inputs = new Set(assigned(source, "args"));
  // The provider itself has no state, so it has no outputs of its own either.
  return { inputs, computed: new Set(assigned(source, "state").filter((name) => !inputs.has(name))) };
}

/**
 * @param type Pulumi's type token, e.g. `aws:s3/bucket:Bucket` or `pulumi:providers:aws`
 * @throws Error naming the type, if the SDK has no such resource
 */
export function propertiesOf(type: string): Properties {
  const module = type === "pulumi:providers:aws" ? "provider" : /^aws:([\w/]+):\w+$/.exec(type)?.[1];
  const properties = module === undefined ? undefined : read(module);
  if (properties === undefined || properties.inputs.size === 0) {
    throw new Error(`The aws provider has no resource type ${type}.`);
  }
  return properties;
}
