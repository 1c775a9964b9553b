/** EventBridge's rules → a queue whose delay is the quiet period → the dispatcher, one at a time. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Lambda } from "../compute/lambda.ts";
import type { StackConfig } from "../config.ts";
import type { Machine } from "../machine/machine.ts";
import type { Names } from "../names.ts";
import type { Zone } from "../storage/zone.ts";
import { bells } from "./bells.ts";
import { dispatchPermissions } from "./dispatch_permissions.ts";
import { queuePolicyJson } from "./queue_policy.ts";

interface DoorbellArgs {
  readonly names: Names;
  readonly config: StackConfig;
  readonly raw: Zone;
  readonly processed: Zone;
  readonly machine: Machine;
  /** The topic that is told when a bell could not be heard. */
  readonly alerts: pulumi.Input<string>;
  /** The folder of the dispatcher's bundle. */
  readonly dispatcher: string;
}

/** Seconds that a look at the raw zone may take; a list of 1,000 objects takes a tenth of one. */
const lookTimeout = 60;

/** Bells that ring within this many seconds of each other are one look. */
const gathering = 5;

/** AWS's advice for a queue that a function reads: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const visibility = 6 * lookTimeout + gathering;

const fourteenDays = 14 * 24 * 3600;

export class Doorbell extends pulumi.ComponentResource {
  readonly queueUrl: pulumi.Output<string>;

  constructor(name: string, { names, config, raw, processed, machine, alerts, dispatcher }: DoorbellArgs) {
    super("lakehouse:events:Doorbell", name);
    const here = { parent: this };

    const queueName = names.named(name);
    const unheard = new aws.sqs.Queue(
      "unheard",
      {
        name: names.named("unheard"),
        messageRetentionSeconds: fourteenDays,
        sqsManagedSseEnabled: true,
        redriveAllowPolicy: JSON.stringify({
          redrivePermission: "byQueue",
          sourceQueueArns: [names.arn("sqs", queueName)],
        }),
      },
      here,
    );
    const queue = new aws.sqs.Queue(
      name,
      {
        name: queueName,
        delaySeconds: config.quietPeriodSeconds,
        visibilityTimeoutSeconds: visibility,
        sqsManagedSseEnabled: true,
        redrivePolicy: unheard.arn.apply((deadLetterTargetArn) =>
          JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 10 }),
        ),
      },
      here,
    );
    this.queueUrl = queue.url;

    // What rings it.
    const rules = bells(config, { rawBucket: raw.bucketName, stateMachineArn: machine.plainArn }).map((bell) => ({
      bell,
      rule: new aws.cloudwatch.EventRule(
        bell.name,
        {
          name: names.named(bell.name),
          description: bell.description,
          ...("pattern" in bell.on ? { eventPattern: bell.on.pattern } : { scheduleExpression: bell.on.schedule }),
        },
        here,
      ),
    }));
    const ruleArns = pulumi.all(rules.map(({ rule }) => rule.arn));
    const policies = [
      [name, queue],
      ["unheard", unheard],
    ] as const;
    const open = policies.map(
      ([of, { arn, url }]) =>
        new aws.sqs.QueuePolicy(
          of,
          { queueUrl: url, policy: pulumi.all([arn, ruleArns]).apply(([queue, by]) => queuePolicyJson(queue, by)) },
          here,
        ),
    );
    for (const { bell, rule } of rules) {
      new aws.cloudwatch.EventTarget(
        bell.name,
        { rule: rule.name, targetId: name, arn: queue.arn, deadLetterConfig: { arn: unheard.arn } },
        { ...here, dependsOn: open },
      );
    }

    // Who answers.
    const dispatch = new Lambda(
      "dispatch",
      {
        names,
        description:
          "Looks at the raw zone and starts the machine, if there is something to do and nothing is being done",
        folder: dispatcher,
        timeoutSeconds: lookTimeout,
        memoryMegabytes: 512,
        // One at a time, so that no two see the same files as new.
        atOnce: 1,
        statements: pulumi.all([machine.arn, machine.aliasArn, queue.arn]).apply(([machineArn, aliasArn, queueArn]) =>
          dispatchPermissions(names, {
            rawBucket: raw.bucketName,
            processedBucket: processed.bucketName,
            machineName: machine.machineName,
            machineArn,
            aliasArn,
            queueArn,
          }),
        ),
        environment: {
          RAW_BUCKET: raw.bucketName,
          PROCESSED_BUCKET: processed.bucketName,
          STATE_MACHINE_ARN: machine.arn,
          STATE_MACHINE_ALIAS_ARN: machine.aliasArn,
          QUEUE_URL: queue.url,
          MAX_ATTEMPTS: String(config.attempts.max),
          RETRY_DELAY_SECONDS: String(config.attempts.delaySeconds),
        },
        logDays: config.retention.logDays,
      },
      here,
    );
    new aws.lambda.EventSourceMapping(
      name,
      {
        eventSourceArn: queue.arn,
        functionName: dispatch.arn,
        batchSize: 1000,
        maximumBatchingWindowInSeconds: gathering,
        // The least there is; with more, pollers would fetch messages that no function may take.
        scalingConfig: { maximumConcurrency: 2 },
      },
      here,
    );
    new aws.cloudwatch.MetricAlarm(
      "unheard",
      {
        name: names.named("unheard"),
        alarmDescription:
          "A bell could not be answered: look at the log of the dispatch function, mend the cause, then start a redrive of this queue.",
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: unheard.name },
        statistic: "Maximum",
        period: 300,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        treatMissingData: "notBreaching",
        alarmActions: [alerts],
      },
      here,
    );
    this.registerOutputs({ queueUrl: this.queueUrl });
  }
}
