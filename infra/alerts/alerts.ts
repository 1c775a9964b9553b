/** Where failures are told: one topic, to which people subscribe. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Names } from "../names.ts";

interface AlertsArgs {
  readonly names: Names;
  readonly email: string | undefined;
}

/**
 * Alarms of this account may publish, roles by their own policies, and nobody without TLS. The topic has no KMS key:
 * alarms can't publish under AWS's own key, and messages carry no rows but samples that the quarantine holds as well.
 */
const topicPolicy = (topic: string, account: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
      {
        Sid: "OnlyTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topic,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });

export class Alerts extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, { names, email }: AlertsArgs) {
    super("lakehouse:alerts:Alerts", name);
    const topic = new aws.sns.Topic(
      name,
      { name: names.named(name), displayName: `Lakehouse ${names.prefix}` },
      { parent: this },
    );
    this.topicArn = topic.arn;
    new aws.sns.TopicPolicy(
      name,
      { arn: topic.arn, policy: topic.arn.apply((arn) => topicPolicy(arn, names.account)) },
      { parent: this },
    );
    if (email !== undefined) {
      new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: "email", endpoint: email }, { parent: this });
    }
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
