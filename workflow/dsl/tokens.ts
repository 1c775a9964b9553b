/**
 * Tokens such as `${jobs.orders.arn}`: they stand in a compiled workflow for names and ARNs that are known only where it is
 * deployed. Here alone they are written, read and replaced.
 */

/**
 * What no name of a token has: what would end the token, what would be escaped in an expression's text, and what tells
 * IAM's own variables (`${aws:username}`, `${*}`) and a shell's (`${HOME:-/}`) from tokens.
 */
const letter = String.raw`[^"$*:?\\{}\p{Cc}\u2028\u2029]`;

/** A token; its group is the name. */
export const tokenPattern = new RegExp(String.raw`\$\{(${letter}+)\}`, "gu");

/** A token, or a dollar that looks like the beginning of one. */
const dollarPattern = new RegExp(String.raw`${tokenPattern.source}|\$(?=\{)`, "gu");

const namePattern = new RegExp(`^${letter}+$`, "u");

/** Whether the text can be part of a token's name. */
export const canBeNamed = (text: string): boolean => namePattern.test(text);

export const token = (...path: readonly string[]): string => `\${${path.join(".")}}`;

/** The name of the token for the ARN of a step's Lambda. */
export const lambdaToken = (step: string): string => `lambda.${step}.arn`;

/** What a machine can say of itself, besides its resources and its Lambdas. */
export const ownTokens: readonly string[] = [
  "machine.arn",
  "machine.executionsArn",
  "aws.partition",
  "aws.region",
  "aws.account",
];

/** The names of all tokens in the texts and the keys of a value. */
export function tokensIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "string") {
    // Few texts have one, and this is asked of all.
    if (value.includes("${")) for (const [, name = ""] of value.matchAll(tokenPattern)) found.add(name);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      tokensIn(key, found);
      tokensIn(each, found);
    }
  }
  return found;
}

/**
 * The inside of a JSON string in which nothing but these tokens reads as one: any other `${` is text, and is written so
 * that neither `render` nor the substitutions of other tools see it.
 */
export const withoutOthers = (json: string, tokens: ReadonlySet<string>): string =>
  json.replaceAll(dollarPattern, (written, name: string | undefined) =>
    name !== undefined && tokens.has(name) ? written : written.replace("$", String.raw`\u0024`),
  );

/**
 * The value with all tokens in its texts and keys replaced. Within expressions they stand in quotes, which no name and no
 * ARN has.
 * @throws Error that names each token for which there is no substitution
 */
export function render<T>(value: T, substitutions: Readonly<Record<string, string>>): T {
  const missing = new Set<string>();
  const rendered = (text: string): string =>
    text.replaceAll(tokenPattern, (written, name: string) => {
      const substitution = Object.hasOwn(substitutions, name) ? substitutions[name] : undefined;
      if (substitution === undefined) missing.add(written);
      return substitution ?? written;
    });
  const walk = (each: unknown): unknown => {
    if (typeof each === "string") return rendered(each);
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each === "object" && each !== null)
      return Object.fromEntries(Object.entries(each).map(([key, inner]) => [rendered(key), walk(inner)]));
    return each;
  };
  const result = walk(value) as T;
  if (missing.size > 0) throw new Error(`nothing stands for ${[...missing].join(", ")}`);
  return result;
}
