/**
 * What AWS adds to a resource once it exists (its ARN, id, URL, version), as one pure table by Pulumi type token. Whoever
 * plays AWS for the Pulumi program (the local run time's mocks, the engine suite's stand-in provider) takes it from here,
 * so the program sees the same values in both. A type that isn't in the table is an error, never a guess.
 */
import { createHash } from "node:crypto";

/** The account and the region that the resources pretend to live in. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The outputs that aren't inputs; `id` is the resource's provider id. Merge them over the inputs. */
export type ComputedOutputs = Readonly<Record<string, unknown>> & { readonly id: string };

interface Resource extends Place {
  /** The logical name; AWS's own name is an input. */
  readonly name: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the resource's last state was; undefined when it is created. */
  readonly prior: Readonly<Record<string, unknown>> | undefined;
}

/** An input that must be a text, e.g. the physical name: the program names everything itself. */
function text(resource: Resource, property: string): string {
  const value = resource.inputs[property];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(
    `${resource.type} "${resource.name}" has no text in its input "${property}" (found ${typeof value}). ` +
      "Its outputs follow from it, so set it in infra/.",
  );
}

const short = (...parts: unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);

const arnOf = ({ account, region }: Place, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** Published versions count up from 1, one for each update; the last one stands at the end of `property`. */
function nextVersion({ prior }: Resource, property: string): number {
  const last = prior?.[property];
  return typeof last === "string" ? Number(/\d+$/.exec(last)?.[0] ?? 0) + 1 : 1;
}

/** Parts of a bucket's configuration have the bucket's name as id and nothing else to add. */
const partOfBucket = (resource: Resource): ComputedOutputs => ({ id: text(resource, "bucket") });

function bucket(resource: Resource): ComputedOutputs {
  const id = text(resource, "bucket");
  return {
    id,
    arn: `arn:aws:s3:::${id}`,
    bucketDomainName: `${id}.s3.amazonaws.com`,
    bucketRegion: resource.region,
    bucketRegionalDomainName: `${id}.s3.${resource.region}.amazonaws.com`,
  };
}

function bucketObject(resource: Resource): ComputedOutputs {
  const key = text(resource, "key");
  return {
    id: `${text(resource, "bucket")}/${key}`,
    arn: `arn:aws:s3:::${text(resource, "bucket")}/${key}`,
    versionId: short(resource.inputs.bucket, key, resource.inputs.content),
  };
}

function role(resource: Resource): ComputedOutputs {
  const id = text(resource, "name");
  return {
    id,
    arn: `arn:aws:iam::${resource.account}:role/${id}`,
    uniqueId: `AROA${short(id).slice(0, 16).toUpperCase()}`,
  };
}

function lambdaFunction(resource: Resource): ComputedOutputs {
  const id = text(resource, "name");
  const arn = arnOf(resource, "lambda", `function:${id}`);
  const version = resource.inputs.publish === true ? String(nextVersion(resource, "version")) : "$LATEST";
  const invoke = (target: string): string =>
    `arn:aws:apigateway:${resource.region}:lambda:path/2015-03-31/functions/${target}/invocations`;
  return {
    id,
    arn,
    version,
    qualifiedArn: `${arn}:${version}`,
    invokeArn: invoke(arn),
    qualifiedInvokeArn: invoke(`${arn}:${version}`),
  };
}

function stateMachine(resource: Resource): ComputedOutputs {
  const arn = arnOf(resource, "states", `stateMachine:${text(resource, "name")}`);
  const version = nextVersion(resource, "stateMachineVersionArn");
  const published = resource.inputs.publish === true;
  return {
    id: arn,
    arn,
    status: "ACTIVE",
    revisionId: short(resource.inputs.definition),
    ...(published && { stateMachineVersionArn: `${arn}:${version}` }),
  };
}

/** An alias's ARN is the machine's, with the alias's name in the place of the version. */
function stateMachineAlias(resource: Resource): ComputedOutputs {
  const routing: unknown = resource.inputs.routingConfigurations;
  const first: unknown = Array.isArray(routing) ? routing[0] : undefined;
  const version: unknown =
    typeof first === "object" && first !== null ? Reflect.get(first, "stateMachineVersionArn") : undefined;
  if (typeof version !== "string") {
    throw new Error(
      `${resource.type} "${resource.name}" routes to no version: routingConfigurations[0].stateMachineVersionArn is missing.`,
    );
  }
  const arn = version.replace(/:\d+$/, `:${text(resource, "name")}`);
  return { id: arn, arn };
}

function topicSubscription(resource: Resource): ComputedOutputs {
  const arn = `${text(resource, "topic")}:${short(resource.inputs.protocol, resource.inputs.endpoint)}`;
  return { id: arn, arn, ownerId: resource.account, pendingConfirmation: resource.inputs.protocol === "email" };
}

function queue(resource: Resource): ComputedOutputs {
  const id = text(resource, "name");
  const url = `https://sqs.${resource.region}.amazonaws.com/${resource.account}/${id}`;
  return { id: url, arn: arnOf(resource, "sqs", id), url };
}

function eventSourceMapping(resource: Resource): ComputedOutputs {
  const uuid = short(resource.inputs.eventSourceArn, resource.inputs.functionName);
  return {
    id: uuid,
    uuid,
    arn: arnOf(resource, "lambda", `event-source-mapping:${uuid}`),
    functionArn: text(resource, "functionName"),
  };
}

/** `named("glue", "job/")` is the entry of a resource whose id is its name and whose ARN ends in `job/{name}`. */
const named =
  (service: string, prefix: string) =>
  (resource: Resource): ComputedOutputs => {
    const id = text(resource, "name");
    return { id, arn: arnOf(resource, service, `${prefix}${id}`) };
  };

const table: Readonly<Record<string, (resource: Resource) => ComputedOutputs>> = {
  "aws:athena/workgroup:Workgroup": named("athena", "workgroup/"),
  "aws:cloudwatch/eventRule:EventRule": named("events", "rule/"),
  "aws:cloudwatch/eventTarget:EventTarget": (it) => ({ id: `${text(it, "rule")}-${text(it, "targetId")}` }),
  "aws:cloudwatch/logGroup:LogGroup": named("logs", "log-group:"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": named("cloudwatch", "alarm:"),
  "aws:glue/catalogDatabase:CatalogDatabase": (it) => ({
    id: `${it.account}:${text(it, "name")}`,
    arn: arnOf(it, "glue", `database/${text(it, "name")}`),
    catalogId: it.account,
  }),
  "aws:glue/catalogTable:CatalogTable": (it) => ({
    id: `${it.account}:${text(it, "databaseName")}:${text(it, "name")}`,
    arn: arnOf(it, "glue", `table/${text(it, "databaseName")}/${text(it, "name")}`),
    catalogId: it.account,
  }),
  "aws:glue/crawler:Crawler": named("glue", "crawler/"),
  "aws:glue/job:Job": named("glue", "job/"),
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": (it) => ({ id: `${text(it, "role")}:${text(it, "name")}` }),
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMapping,
  "aws:lambda/function:Function": lambdaFunction,
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": partOfBucket,
  "aws:s3/bucketNotification:BucketNotification": partOfBucket,
  "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": partOfBucket,
  "aws:s3/bucketPolicy:BucketPolicy": partOfBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": partOfBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": partOfBucket,
  "aws:s3/bucketVersioning:BucketVersioning": partOfBucket,
  "aws:sfn/alias:Alias": stateMachineAlias,
  "aws:sfn/stateMachine:StateMachine": stateMachine,
  "aws:sns/topic:Topic": (it) => {
    const arn = arnOf(it, "sns", text(it, "name"));
    return { id: arn, arn, owner: it.account };
  },
  "aws:sns/topicPolicy:TopicPolicy": (it) => ({ id: text(it, "arn"), owner: it.account }),
  "aws:sns/topicSubscription:TopicSubscription": topicSubscription,
  "aws:sqs/queue:Queue": queue,
  "aws:sqs/queuePolicy:QueuePolicy": (it) => ({ id: text(it, "queueUrl") }),
};

/** The resource types that have an entry. */
export const knownTypes: readonly string[] = Object.keys(table);

/**
 * What AWS would add to a resource with these inputs.
 * @param prior the resource's last outputs, where it is updated: published versions count on from there
 * @throws Error naming the type, if it has no entry, or the input that an output would follow from
 */
export function computedOutputs(
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  place: Place,
  prior?: Readonly<Record<string, unknown>>,
): ComputedOutputs {
  const entry = table[type];
  if (entry === undefined) {
    throw new Error(
      `Resource "${name}" is of type ${type}, which has no entry in local/aws/outputs.ts. ` +
        "Add what AWS computes for it (at least its id) to the table there.",
    );
  }
  return entry({ account: place.account, region: place.region, type, name, inputs, prior });
}

/**
 * The answer to one of the program's data sources (`aws.getCallerIdentity()` …), by invoke token.
 * @throws Error naming the token, if it is unknown
 */
export function computedCall(token: string, place: Place): Readonly<Record<string, unknown>> {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        id: place.account,
        accountId: place.account,
        arn: `arn:aws:iam::${place.account}:root`,
        userId: place.account,
      };
    case "aws:index/getRegion:getRegion":
      return {
        id: place.region,
        region: place.region,
        name: place.region,
        endpoint: `ec2.${place.region}.amazonaws.com`,
      };
    case "aws:index/getPartition:getPartition":
      return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
    default:
      throw new Error(`The program calls ${token}, which has no answer in local/aws/outputs.ts. Add it there.`);
  }
}
