/** The lakehouse on AWS, from the top of the architecture's picture to its bottom. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { datasets, tableNames } from "../datasets/index.ts";
import { BundleError, CompileError } from "../workflow/dsl/index.ts";
import { Alerts } from "./alerts/alerts.ts";
import { Artifacts } from "./artifacts/artifacts.ts";
import { built } from "./artifacts/built.ts";
import { bundleFolder } from "./artifacts/bundle.ts";
import { packageOf, pinned, scriptOf } from "./artifacts/python.ts";
import { ConfigError, jobSettings, parseConfig } from "./config.ts";
import { Doorbell } from "./events/doorbell.ts";
import { Catalog } from "./glue/catalog.ts";
import { LoadJob } from "./glue/load_job.ts";
import { Machine } from "./machine/machine.ts";
import { names as namesOf } from "./names.ts";
import { workgroup } from "./query/workgroup.ts";
import {
  archiveLifecycle,
  artifactsLifecycle,
  processedLifecycle,
  rawLifecycle,
  resultsLifecycle,
} from "./storage/lifecycle.ts";
import { Zone } from "./storage/zone.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const glueFolder = join(root, "glue");
const bundles = join(root, ".cache/bundles");

/** What people and tools use of a stack. */
interface Outputs {
  readonly buckets: Readonly<Record<string, pulumi.Output<string>>>;
  readonly stateMachineArn: pulumi.Output<string>;
  readonly stateMachineVersionArn: pulumi.Output<string>;
  readonly stateMachineAliasArn: pulumi.Output<string>;
  readonly doorbellQueueUrl: pulumi.Output<string>;
  readonly alertsTopicArn: pulumi.Output<string>;
  readonly workgroup: pulumi.Output<string>;
  readonly database: pulumi.Output<string>;
  readonly crawler: pulumi.Output<string>;
}

/** Pulumi shows a RunError without a stack trace: these mistakes are in the settings or the workflow, not here. */
const forPeople = (error: unknown): unknown =>
  error instanceof ConfigError || error instanceof CompileError || error instanceof BundleError
    ? new pulumi.RunError(error.message)
    : error;

async function program(): Promise<Outputs> {
  const project = pulumi.getProject();
  const stack = pulumi.getStack();
  const config = parseConfig(pulumi.runtime.allConfig(), {
    project,
    stack,
    datasets: datasets.map(({ name }) => name),
  });
  const [{ accountId }, { region }, { partition }] = await Promise.all([
    aws.getCallerIdentity(),
    aws.getRegion(),
    aws.getPartition(),
  ]);
  const names = namesOf(project, stack, { account: accountId, region, partition });
  const { retention, protectData: keep } = config;
  const { machine: compiled, dispatcher } = await built(root);

  // Zones: what a file and its rows pass through, and what is made again at any time.
  const raw = new Zone("raw", { names, keep, lifecycle: rawLifecycle(retention), events: true, etagIsMd5: true });
  const processed = new Zone("processed", { names, keep, lifecycle: processedLifecycle(retention) });
  const archive = new Zone("archive", { names, keep, lifecycle: archiveLifecycle(retention) });
  const results = new Zone("results", { names, keep: false, lifecycle: resultsLifecycle(retention) });
  const artifacts = new Zone("artifacts", { names, keep: false, lifecycle: artifactsLifecycle(retention) });

  // Jobs: one a dataset, all over one package.
  const code = new Artifacts("code", artifacts);
  const library = code.zip("lakehouse-package", packageOf(glueFolder, "lakehouse"));
  const jobs = datasets.map(
    (dataset) =>
      new LoadJob(dataset, {
        names,
        zones: { raw, processed, artifacts },
        script: code.script(`${dataset.name}-script`, scriptOf(glueFolder, dataset.name)),
        library,
        modules: pinned(join(root, "requirements/runtime.in"), "python-calamine"),
        settings: jobSettings(config, dataset.name),
        logDays: retention.logDays,
      }),
  );

  // Tables: the catalog that Athena reads, and the workgroup that its queries run in.
  const catalog = new Catalog("catalog", { names, processed, tables: datasets.flatMap(tableNames) });
  const queries = workgroup({ names, results, scanLimitMegabytes: config.athena.scanLimitMegabytes });

  // The machine that takes a batch through all of it, and who is told when it fails.
  const alerts = new Alerts("alerts", { names, email: config.alertEmail });
  const machine = new Machine("lakehouse", {
    names,
    compiled,
    resources: {
      jobs: Object.fromEntries(jobs.map(({ dataset, ...job }) => [dataset, { name: job.jobName, arn: job.arn }])),
      crawler: { name: catalog.crawlerName, arn: catalog.crawlerArn },
      database: { name: catalog.database, ...catalog.arns },
      workgroup: { name: queries.name, arn: queries.arn },
      alerts: { arn: alerts.topicArn },
      raw: { name: raw.bucket, arn: raw.bucketArn },
      processed: { name: processed.bucket, arn: processed.bucketArn },
      archive: { name: archive.bucket, arn: archive.bucketArn },
      results: { name: results.bucket, arn: results.bucketArn },
    },
    bundles,
    logDays: retention.logDays,
  });

  // The doorbell: what starts the machine.
  const doorbell = new Doorbell("doorbell", {
    names,
    config,
    raw,
    processed,
    machine,
    alerts: alerts.topicArn,
    dispatcher: bundleFolder(bundles, dispatcher),
  });

  return {
    buckets: {
      raw: raw.bucket,
      processed: processed.bucket,
      archive: archive.bucket,
      results: results.bucket,
      artifacts: artifacts.bucket,
    },
    stateMachineArn: machine.arn,
    stateMachineVersionArn: machine.versionArn,
    stateMachineAliasArn: machine.aliasArn,
    doorbellQueueUrl: doorbell.queueUrl,
    alertsTopicArn: alerts.topicArn,
    workgroup: queries.name,
    database: catalog.database,
    crawler: catalog.crawlerName,
  };
}

export default async function main(): Promise<Outputs> {
  try {
    return await program();
  } catch (error) {
    throw forPeople(error);
  }
}
