/** Task's resources: the services that have calls of their own. */
import * as z from "zod";
import {
  athenaWorkgroup,
  batchJob,
  batchQueue,
  bedrockModel,
  type Call,
  ecsCluster,
  ecsTask,
  eventBus,
  glueDatabase,
  invokeModel,
  minutes,
  publish,
  putEvent,
  type Ref,
  type Resources,
  runTask,
  s3Bucket,
  sendMessage,
  snsTopic,
  sqsQueue,
  startTask,
  submitJob,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";

const input = z.object({ id: z.string() });
const given = { id: "x" };
const resources = {
  data: s3Bucket(),
  group: athenaWorkgroup(),
  database: glueDatabase(),
  topic: snsTopic(),
  queue: sqsQueue(),
  bus: eventBus(),
  cluster: ecsCluster(),
  container: ecsTask(),
  jobs: batchQueue(),
  batch: batchJob(),
  model: bedrockModel(),
};

/** A row of a service: its call alone is the program, which yields what the service answers. */
function row(
  of: string,
  here: string,
  resource: string,
  call: (run: Ref<z.infer<typeof input>>, aws: Resources<typeof resources>) => Call<unknown>,
  answer: Readonly<Record<string, string | number | object>>,
): Row {
  return {
    field: "Task.Resource",
    of,
    here,
    program: workflow("program", { input, resources }, (flow, run, aws) =>
      flow.task("Ask", call(run, aws), { timeout: minutes(5) }),
    ),
    values: [`arn:aws:states:::${resource}`],
    cases: [{ given: { input: given, tasks: { Ask: () => answer } }, ends: { status: "SUCCEEDED" } }],
  };
}

const queried = workflow("queried", { input, resources }, (flow, _, aws) =>
  flow.athena("Ask", "SELECT day, total FROM days", {
    workgroup: aws.group,
    database: aws.database,
    columns: ["day", "total"],
    reads: [{ bucket: aws.data, prefix: "tables" }],
    results: { bucket: aws.data, prefix: "results" },
    timeout: minutes(5),
  }),
);
const rows = [
  ["day", "total"],
  ["d1", "7"],
].map((cells) => ({ Data: cells.map((VarCharValue) => ({ VarCharValue })) }));

const answered = workflow("answered", { input, resources }, (flow, run, aws) =>
  flow.callback(
    "Ask",
    (token) =>
      startTask(aws.cluster, aws.container, {
        launchType: "FARGATE",
        containers: [{ name: "main", environment: { TOKEN: token, ID: run.id } }],
      }),
    { answer: z.object({ lines: z.number() }), timeout: minutes(5) },
  ),
);

export const integrationRows: readonly Row[] = [
  {
    field: "Task.Resource",
    of: "Athena",
    here: "`flow.athena(name, sql, { workgroup, database, columns, reads, results })`: rows by column, as text; up to 999 of them",
    program: queried,
    values: ["arn:aws:states:::athena:startQueryExecution.sync", "arn:aws:states:::athena:getQueryResults"],
    cases: [
      {
        given: {
          input: given,
          tasks: {
            Ask: () => ({ QueryExecution: { QueryExecutionId: "q" } }),
            AskRows: () => ({ ResultSet: { Rows: rows } }),
          },
        },
        ends: { output: [{ day: "d1", total: "7" }] },
      },
    ],
  },
  row(
    "SNS",
    "`publish(topic, { subject, message })`",
    "sns:publish",
    (run, aws) => publish(aws.topic, { subject: "New", message: run.id }),
    { MessageId: "m" },
  ),
  row(
    "SQS",
    "`sendMessage(queue, body, { group, deduplication })`",
    "sqs:sendMessage",
    (run, aws) => sendMessage(aws.queue, { id: run.id }, { group: run.id }),
    { MessageId: "m" },
  ),
  row(
    "EventBridge",
    "`putEvent(bus, { source, type, detail })`",
    "events:putEvents",
    (run, aws) => putEvent(aws.bus, { source: "orders", type: "New", detail: { id: run.id } }),
    { Entries: [{ EventId: "e" }] },
  ),
  row(
    "ECS",
    "`runTask(cluster, task, { launchType, subnets, securityGroups, containers })`, run to its end",
    "ecs:runTask.sync",
    (run, aws) =>
      runTask(aws.cluster, aws.container, {
        launchType: "FARGATE",
        subnets: ["subnet-1"],
        containers: [{ name: "main", command: ["load", run.id] }],
      }),
    { TaskArn: "arn", Containers: [{ Name: "main", ExitCode: 0 }] },
  ),
  {
    field: "Task.Resource",
    of: "ECS, with a token",
    here: "`startTask(cluster, task, { containers })` in a callback",
    program: answered,
    values: ["arn:aws:states:::ecs:runTask.waitForTaskToken"],
    cases: [{ given: { input: given, tasks: { Ask: () => ({ lines: 3 }) } }, ends: { output: { lines: 3 } } }],
  },
  row(
    "Batch",
    "`submitJob(queue, job, { name, parameters, environment, size })`, run to its end",
    "batch:submitJob.sync",
    (run, aws) => submitJob(aws.jobs, aws.batch, { name: run.id, environment: { ID: run.id }, size: 2 }),
    { JobId: "j", JobName: "x", Status: "SUCCEEDED" },
  ),
  row(
    "Bedrock",
    "`invokeModel(model, body, { answer: schema })`",
    "bedrock:invokeModel",
    (run, aws) => invokeModel(aws.model, { prompt: run.id }, { answer: z.object({ text: z.string() }) }),
    { Body: { text: "hello" } },
  ),
];
