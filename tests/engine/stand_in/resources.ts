/**
 * What the stand-in does with a resource: refuses what the real provider's SDK does not know, and answers with what AWS
 * would compute. It proves types, properties, order and diffs; it does not prove that AWS takes the values.
 */
import { computedOutputs } from "../../../local/aws/outputs.ts";
import { propertiesOf } from "./properties.ts";
import { differing, hasUnknown, same, unknown, type Values } from "./values.ts";

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

/** What isn't known yet is taken to be what it was: AWS's ids and ARNs don't follow from such inputs. */
const guessed = (inputs: Values, prior: Values | undefined): Values =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, hasUnknown(value) ? (prior?.[key] ?? value) : value]),
  );

/** The whole state: inputs, what AWS computes, and in a preview, what it would compute but nobody knows yet. */
export function stateOf(
  { type, name }: Named,
  inputs: Values,
  { preview, prior }: { preview: boolean; prior?: Values },
): { id: string; state: Values } {
  const { id, ...computed } = computedOutputs(type, name, guessed(inputs, prior), place, prior);
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
  const idWith = (inputs: Values): string => computedOutputs(type, name, guessed(inputs, prior), place, prior).id;
  return { changed, replacing: changed.filter((key) => idWith({ ...olds, [key]: news[key] }) !== id) };
}
