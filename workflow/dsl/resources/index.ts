/**
 * The resources that a workflow uses, as symbols: their names and ARNs stand in the compiled machine as tokens such as
 * `${jobs.orders.arn}`, which whoever deploys it renders. So compiling needs no account and gives the same bytes everywhere.
 */
import { lookup } from "../definition/lookup.ts";
import { mistake } from "../mistakes.ts";
import { token } from "../tokens.ts";

/** A resource before it has a place in the workflow's tree of resources. */
export interface ResourceKind<R> {
  readonly at: (path: string) => R;
}

interface Named {
  readonly name: string;
  readonly arn: string;
}
const named = (path: string): Named => ({ name: token(path, "name"), arn: token(path, "arn") });

export type GlueJob = Named & { readonly kind: "glue job" };
export type GlueCrawler = Named & { readonly kind: "glue crawler" };
export type AthenaWorkgroup = Named & { readonly kind: "athena workgroup" };
export interface GlueDatabase extends Named {
  readonly kind: "glue database";
  readonly catalogArn: string;
  /** The ARN of all its tables. */
  readonly tablesArn: string;
}
export interface SnsTopic {
  readonly kind: "sns topic";
  readonly arn: string;
}
export interface S3Bucket extends Named {
  readonly kind: "s3 bucket";
  /** The ARN of the objects whose keys match, `*` standing for anything. */
  objects(keys: string): string;
}

export type DynamoTable = Named & { readonly kind: "dynamodb table" };
export interface SqsQueue {
  readonly kind: "sqs queue";
  readonly arn: string;
  readonly url: string;
}
export type EventBus = Named & { readonly kind: "event bus" };
export type EcsCluster = Named & { readonly kind: "ecs cluster" };
export interface EcsTask {
  readonly kind: "ecs task";
  /** Of the task definition, with its revision. */
  readonly arn: string;
  /** The roles that ECS and the task's containers take on. */
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
}
export type BatchQueue = Named & { readonly kind: "batch queue" };
export type BatchJob = Named & { readonly kind: "batch job" };
export interface BedrockModel {
  readonly kind: "bedrock model";
  readonly id: string;
  readonly arn: string;
}
/** An EventBridge connection, which keeps the credentials of an HTTP endpoint. */
export interface HttpConnection {
  readonly kind: "http connection";
  readonly arn: string;
  readonly secretArn: string;
}
/** A function that is not part of the workflow. */
export type LambdaFunction = Named & { readonly kind: "lambda function" };
export interface Activity {
  readonly kind: "activity";
  readonly arn: string;
}
declare const machineType: unique symbol;
/** Another machine: `I` is what it takes, `O` what it yields. */
export interface StateMachine<in I, out O> {
  readonly kind: "state machine";
  readonly [machineType]?: (input: I) => O;
  readonly arn: string;
  /** The start of its executions' ARNs. */
  readonly executionsArn: string;
}

export const glueJob = (): ResourceKind<GlueJob> => ({ at: (path) => ({ kind: "glue job", ...named(path) }) });
export const glueCrawler = (): ResourceKind<GlueCrawler> => ({
  at: (path) => ({ kind: "glue crawler", ...named(path) }),
});
export const athenaWorkgroup = (): ResourceKind<AthenaWorkgroup> => ({
  at: (path) => ({ kind: "athena workgroup", ...named(path) }),
});
export const glueDatabase = (): ResourceKind<GlueDatabase> => ({
  at: (path) => ({
    kind: "glue database",
    ...named(path),
    catalogArn: token(path, "catalogArn"),
    tablesArn: token(path, "tablesArn"),
  }),
});
export const snsTopic = (): ResourceKind<SnsTopic> => ({
  at: (path) => ({ kind: "sns topic", arn: token(path, "arn") }),
});
export const s3Bucket = (): ResourceKind<S3Bucket> => ({
  at: (path) => ({ kind: "s3 bucket", ...named(path), objects: (keys) => `${token(path, "arn")}/${keys}` }),
});
export const sqsQueue = (): ResourceKind<SqsQueue> => ({
  at: (path) => ({ kind: "sqs queue", arn: token(path, "arn"), url: token(path, "url") }),
});
export const eventBus = (): ResourceKind<EventBus> => ({ at: (path) => ({ kind: "event bus", ...named(path) }) });
export const dynamoTable = (): ResourceKind<DynamoTable> => ({
  at: (path) => ({ kind: "dynamodb table", ...named(path) }),
});
export const ecsCluster = (): ResourceKind<EcsCluster> => ({ at: (path) => ({ kind: "ecs cluster", ...named(path) }) });
export const ecsTask = (): ResourceKind<EcsTask> => ({
  at: (path) => ({
    kind: "ecs task",
    arn: token(path, "arn"),
    executionRoleArn: token(path, "executionRoleArn"),
    taskRoleArn: token(path, "taskRoleArn"),
  }),
});
export const batchQueue = (): ResourceKind<BatchQueue> => ({ at: (path) => ({ kind: "batch queue", ...named(path) }) });
export const batchJob = (): ResourceKind<BatchJob> => ({ at: (path) => ({ kind: "batch job", ...named(path) }) });
export const bedrockModel = (): ResourceKind<BedrockModel> => ({
  at: (path) => ({ kind: "bedrock model", id: token(path, "id"), arn: token(path, "arn") }),
});
export const httpConnection = (): ResourceKind<HttpConnection> => ({
  at: (path) => ({ kind: "http connection", arn: token(path, "arn"), secretArn: token(path, "secretArn") }),
});
export const lambdaFunction = (): ResourceKind<LambdaFunction> => ({
  at: (path) => ({ kind: "lambda function", ...named(path) }),
});
export const activity = (): ResourceKind<Activity> => ({
  at: (path) => ({ kind: "activity", arn: token(path, "arn") }),
});
/** Another machine; with its workflow at hand, `stateMachine<InputOf<typeof child>, OutputOf<typeof child>>()`. */
export const stateMachine = <I, O>(): ResourceKind<StateMachine<I, O>> => ({
  at: (path) => ({ kind: "state machine", arn: token(path, "arn"), executionsArn: token(path, "executionsArn") }),
});

/** A tree of resources as a workflow declares it. */
export interface ResourceTree {
  readonly [name: string]: ResourceKind<unknown> | ResourceTree;
}

/** The tree with each resource in its place. */
export type Resources<T extends ResourceTree> = {
  readonly [K in keyof T]: T[K] extends ResourceKind<infer R> ? R : T[K] extends ResourceTree ? Resources<T[K]> : never;
};

/**
 * One of the resources that are declared under names known only as text.
 * @throws Error if none is declared under the name, and no workflow is being written that could tell of it
 */
export function resource<R>(resources: Readonly<Record<string, R>>, name: string): R {
  const found = lookup(resources, name);
  if (found !== undefined) return found;
  const [another] = Object.values(resources);
  const known = Object.keys(resources).join(", ") || "none";
  const error = new Error(`no resource "${name}" is declared: there is ${known}`);
  if (another === undefined) throw error;
  mistake("unknown-resource", error);
  return another;
}

const isKind = (value: ResourceKind<unknown> | ResourceTree): value is ResourceKind<unknown> =>
  typeof value.at === "function";

const place = (tree: ResourceTree, prefix: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [
      name,
      isKind(value) ? value.at(`${prefix}${name}`) : place(value, `${prefix}${name}.`),
    ]),
  );

/** The names of the resources in a tree, and of the trees within. */
export const namesIn = (tree: ResourceTree): string[] =>
  Object.entries(tree).flatMap(([name, value]) => [name, ...(isKind(value) ? [] : namesIn(value))]);

/** The resources of a tree, each in its place. */
export const placed = <R extends ResourceTree>(tree: R | undefined): Resources<R> =>
  place(tree ?? {}, "") as Resources<R>;
