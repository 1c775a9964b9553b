/** What the tokens of the compiled machine (`${jobs.x.name}` …) stand for in one stack. */

/** Token, without its braces, to value. */
export type Substitutions = Readonly<Record<string, string>>;

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
