/** What the tokens of the compiled machine (`${jobs.x.name}` …) stand for in one stack. */
import * as pulumi from "@pulumi/pulumi";
import { lambdaToken } from "../../workflow/dsl/index.ts";

/** Token, without its braces, to value. */
export type Substitutions = Readonly<Record<string, string>>;

/** The workflow's resources as it declares them, with what each is on AWS. */
export interface ResourceTree {
  readonly [name: string]: pulumi.Input<string> | ResourceTree;
}

const isTree = (value: pulumi.Input<string> | ResourceTree): value is ResourceTree =>
  typeof value === "object" && !(value instanceof Promise) && !pulumi.Output.isInstance(value);

/** Token (`jobs.x.name`) to value, for every leaf of the tree. */
export function leaves(tree: ResourceTree, prefix = ""): Readonly<Record<string, pulumi.Input<string>>> {
  const entries = Object.entries(tree).flatMap(([name, value]) =>
    isTree(value) ? Object.entries(leaves(value, `${prefix}${name}.`)) : [[`${prefix}${name}`, value] as const],
  );
  return Object.fromEntries(entries);
}

/** The tokens of Lambda steps: step → ARN. */
export const lambdaTokens = (arns: Substitutions): Substitutions =>
  Object.fromEntries(Object.entries(arns).map(([step, arn]) => [lambdaToken(step), arn]));
