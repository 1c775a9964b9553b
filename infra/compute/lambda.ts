/** A Lambda function with a role and a log group of its own; every change of it is a published version. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../iam/policy.ts";
import { ServiceRole } from "../iam/service_role.ts";
import type { Names } from "../names.ts";

interface LambdaArgs {
  readonly names: Names;
  readonly description: string;
  /** The folder with `index.js` and `index.js.map`. */
  readonly folder: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly statements: pulumi.Input<readonly Statement[]>;
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** How many may run at once. @default as many as the account allows */
  readonly atOnce?: number;
  readonly logDays: number;
}

/** What any function needs to say what it does. */
const telemetry = (logGroupArn: string): readonly Statement[] => [
  { sid: "Log", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroupArn}:*`] },
  {
    sid: "Trace",
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    resources: ["*"],
    reason: "X-Ray has no resource level for what writes traces.",
  },
];

export class Lambda extends pulumi.ComponentResource {
  readonly functionName: string;
  readonly arn: pulumi.Output<string>;
  /** The ARN of the published version: what runs under it never changes. */
  readonly qualifiedArn: pulumi.Output<string>;

  constructor(name: string, args: LambdaArgs, options?: pulumi.ComponentResourceOptions) {
    super("lakehouse:compute:Lambda", name, {}, options);
    const { names } = args;
    this.functionName = names.named(name);
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      { name: `/aws/lambda/${this.functionName}`, retentionInDays: args.logDays },
      { parent: this },
    );
    const role = new ServiceRole(
      name,
      {
        roleName: names.named(`lambda-${name}`),
        description: `What the function ${this.functionName} may do`,
        service: "lambda.amazonaws.com",
        statements: pulumi
          .all([logGroup.arn, args.statements])
          .apply(([logs, statements]) => [...telemetry(logs), ...statements]),
      },
      { parent: this },
    );
    const lambda = new aws.lambda.Function(
      name,
      {
        name: this.functionName,
        description: args.description,
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: new pulumi.asset.FileArchive(args.folder),
        role: role.arn,
        timeout: args.timeoutSeconds,
        memorySize: args.memoryMegabytes,
        ...(args.atOnce !== undefined && { reservedConcurrentExecutions: args.atOnce }),
        environment: { variables: { NODE_OPTIONS: "--enable-source-maps", ...args.environment } },
        loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
        tracingConfig: { mode: "Active" },
        publish: true,
      },
      { parent: this },
    );
    this.arn = lambda.arn;
    this.qualifiedArn = lambda.qualifiedArn;
    this.registerOutputs({ arn: this.arn, qualifiedArn: this.qualifiedArn });
  }
}
