/** Task's resources: the patterns of integration. */
import { GetObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import {
  activity,
  fetchHttp,
  glueJob,
  httpConnection,
  invoke,
  lambdaFunction,
  minutes,
  required,
  runActivity,
  runExecution,
  s3Bucket,
  sdk,
  sendMessage,
  sqsQueue,
  startExecution,
  startJobRun,
  stateMachine,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";
import { throws } from "./throws.ts";

const input = z.object({ id: z.string() });
const given = { id: "x" };
const field = "Task.Resource";

const inline = workflow("inline", { input }, (flow, run) =>
  flow.lambda("Measure", { id: run.id }, ({ id }) => id.length, { timeout: 10, memory: 128 }),
);
const requested = workflow("requested", { input, resources: { measure: lambdaFunction() } }, (flow, run, aws) =>
  flow.task("Measure", invoke(aws.measure, run.id, { answer: z.number() })),
);
const loaded = workflow("loaded", { input, resources: { job: glueJob() } }, (flow, run, aws) => {
  return flow.task("Load", startJobRun(aws.job, { id: run.id }), { timeout: minutes(5) }).JobRunState;
});
const child = { child: stateMachine<{ id: string }, { found: number }>() };
const ran = workflow("ran", { input, resources: child }, (flow, run, aws) => {
  const { found } = flow.task("Run", runExecution(aws.child, { id: run.id }));
  return found;
});
const started = workflow("started", { input, resources: child }, (flow, run, aws) => {
  return flow.task("Start", startExecution(aws.child, run, run.id)).ExecutionArn;
});
const waits = workflow("waits", { input, resources: { queue: sqsQueue() } }, (flow, run, aws) =>
  flow.callback("Ask", (token) => sendMessage(aws.queue, { token, id: run.id }), {
    answer: z.object({ approved: z.boolean() }),
  }),
);
const mailed = workflow("mailed", { input }, (flow, run) =>
  flow.lambdaCallback(
    "Mail",
    (token) => ({ token, id: run.id, execution: flow.context.Execution.Name }),
    ({ token }) => token.length,
    { answer: z.object({ approved: z.boolean() }), timeout: minutes(60) },
  ),
);
const worked = workflow("worked", { input, resources: { desk: activity() } }, (flow, run, aws) =>
  flow.task("Work", runActivity(aws.desk, { id: run.id }, { answer: z.string() }), { heartbeat: 30 }),
);
const read = workflow("read", { input, resources: { data: s3Bucket() } }, (flow, run, aws) => {
  const { ETag } = flow.task(
    "Read",
    sdk(GetObjectCommand, { Bucket: aws.data.name, Key: run.id }, aws.data.objects("*")),
  );
  return { ETag: required(ETag) };
});
const fetched = workflow("fetched", { input, resources: { api: httpConnection() } }, (flow, run, aws) =>
  flow
    .try("Politely", (flow) => {
      const url = "https://api.example.com/orders";
      return flow.task(
        "Fetch",
        fetchHttp(aws.api, { method: "GET", url, query: { id: run.id } }, { answer: z.object({ total: z.number() }) }),
      ).ResponseBody.total;
    })
    .catch(["States.Http.StatusCode.404"], () => "none"),
);

export const serviceRows: readonly Row[] = [
  {
    field,
    of: "a Lambda of the workflow",
    here: "`flow.lambda(name, payload, handler, { timeout, memory, permissions, input, output, retry })`, where `input` and `output` are schemas that check what goes in and out; its Lambda is bundled, its type is what the handler returns",
    program: inline,
    values: ["arn:aws:states:::lambda:invoke"],
    cases: [{ given: { input: given, tasks: { Measure: () => ({ Payload: 1 }) } }, ends: { output: 1 } }],
  },
  {
    field,
    of: "request and response",
    here: "`flow.task(name, call, { timeout, retry, credentials })`, where a call is data: see the rows of the services",
    program: requested,
    values: ["arn:aws:states:::lambda:invoke"],
    cases: [{ given: { input: given, tasks: { Measure: () => ({ Payload: 1 }) } }, ends: { output: 1 } }],
  },
  {
    field,
    of: "`.sync`, a job to its end",
    here: "in the resource of the calls that run jobs, such as `startJobRun(job, arguments)`: a failed job fails the step",
    program: loaded,
    values: ["arn:aws:states:::glue:startJobRun.sync"],
    cases: [
      {
        given: { input: given, tasks: { Load: () => ({ Id: "jr", JobRunState: "SUCCEEDED" }) } },
        ends: { output: "SUCCEEDED" },
      },
      {
        given: {
          input: given,
          tasks: {
            Load: throws("States.TaskFailed", "out of memory"),
          },
        },
        ends: { error: "States.TaskFailed", cause: "out of memory" },
      },
    ],
  },
  {
    field,
    of: "`.sync:2`, a nested execution",
    here: "`runExecution(machine, input, name?)` yields its output; `stateMachine<I, O>()` says what it takes and yields",
    program: ran,
    values: ["arn:aws:states:::states:startExecution.sync:2"],
    cases: [{ given: { input: given, tasks: { Run: () => ({ Output: { found: 2 } }) } }, ends: { output: 2 } }],
  },
  {
    field,
    of: "an execution that goes on by itself",
    here: "`startExecution(machine, input, name?)`",
    program: started,
    values: ["arn:aws:states:::states:startExecution"],
    cases: [{ given: { input: given, tasks: { Start: () => ({ ExecutionArn: "arn" }) } }, ends: { output: "arn" } }],
  },
  {
    field,
    of: "`.waitForTaskToken`",
    here: "`flow.callback(name, (token) => call, { answer: schema, timeout, heartbeat })`, over each call that can carry a token",
    program: waits,
    values: ["arn:aws:states:::sqs:sendMessage.waitForTaskToken"],
    cases: [
      { given: { input: given, tasks: { Ask: () => ({ approved: true }) } }, ends: { output: { approved: true } } },
    ],
  },
  {
    field,
    of: "`.waitForTaskToken`, a Lambda of the workflow",
    here: "`flow.lambdaCallback(name, (token) => payload, handler, { answer: schema, timeout, heartbeat, lambdaTimeout })`: the handler passes the token on, by mail say",
    program: mailed,
    values: ["arn:aws:states:::lambda:invoke.waitForTaskToken"],
    cases: [
      { given: { input: given, tasks: { Mail: () => ({ approved: true }) } }, ends: { output: { approved: true } } },
    ],
  },
  {
    field,
    of: "an activity",
    here: "`runActivity(activity, input, { answer: schema })`; its workers poll for the work",
    program: worked,
    values: ["${desk.arn}"],
    cases: [{ given: { input: given, tasks: { Work: () => "done" } }, ends: { output: "done" } }],
  },
  {
    field,
    of: "any AWS API",
    here: "`sdk(Command, input, …arns)` with a command of the AWS SDK v3: DynamoDB, S3 and all others, typed by it, and allowed on the ARNs",
    program: read,
    values: ["arn:aws:states:::aws-sdk:s3:getObject"],
    cases: [{ given: { input: given, tasks: { Read: () => ({ ETag: '"e"' }) } }, ends: { output: { ETag: '"e"' } } }],
  },
  {
    field,
    of: "an HTTPS API",
    here: "`fetchHttp(connection, { method, url, headers, query, body, encoding }, { answer: schema })`",
    program: fetched,
    values: ["arn:aws:states:::http:invoke"],
    cases: [
      { given: { input: given, tasks: { Fetch: () => ({ ResponseBody: { total: 7 } }) } }, ends: { output: 7 } },
      {
        given: {
          input: given,
          tasks: {
            Fetch: throws("States.Http.StatusCode.404", "no such order"),
          },
        },
        ends: { output: "none" },
      },
    ],
  },
];
