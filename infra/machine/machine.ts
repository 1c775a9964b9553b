/**
 * A compiled workflow on Step Functions: its Lambdas, its role, its published version, and the alias under which it is
 * started. A version names published Lambda versions, so moving the alias back is a whole rollback.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { render, textOfFinding, type Compiled } from "../../workflow/dsl/index.ts";
import { bundleFolder } from "../artifacts/bundle.ts";
import { Lambda } from "../compute/lambda.ts";
import { ServiceRole } from "../iam/service_role.ts";
import type { Names } from "../names.ts";
import { machineTelemetry } from "./machine_permissions.ts";
import { lambdaTokens, leaves, type ResourceTree } from "./substitutions.ts";

interface MachineArgs {
  readonly names: Names;
  readonly compiled: Compiled;
  /** What the workflow's resources are on AWS. */
  readonly resources: ResourceTree;
  /** The folder that bundles are written to. */
  readonly bundles: string;
  readonly logDays: number;
}

/** Step → an ARN of its function. */
const arnsOf = (
  lambdas: Readonly<Record<string, Lambda>>,
  arnOf: (lambda: Lambda) => pulumi.Output<string>,
): pulumi.Output<Record<string, string>> =>
  pulumi.all(Object.fromEntries(Object.entries(lambdas).map(([step, lambda]) => [step, arnOf(lambda)])));

export class Machine extends pulumi.ComponentResource {
  readonly machineName: string;
  /** The ARN, known before the machine is there. */
  readonly plainArn: string;
  readonly arn: pulumi.Output<string>;
  readonly versionArn: pulumi.Output<string>;
  readonly aliasArn: pulumi.Output<string>;

  constructor(name: string, { names, compiled, resources, bundles, logDays }: MachineArgs) {
    super("lakehouse:machine:Machine", name);
    this.machineName = names.named(name);
    for (const finding of compiled.findings) void pulumi.log.warn(textOfFinding(finding), this);
    this.plainArn = names.arn("states", `stateMachine:${this.machineName}`);
    const known = pulumi.all({
      ...leaves(resources),
      "machine.arn": this.plainArn,
      "machine.executionsArn": names.arn("states", `execution:${this.machineName}`),
      "aws.partition": names.partition,
      "aws.region": names.region,
      "aws.account": names.account,
    });

    const lambdas = Object.fromEntries(
      compiled.lambdas.map((spec) => [
        spec.name,
        new Lambda(
          spec.name,
          {
            names,
            description: `Step ${spec.name} of ${this.machineName}`,
            folder: bundleFolder(bundles, spec.bundle),
            timeoutSeconds: spec.timeout,
            memoryMegabytes: spec.memory,
            statements: known.apply((values) => render(spec.permissions, values)),
            logDays,
          },
          { parent: this },
        ),
      ]),
    );
    // The role may call every version, so that runs of an older machine end, and an alias can move back; the definition
    // names the version published now, so that what a machine's version does never changes.
    const everyVersion = arnsOf(lambdas, ({ arn }) => pulumi.interpolate`${arn}:*`);
    const thisVersion = arnsOf(lambdas, ({ qualifiedArn }) => qualifiedArn);

    const role = new ServiceRole(
      name,
      {
        roleName: names.named(`machine-${name}`),
        description: `What the state machine ${this.machineName} may do`,
        service: "states.amazonaws.com",
        onlyFor: names.account,
        statements: pulumi
          .all([known, everyVersion])
          .apply(([values, arns]) => [
            ...render(compiled.permissions, { ...values, ...lambdaTokens(arns) }),
            ...machineTelemetry,
          ]),
      },
      { parent: this },
    );
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      // The prefix keeps the size of the logs' resource policy in bounds.
      { name: `/aws/vendedlogs/states/${this.machineName}`, retentionInDays: logDays },
      { parent: this },
    );
    const machine = new aws.sfn.StateMachine(
      name,
      {
        name: this.machineName,
        roleArn: role.arn,
        definition: pulumi
          .all([known, thisVersion])
          .apply(([values, arns]) => JSON.stringify(render(compiled.definition, { ...values, ...lambdaTokens(arns) }))),
        loggingConfiguration: {
          level: "ALL",
          includeExecutionData: true,
          logDestination: pulumi.interpolate`${logGroup.arn}:*`,
        },
        tracingConfiguration: { enabled: true },
        publish: true,
      },
      { parent: this },
    );
    const alias = new aws.sfn.Alias(
      name,
      {
        name: "live",
        description: "What the dispatcher starts",
        routingConfigurations: [{ stateMachineVersionArn: machine.stateMachineVersionArn, weight: 100 }],
      },
      { parent: this },
    );
    this.arn = machine.arn;
    this.versionArn = machine.stateMachineVersionArn;
    this.aliasArn = alias.arn;
    this.registerOutputs({ arn: this.arn, versionArn: this.versionArn, aliasArn: this.aliasArn });
  }
}
