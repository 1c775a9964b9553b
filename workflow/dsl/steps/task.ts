/** Steps that ask a service for something. */
import type * as z from "zod";
import type { Call, TaskToken } from "../calls/call.ts";
import { covers } from "../definition/validate/errors.ts";
import type { Scope } from "../expression.ts";
import type { Flow } from "../flow.ts";
import { callbackOf, retriesOf } from "../given.ts";
import type { AthenaOptions, Schema, TaskOptions } from "../options.ts";
import type { Ref } from "../ref.ts";
import type { AthenaWorkgroup, GlueDatabase } from "../resources/index.ts";
import { referenceTo } from "../reference.ts";
import { allow, type Statement } from "../statement.ts";
import { lambdaToken, token } from "../tokens.ts";
import type { Retry, TaskNode } from "../tree.ts";
import type { Mark, Writer } from "../writer.ts";

/** What the DSL's own kinds of steps add to the options. */
interface Known extends TaskOptions {
  /** What the step yields, where something says so. */
  readonly schema?: Schema;
  readonly rows?: TaskNode["rows"];
}

/** Adds a Task. `T` is what the call says that it yields. */
function add<T>(writer: Writer, at: Mark, call: Call<T>, options: Known = {}, scope?: Scope): Ref<T> {
  const { retry, timeout, heartbeat, credentials, schema, rows, comment, accept } = options;
  const result = writer.binding(at);
  // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html
  const role = typeof credentials === "string" ? [allow(["sts:AssumeRole"], credentials)] : [];
  writer.add({
    kind: "task",
    ...at,
    resource: call.resource,
    arguments: call.arguments,
    yields: call.yields ?? "$states.result",
    rows,
    permissions: [...call.permissions, ...role],
    retry: retriesOf(retry),
    timeout,
    heartbeat,
    credentials,
    comment,
    accept,
    result,
    schema: schema ?? call.schema,
    scope: scope ?? writer.scope,
  });
  return referenceTo(result);
}

export const task =
  (writer: Writer): Flow["task"] =>
  (name, call, options) =>
    add(writer, writer.mark(name), call, options);

/** The token exists only in the Arguments of its own state, hence a scope of its own. */
function tokenOf<A>(writer: Writer, at: Mark): { readonly token: Ref<TaskToken<A>>; readonly scope: Scope } {
  const scope = writer.inner();
  return { token: referenceTo({ state: at.name, site: at.site, text: "$states.context.Task.Token", scope }), scope };
}

export const callback =
  (writer: Writer): Flow["callback"] =>
  (name, ask, options) => {
    const at = writer.mark(name);
    const { token, scope } = tokenOf<z.input<typeof options.answer>>(writer, at);
    const call = ask(token);
    const { arguments: args, permissions } = call;
    return add(
      writer,
      at,
      { resource: callbackOf(call), arguments: args, permissions },
      { ...options, schema: options.answer },
      scope,
    );
  };

/** What AWS asks clients of Lambda to retry: https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception */
const passingLambdaErrors: Retry = {
  errors: [
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
  ],
  interval: 2,
  maxAttempts: 6,
};

/** The task waits a little longer than the function runs, so that a function's own timeout is what is seen. */
const grace = 5;

/** Whether something can take so many seconds: what can't is told of as the function's own. */
const isLasting = (timeout: number): boolean => Number.isFinite(timeout) && timeout > 0;

/** Retries of a Lambda's step: of what its own say nothing of, and before one of any error, which has to be the last. */
function withPassing(retry: readonly Retry[]): readonly Retry[] {
  const named = retry.flatMap(({ errors }) => errors);
  const left = passingLambdaErrors.errors.filter((error) => !named.some((each) => covers(each, error)));
  if (left.length === 0) return retry;
  const end = retry.at(-1)?.errors.includes("States.ALL") === true ? retry.length - 1 : retry.length;
  return [...retry.slice(0, end), { ...passingLambdaErrors, errors: left }, ...retry.slice(end)];
}

/** The call of a function that is part of the workflow. */
const invocation = (name: string, payload: unknown): Pick<Call<never>, "arguments" | "permissions"> => {
  const arn = token(lambdaToken(name));
  return {
    arguments: { FunctionName: arn, Payload: payload },
    permissions: [allow(["lambda:InvokeFunction"], arn)],
  };
};

export const lambda =
  (writer: Writer): Flow["lambda"] =>
  (name, payload, handler, options = {}) => {
    const at = writer.mark(name);
    const { retry, timeout = 60, memory = 512, permissions = [], input, output, ...rest } = options;
    writer.bench.lambdas.push({ ...at, handler, input, output, timeout, memory, permissions, accept: rest.accept });
    return add(
      writer,
      at,
      {
        resource: "arn:aws:states:::lambda:invoke",
        yields: "$states.result.Payload",
        ...invocation(at.name, payload),
      },
      {
        retry: withPassing(retriesOf(retry)),
        timeout: (isLasting(timeout) ? timeout : 0) + grace,
        schema: output,
        ...rest,
      },
    );
  };

export const lambdaCallback =
  (writer: Writer): Flow["lambdaCallback"] =>
  (name, payload, handler, options) => {
    const at = writer.mark(name);
    const { lambdaTimeout = 60, memory = 512, permissions = [], ...rest } = options;
    writer.bench.lambdas.push({ ...at, handler, timeout: lambdaTimeout, memory, permissions, accept: rest.accept });
    const { token, scope } = tokenOf<z.input<typeof options.answer>>(writer, at);
    return add(
      writer,
      at,
      { resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", ...invocation(at.name, payload(token)) },
      // Nothing is tried again by itself here: a second mail would be a second question.
      { schema: options.answer, ...rest },
      scope,
    );
  };

/**
 * What a query needs of S3: https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html. Step Functions' own page has
 * all buckets here, and `s3:CreateBucket` and `s3:ListBucketMultipartUploads`, which a query with a bucket for its results
 * doesn't need.
 */
const s3Permissions = ({ reads, results }: Pick<AthenaOptions<string>, "reads" | "results">): Statement[] => [
  allow(["s3:GetBucketLocation", "s3:ListBucket"], ...new Set([...reads, results].map(({ bucket }) => bucket.arn))),
  allow(["s3:GetObject"], ...reads.map(({ bucket, prefix }) => bucket.objects(`${prefix}/*`))),
  allow(
    ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
    results.bucket.objects(`${results.prefix}/*`),
  ),
];

/**
 * What a query needs of Athena and of the account's own catalog, for SELECT alone. The page also has all that DDL needs, and
 * `lakeformation:GetDataAccess`, for tables that Lake Formation governs: neither is allowed here.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html#athena-iam,
 * https://docs.aws.amazon.com/athena/latest/ug/datacatalogs-example-policies.html
 */
const queryPermissions = (workgroup: AthenaWorkgroup, database: GlueDatabase): Statement[] => [
  allow(["athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"], workgroup.arn),
  allow(
    ["athena:GetDataCatalog"],
    "arn:${aws.partition}:athena:${aws.region}:${aws.account}:datacatalog/AwsDataCatalog",
  ),
  allow(
    [
      "glue:GetDatabase",
      "glue:GetTable",
      "glue:GetTables",
      "glue:GetPartition",
      "glue:GetPartitions",
      "glue:BatchGetPartition",
    ],
    database.catalogArn,
    database.arn,
    database.tablesArn,
  ),
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html */
export const athena =
  (writer: Writer): Flow["athena"] =>
  (name, sql, options) => {
    const at = writer.mark(name);
    const { workgroup, database, columns, reads, results, ...rest } = options;
    const query: Ref<string> = add(
      writer,
      at,
      {
        resource: "arn:aws:states:::athena:startQueryExecution.sync",
        arguments: { QueryString: sql, WorkGroup: workgroup.name, QueryExecutionContext: { Database: database.name } },
        yields: "$states.result.QueryExecution.QueryExecutionId",
        permissions: [...queryPermissions(workgroup, database), ...s3Permissions({ reads, results })],
      },
      rest,
    );
    const members = columns
      .map((column, index) => `${JSON.stringify(column)}: $row.Data[${index}].VarCharValue`)
      .join(", ");
    return add(
      writer,
      { ...at, name: `${at.name}Rows` },
      {
        resource: "arn:aws:states:::athena:getQueryResults",
        arguments: { QueryExecutionId: query },
        // The first row is the header; a single row must stay an array.
        yields: `[$map($states.result.ResultSet.Rows[[1..1000]], function($row) { {${members}} })]`,
        permissions: [allow(["athena:GetQueryResults"], workgroup.arn)],
      },
      { rows: { of: at.name, columns } },
    );
  };
