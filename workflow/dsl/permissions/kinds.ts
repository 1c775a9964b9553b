/** What the tokens of a workflow's resources stand for, as far as IAM's types of resources go: ARNs of a made-up account. */
import { tokensIn } from "../tokens.ts";

const regional = (service: string, resource: string): string => `arn:aws:${service}:region:account:${resource}`;

const role = "arn:aws:iam::account:role/name";

/** The resource's kind → the attribute → an ARN like those that will stand in the token's place. */
const arnsByKind: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  activity: { arn: regional("states", "activity:name") },
  "athena workgroup": { arn: regional("athena", "workgroup/name") },
  "batch job": { arn: regional("batch", "job-definition/name:1") },
  "batch queue": { arn: regional("batch", "job-queue/name") },
  "dynamodb table": { arn: regional("dynamodb", "table/name") },
  "ecs cluster": { arn: regional("ecs", "cluster/name") },
  "ecs task": { arn: regional("ecs", "task-definition/name:1"), executionRoleArn: role, taskRoleArn: role },
  "event bus": { arn: regional("events", "event-bus/name") },
  "glue crawler": { arn: regional("glue", "crawler/name") },
  "glue database": {
    arn: regional("glue", "database/name"),
    catalogArn: regional("glue", "catalog"),
    tablesArn: regional("glue", "table/name/*"),
  },
  "glue job": { arn: regional("glue", "job/name") },
  "http connection": {
    arn: regional("events", "connection/name/id"),
    secretArn: regional("secretsmanager", "secret:name"),
  },
  "lambda function": { arn: regional("lambda", "function:name") },
  "s3 bucket": { arn: "arn:aws:s3:::name" },
  "sns topic": { arn: regional("sns", "name") },
  "sqs queue": { arn: regional("sqs", "name") },
  "state machine": {
    arn: regional("states", "stateMachine:name"),
    executionsArn: regional("states", "execution:name"),
  },
};

/** Tokens that every machine has. */
const machineArns: readonly (readonly [string, string])[] = [
  ["machine.arn", regional("states", "stateMachine:name")],
  ["machine.executionsArn", regional("states", "execution:name")],
];

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function arnsIn(placed: unknown): (readonly [string, string])[] {
  if (!isTree(placed)) return [];
  const { kind } = placed;
  const arns = typeof kind === "string" ? arnsByKind[kind] : undefined;
  return Object.entries(placed).flatMap(([key, value]) => {
    const arn = arns?.[key];
    const [name] = typeof value === "string" ? tokensIn(value) : [];
    return arn !== undefined && name !== undefined ? [[name, arn] as const] : arnsIn(value);
  });
}

/** Token → an ARN like those that it stands for, of a workflow's placed resources (`aws` in its program). */
export const tokenArns = (placed: unknown): ReadonlyMap<string, string> => new Map([...machineArns, ...arnsIn(placed)]);

/** A token, or a variable of IAM's own. */
const variable = /\$\{([^}]*)\}/g;

/**
 * A resource with ARNs in place of its tokens; undefined where it begins with a token of which nothing is known, so that
 * nothing can be said of its type.
 */
export function withoutTokens(resource: string, arns: ReadonlyMap<string, string>): string | undefined {
  const arnOf = (name: string): string | undefined =>
    arns.get(name) ?? (/^lambda\..*\.arn$/.test(name) ? regional("lambda", "function:name") : undefined);
  const [first] = resource.matchAll(variable);
  if (first?.index === 0 && arnOf(first[1] ?? "") === undefined) return undefined;
  return resource.replace(variable, (_, name: string) => arnOf(name) ?? "*");
}
