/** The Glue job that loads one dataset. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { contractJson, type Contract } from "../../datasets/index.ts";
import type { JobSettings } from "../config.ts";
import { ServiceRole } from "../iam/service_role.ts";
import type { Names } from "../names.ts";
import type { Zone } from "../storage/zone.ts";
import { jobArguments } from "./job_arguments.ts";
import { jobPermissions } from "./job_permissions.ts";

interface LoadJobArgs {
  readonly names: Names;
  readonly zones: { readonly raw: Zone; readonly processed: Zone; readonly artifacts: Zone };
  /** `s3://` address of the script. */
  readonly script: pulumi.Input<string>;
  /** `s3://` address of the package that the script imports. */
  readonly library: pulumi.Input<string>;
  /** Python packages that Glue installs, as `name==version,…`. */
  readonly modules: string;
  readonly settings: JobSettings;
  readonly logDays: number;
}

export class LoadJob extends pulumi.ComponentResource {
  /** The dataset that it loads. */
  readonly dataset: string;
  readonly jobName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(dataset: Contract, args: LoadJobArgs) {
    const name = `load-${dataset.name}`;
    super("lakehouse:glue:LoadJob", name);
    this.dataset = dataset.name;
    const { names, zones, settings } = args;
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      { name: `/${names.prefix}/${name}`, retentionInDays: args.logDays },
      { parent: this },
    );
    const role = new ServiceRole(
      name,
      {
        roleName: names.named(`job-${dataset.name}`),
        description: `What the job that loads ${dataset.name} may do`,
        service: "glue.amazonaws.com",
        statements: logGroup.name.apply((group) =>
          jobPermissions(
            dataset,
            { raw: zones.raw.bucketName, processed: zones.processed.bucketName, artifacts: zones.artifacts.bucketName },
            names,
            group,
          ),
        ),
      },
      { parent: this },
    );
    const job = new aws.glue.Job(
      name,
      {
        name: names.named(name),
        description: `Loads ${dataset.name}. ${dataset.description}`,
        roleArn: role.arn,
        glueVersion: "5.1",
        command: { name: "glueetl", pythonVersion: "3", scriptLocation: args.script },
        defaultArguments: pulumi.all([args.library, logGroup.name]).apply(([library, group]) =>
          jobArguments(contractJson(dataset), {
            raw: `s3://${zones.raw.bucketName}`,
            processed: zones.processed.uri("processed"),
            library,
            modules: args.modules,
            logGroup: group,
          }),
        ),
        workerType: settings.workerType,
        numberOfWorkers: settings.numberOfWorkers,
        timeout: settings.timeoutMinutes,
        // One writer a table: Delta on S3 has no safety of its own. A second run waits in Glue's queue; retries are the machine's.
        executionProperty: { maxConcurrentRuns: 1 },
        jobRunQueuingEnabled: true,
        maxRetries: 0,
      },
      { parent: this },
    );
    this.jobName = job.name;
    this.arn = job.arn;
    this.registerOutputs({ jobName: this.jobName });
  }
}
