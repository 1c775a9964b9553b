/**
 * Writes data by a Glue job, has a crawler list it, queries it by Athena, and sends what was found.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-query-large-datasets.html
 */
import { GetCrawlerCommand, StartCrawlerCommand } from "@aws-sdk/client-glue";
import * as z from "zod";
import {
  athenaWorkgroup,
  eq,
  glueCrawler,
  glueDatabase,
  glueJob,
  gt,
  hours,
  length,
  minutes,
  publish,
  s3Bucket,
  sdk,
  seconds,
  snsTopic,
  startJobRun,
  text,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "query_large_datasets",
  {
    input: z.object({ day: z.string() }),
    resources: {
      load: glueJob(),
      crawler: glueCrawler(),
      workgroup: athenaWorkgroup(),
      database: glueDatabase(),
      data: s3Bucket(),
      topic: snsTopic(),
    },
  },
  (flow, { day }, aws) => {
    flow.task("Load", startJobRun(aws.load, { day, target: text`s3://${aws.data.name}/logs` }), { timeout: hours(1) });
    const crawler = { Name: aws.crawler.name };
    flow.task("StartCrawler", sdk(StartCrawlerCommand, crawler, aws.crawler.arn));
    flow.poll(
      "Crawl",
      { every: seconds(20), atMost: 30 },
      (flow) => flow.task("GetCrawler", sdk(GetCrawlerCommand, crawler, aws.crawler.arn)),
      (answer) => eq(answer.Crawler.State, "READY"),
    );
    const rows = flow.athena("Query", text`SELECT status, count(*) FROM logs WHERE day = DATE '${day}' GROUP BY 1`, {
      workgroup: aws.workgroup,
      database: aws.database,
      columns: ["status", "requests"],
      timeout: minutes(10),
      reads: [{ bucket: aws.data, prefix: "logs" }],
      results: { bucket: aws.data, prefix: "results" },
    });
    flow.if("Any", gt(length(rows), 0), (flow) => {
      const lines = flow.lambda("Lines", { rows }, ({ rows: all }) =>
        all.map(({ status, requests }) => `${status}: ${requests}`).join("\n"),
      );
      flow.task("SendResult", publish(aws.topic, { subject: text`Requests of ${day}`, message: lines }));
    });
    return rows;
  },
);

const row = (...values: string[]): object => ({ Data: values.map((VarCharValue) => ({ VarCharValue })) });
const crawled = {
  Load: { Id: "jr", JobRunState: "SUCCEEDED" },
  StartCrawler: {},
  GetCrawler: [{ Crawler: { State: "RUNNING" } }, { Crawler: { State: "STOPPING" } }, { Crawler: { State: "READY" } }],
  Query: { QueryExecution: { QueryExecutionId: "q" } },
};

export const queryLargeDatasets = example(machine, {
  "sends what the query found": {
    input: { day: "2025-04-01" },
    tasks: {
      ...crawled,
      QueryRows: { ResultSet: { Rows: [row("status", "requests"), row("200", "17"), row("404", "1")] } },
      SendResult: { MessageId: "m" },
    },
    output: [
      { status: "200", requests: "17" },
      { status: "404", requests: "1" },
    ],
    seconds: 40,
    asked: {
      SendResult: [{ TopicArn: "${topic.arn}", Subject: "Requests of 2025-04-01", Message: "200: 17\n404: 1" }],
    },
  },
  "sends nothing where nothing was found": {
    input: { day: "2025-04-01" },
    tasks: { ...crawled, QueryRows: { ResultSet: { Rows: [row("status", "requests")] } } },
    output: [],
    states: ["Load", "StartCrawler", "Crawl", "GetCrawler", "GetCrawler", "GetCrawler", "Query", "QueryRows", "Any"],
  },
  "fails with the job": {
    input: { day: "2025-04-01" },
    tasks: { Load: new TaskError("States.TaskFailed", "out of memory") },
    error: "States.TaskFailed",
    states: ["Load"],
  },
});
