/**
 * What the stand-in does with a resource: refuses what the real provider's SDK does not know, and answers with what AWS
 * would compute. It proves types, properties, order and diffs; it does not prove that AWS takes the values.
 */
import { computedOutputs } from "../../../local/aws/outputs.ts";
import { propertiesOf } from "./properties.ts";
import { differing, same, unknown, type Values } from "./values.ts";

const place = { account: "123456789012", region: "eu-central-1" };

/** A resource as its URN says it: `urn:pulumi:stack::project::parent$type::name`. */
export interface Named {
  readonly type: string;
  readonly name: string;
}

export function named(urn: string): Named {
  const [, , types, ...name] = urn.split("::");
  return { type: types?.split("$").at(-1) ?? "", name: name.join("::") };
}

/** Why the inputs can't be: a property that the type hasn't. */
export function refusals({ type }: Named, inputs: Values): { property: string; reason: string }[] {
  const known = propertiesOf(type).inputs;
  return Object.keys(inputs)
    .filter((property) => !known.has(property) && property !== "__internal" && property !== "version")
    .map((property) => ({ property, reason: `${type} has no input "${property}"` }));
}

/** The whole state: inputs, what AWS computes, and in a preview, what it would compute but nobody knows yet. */
export function stateOf(
  { type, name }: Named,
  inputs: Values,
  { preview, prior }: { preview: boolean; prior?: Values },
): { id: string; state: Values } {
  const { id, ...computed } = computedOutputs(type, name, inputs, place, prior);
  const outputs = Object.entries(computed).map(
    ([key, value]) => [key, preview && !same(prior?.[key], value) ? unknown : value] as const,
  );
  return { id: preview && prior === undefined ? "" : id, state: { ...inputs, ...Object.fromEntries(outputs) } };
}

export interface Change {
  readonly changed: readonly string[];
  /** The inputs that give the resource another id: with them it has to be made anew. */
  readonly replacing: readonly string[];
}

export function changeOf({ type, name }: Named, id: string, olds: Values, news: Values, prior: Values): Change {
  const changed = differing(olds, news);
  if (changed.length === 0) return { changed, replacing: [] };
  const replaced = computedOutputs(type, name, news, place, prior).id !== id;
  return {
    changed,
    replacing: replaced
      ? changed.filter((key) => computedOutputs(type, name, { ...olds, [key]: news[key] }, place, prior).id !== id)
      : [],
  };
}
