/** What the tokens of the compiled machine (`${jobs.x.name}` …) stand for in one stack. */
import * as pulumi from "@pulumi/pulumi";

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

interface LambdaArns {
  readonly arn: string;
  readonly qualifiedArn: string;
}

const lambdaTokens = (
  lambdas: Readonly<Record<string, LambdaArns>>,
  arnOf: (lambda: LambdaArns) => string,
): Substitutions =>
  Object.fromEntries(Object.entries(lambdas).map(([name, lambda]) => [`lambda.${name}.arn`, arnOf(lambda)]));

/** The definition names published versions: what a machine's version does never changes. */
export const inDefinition = (
  resources: Substitutions,
  lambdas: Readonly<Record<string, LambdaArns>>,
): Substitutions => ({
  ...resources,
  ...lambdaTokens(lambdas, ({ qualifiedArn }) => qualifiedArn),
});

/** The role may call every version, so that runs of an older machine end, and an alias can move back. */
export const inPermissions = (
  resources: Substitutions,
  lambdas: Readonly<Record<string, LambdaArns>>,
): Substitutions => ({
  ...resources,
  ...lambdaTokens(lambdas, ({ arn }) => `${arn}:*`),
});
