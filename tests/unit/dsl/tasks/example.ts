/** A workflow with Tasks of each kind, whose types the tests read and whose mocks they run. */
import { PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as z from "zod";
import {
  athenaWorkgroup,
  batchJob,
  batchQueue,
  type Call,
  dynamoTable,
  ecsCluster,
  ecsTask,
  eventBus,
  fetchHttp,
  type Flow,
  glueDatabase,
  glueJob,
  httpConnection,
  invoke,
  lambdaFunction,
  publish,
  putEvent,
  type Ref,
  runExecution,
  runTask,
  s3Bucket,
  sdk,
  sendMessage,
  snsTopic,
  split,
  sqsQueue,
  startJobRun,
  stateMachine,
  submitJob,
  text,
  updateItem,
  workflow,
} from "../../../../workflow/dsl/index.ts";

interface Tree {
  readonly name: string;
  readonly left?: Tree | null;
}

const input = z.object({ day: z.string(), count: z.number(), tree: z.custom<Tree>() });
const datasets: readonly string[] = ["orders", "items"];
const kinds = ["good", "bad"] as const;

const resources = {
  data: s3Bucket(),
  job: glueJob(),
  topic: snsTopic(),
  workgroup: athenaWorkgroup(),
  database: glueDatabase(),
  site: httpConnection(),
  lambda: lambdaFunction(),
  child: stateMachine<{ day: string }, { rows: number }>(),
  queue: sqsQueue(),
  bus: eventBus(),
  table: dynamoTable(),
  cluster: ecsCluster(),
  container: ecsTask(),
  jobs: batchQueue(),
  batch: batchJob(),
};

/** A helper that is given its step's name, and one whose type is its caller's. */
const told = (flow: Flow, name: string, call: Call<{ MessageId: string }>): Ref<string> =>
  flow.task(name, call).MessageId;
const toldTyped = (flow: Flow, name: string, call: ReturnType<typeof publish>): Ref<string> =>
  flow.task(name, call).MessageId;
const fetched = <T extends { readonly id: string }>(flow: Flow, name: string, call: Call<T>): Ref<T> =>
  flow.task(`Fetch${name}`, call);

export const example = workflow("the-example", { input, resources }, (flow, run, aws) => {
  const sifted = flow.lambda(
    "Sift",
    { day: run.day, mode: "soft", tree: run.tree, pair: [run.count, "a"] },
    ({ day, mode, pair: [count] }) => ({
      kept: [day],
      mode,
      count: count > 1 ? count : null,
      ...(count > 2 ? { extra: { "a b": true } } : {}),
    }),
  );
  flow.lambda("Parse", { day: run.day }, ({ day }) => void day.getTime(), {
    input: z.object({ day: z.coerce.date<string>() }),
  });
  for (const name of datasets) {
    flow.task(`Load_${name}`, startJobRun(aws.job, { day: run.day, target: text`s3://b/${run.day}` }));
  }
  for (const kind of kinds) flow.task(`Tell_${kind}`, publish(aws.topic, { message: kind }));
  told(flow, "TellAll", publish(aws.topic, { message: run.day }));
  toldTyped(flow, "TellKnown", publish(aws.topic, { message: run.day, subject: run.day }));
  fetched(flow, "Rate", invoke(aws.lambda, {}, { answer: z.object({ id: z.string(), rate: z.number() }) }));
  flow.task(
    "Site",
    fetchHttp(aws.site, { method: "GET", url: "https://example.com" }, { answer: z.object({ id: z.string() }) }),
  );
  const rows = flow.athena("Query", text`SELECT ${run.day}`, {
    workgroup: aws.workgroup,
    database: aws.database,
    columns: ["day", "row count"],
    reads: [{ bucket: aws.data, prefix: "tables" }],
    results: { bucket: aws.data, prefix: "results" },
  });
  const approved = flow.callback("Ask: now?", (token) => publish(aws.topic, { message: text`${run.day} ${token}` }), {
    answer: z.object({ by: z.string().optional(), ok: z.boolean() }),
  });
  const checked = flow.lambdaCallback(
    "Check",
    (token) => ({ day: run.day, token }),
    ({ token }) => token,
    {
      answer: z.object({ fine: z.boolean() }),
    },
  );
  const child = flow.task("Child", runExecution(aws.child, { day: run.day }));
  const other = flow.task(
    "Other",
    invoke(aws.lambda, { day: run.day }, { answer: z.array(z.object({ n: z.number() })) }),
  );
  // What their Arguments are is read from the types of their calls.
  flow.task("Send", sendMessage(aws.queue, { day: run.day, trees: [run.tree] }));
  flow.task("Emit", putEvent(aws.bus, { source: "shop", type: run.day, detail: { n: run.count } }));
  const logEvents = [
    { Timestamp: run.count, Message: run.day },
    { Timestamp: 1, Message: "one" },
  ];
  const stream = { LogGroupName: "/shop", LogStreamName: run.day };
  flow.task("Log", sdk(PutLogEventsCommand, { ...stream, LogEvents: logEvents }, "arn:aws:logs:*:1:log-group:/shop:*"));
  const added = {
    UpdateExpression: "ADD amount :amount",
    ExpressionAttributeValues: { ":amount": { N: run.day }, ":tags": { L: [{ S: run.day }] } },
  };
  flow.task("Count", updateItem(aws.table, { day: { S: run.day } }, added));
  const containers = [{ name: "main", command: split(run.day, "-"), environment: { DAY: run.day } }];
  flow.task("Contain", runTask(aws.cluster, aws.container, { containers }));
  flow.task("Batch", submitJob(aws.jobs, aws.batch, { name: run.day, size: run.count, parameters: { day: run.day } }));
  return { sifted, rows, approved, checked, child, other };
});

/** Its step's call is none of a method, so the file doesn't tell where it is. */
export const unreadable = workflow("unreadable", { input }, (flow) => {
  const lambda: Flow["lambda"] = flow.lambda.bind(flow);
  lambda("Loose", {}, () => 1);
});
