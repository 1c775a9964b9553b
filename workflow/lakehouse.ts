/**
 * The lakehouse's state machine. It reads from top to bottom as a batch of files passes through it: markers, waves of
 * loads, account, catalog, checks, settlement. Whatever fails leaves the files untouched in the raw zone, is recorded,
 * and alerts once.
 */
import { CrawlerRunningException, GetCrawlerCommand, StartCrawlerCommand } from "@aws-sdk/client-glue";
import * as z from "zod";
import { checkColumns, datasets, lineage, loadOrder, type Contract } from "../datasets/index.ts";
import { accountRun, type Load } from "../functions/account_run.ts";
import { archiveAndMark } from "../functions/archive_and_mark.ts";
import { checkMarkers } from "../functions/check_markers.ts";
import { compareTables, failLoads } from "../functions/verdicts.ts";
import { recordFailure } from "../functions/record_failure.ts";
import type { Settlement } from "../functions/run.ts";
import {
  allow,
  and,
  AnyError,
  athenaWorkgroup,
  eq,
  errorName,
  glueCrawler,
  glueDatabase,
  glueJob,
  gt,
  hours,
  jsonItems,
  length,
  member,
  minutes,
  ne,
  publish,
  resource,
  s3Bucket,
  sdk,
  seconds,
  snsTopic,
  startJobRun,
  text,
  workflow,
  type Flow,
  type Ref,
} from "./dsl/index.ts";

/** What the dispatcher starts the machine with. */
const batch = z.object({
  batch: z.string(),
  /** The key of `runs/{batch}/manifest.json` in the processed bucket. */
  manifest: z.string(),
});

const resources = {
  jobs: Object.fromEntries(datasets.map(({ name }) => [name, glueJob()])),
  crawler: glueCrawler(),
  database: glueDatabase(),
  workgroup: athenaWorkgroup(),
  alerts: snsTopic(),
  raw: s3Bucket(),
  processed: s3Bucket(),
  archive: s3Bucket(),
  results: s3Bucket(),
};

/** A job that waits for capacity or is throttled; a failed job is not run again here, the dispatcher tries its files anew. */
const onThrottling = [
  {
    errors: [
      "Glue.ConcurrentRunsExceededException",
      "Glue.ThrottlingException",
      "Glue.ResourceNumberLimitExceededException",
    ],
    interval: seconds(30),
    maxAttempts: 8,
    maxDelay: minutes(10),
    jitter: true,
  },
];

/** A crawl that runs already may have begun before the commit, so it is not the one to wait for. */
const whileAnotherCrawls = [
  { errors: [errorName(CrawlerRunningException)], interval: seconds(30), maxAttempts: 40, backoff: 1 },
];

export const lakehouse = workflow(
  "lakehouse",
  { comment: "Takes a batch of raw files into the Delta tables", input: batch, timeout: hours(4), resources },
  (flow, run, aws) => {
    const buckets = { raw: aws.raw.name, processed: aws.processed.name, archive: aws.archive.name };
    const list = allow(["s3:ListBucket"], aws.raw.arn, aws.processed.arn, aws.archive.arn);
    const runId = flow.context.Execution.Name;

    flow
      .try("Ingest", (flow) => {
        const checked = flow.lambda(
          "CheckMarkers",
          {
            batch: run.batch,
            manifest: run.manifest,
            buckets,
            datasets: datasets.map((each) => ({ name: each.name, lineage: lineage(each, datasets) })),
          },
          checkMarkers,
          {
            timeout: minutes(15),
            memory: 1024,
            permissions: [
              list,
              allow(["s3:GetObject", "s3:GetObjectVersion"], aws.raw.objects("raw/*")),
              allow(
                ["s3:GetObject"],
                aws.processed.objects("processed/_processed_log/*"),
                aws.archive.objects("archived/*"),
              ),
              allow(["s3:GetObject", "s3:PutObject"], aws.processed.objects("runs/*")),
            ],
          },
        );

        const load =
          (dataset: Contract) =>
          (flow: Flow): Ref<Load> =>
            flow.if(
              `${dataset.title}Due`,
              member(checked.due, dataset.name),
              (flow) =>
                flow
                  .try(`Try${dataset.title}`, (flow) => {
                    flow.task(
                      `Load${dataset.title}`,
                      startJobRun(resource(aws.jobs, dataset.name), {
                        batch: run.batch,
                        files: text`s3://${aws.processed.name}/${checked.files}`,
                        report: text`s3://${aws.processed.name}/runs/${run.batch}/reports/${dataset.name}.json`,
                      }),
                      { timeout: hours(2), retry: onThrottling },
                    );
                    return { dataset: dataset.name, outcome: "loaded" };
                  })
                  .catch(AnyError, (_, error) => ({ dataset: dataset.name, outcome: "failed", error })),
              () => ({ dataset: dataset.name, outcome: "unchanged" }),
            );

        const loads = loadOrder(datasets).flatMap((wave) => {
          const branches = Object.fromEntries(wave.datasets.map((dataset) => [dataset.name, load(dataset)]));
          const loaded = flow.parallel(wave.name, branches);
          return wave.datasets.map(({ name }) => member(loaded, name));
        });

        const account = flow.lambda(
          "Account",
          { batch: run.batch, files: checked.files, bucket: aws.processed.name, database: aws.database.name, loads },
          accountRun,
          {
            timeout: minutes(5),
            memory: 1024,
            permissions: [
              list,
              allow(["s3:GetObject", "s3:PutObject"], aws.processed.objects("runs/*")),
              allow(["glue:GetTables"], aws.database.catalogArn, aws.database.arn, aws.database.tablesArn),
            ],
          },
        );

        flow.if("CatalogStale", account.catalogStale, (flow) => {
          const crawler = { Name: aws.crawler.name };
          flow.task("StartCrawler", sdk(StartCrawlerCommand, crawler, aws.crawler.arn), { retry: whileAnotherCrawls });
          flow.poll(
            "Crawl",
            { every: seconds(15), atMost: 240 },
            (flow) => flow.task("GetCrawler", sdk(GetCrawlerCommand, crawler, aws.crawler.arn)),
            (answer) => eq(answer.Crawler.State, "READY"),
          );
        });

        flow.if("AnythingToCheck", and(gt(checked.fresh, 0), ne(account.checks, "")), (flow) => {
          const found = flow.athena("Validate", account.checks, {
            workgroup: aws.workgroup,
            database: aws.database,
            columns: checkColumns,
            timeout: minutes(30),
            reads: [{ bucket: aws.processed, prefix: "processed" }],
            results: { bucket: aws.results, prefix: "athena-query-results" },
          });
          flow.lambda("CompareTables", { found, recorded: account.rows }, compareTables);
        });

        flow.if("AnythingToSettle", gt(account.settlements, 0), (flow) => {
          flow.distributedMap(
            "Settle",
            jsonItems<Settlement>({ bucket: aws.processed, key: account.settle, keys: "runs/*" }),
            { batch: { items: 50 }, maxConcurrency: 10 },
            (flow, files) => {
              flow.lambda(
                "ArchiveAndMark",
                { files, batch: run.batch, createdAt: checked.createdAt, runId, buckets, topic: aws.alerts.arn },
                archiveAndMark,
                {
                  timeout: minutes(15),
                  memory: 1024,
                  permissions: [
                    list,
                    allow(["s3:GetObject", "s3:GetObjectVersion", "s3:DeleteObjectVersion"], aws.raw.objects("raw/*")),
                    allow(
                      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                      aws.archive.objects("archived/*"),
                      aws.archive.objects("quarantine/*"),
                    ),
                    allow(["s3:GetObject", "s3:PutObject"], aws.processed.objects("processed/_processed_log/*")),
                    allow(["s3:PutObject"], aws.processed.objects("processed/ingest_files/*")),
                    allow(["sns:Publish"], aws.alerts.arn),
                  ],
                },
              );
            },
          );
        });

        flow.if("AnyLoadFailed", gt(length(account.failures), 0), (flow) => {
          flow.lambda("FailLoads", { failures: account.failures }, failLoads);
        });
      })
      .catch(AnyError, (flow, error) => {
        const record = flow.lambda(
          "RecordFailure",
          { batch: run.batch, manifest: run.manifest, buckets, executionArn: flow.context.Execution.Id, runId, error },
          recordFailure,
          {
            timeout: minutes(15),
            permissions: [
              list,
              allow(["s3:GetObject", "s3:GetObjectVersion"], aws.raw.objects("raw/*")),
              allow(["s3:GetObject"], aws.processed.objects("runs/*")),
              allow(["s3:PutObject"], aws.processed.objects("processed/ingest_files/*")),
              allow(["states:GetExecutionHistory"], "${machine.executionsArn}:*"),
            ],
          },
        );
        flow.if("AlertDue", record.alert, (flow) => {
          flow.task("Alert", publish(aws.alerts, { subject: record.subject, message: record.message }));
        });
        return flow.fail("IngestFailed", { error: "IngestFailed", cause: record.cause });
      });
  },
);
