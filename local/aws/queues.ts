/** Queues, topics and what rings them, on the emulator. */
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { listeningHere } from "../machine_events.ts";
import { creator, withoutEffect, type Creators } from "./creator.ts";

const queue = z.object({
  name: z.string(),
  delaySeconds: z.number().optional(),
  visibilityTimeoutSeconds: z.number().optional(),
  messageRetentionSeconds: z.number().optional(),
  redrivePolicy: z.string().optional(),
});

const target = z.object({
  rule: z.string(),
  targetId: z.string(),
  arn: z.string(),
  deadLetterConfig: z.object({ arn: z.string() }).optional(),
});

/** SQS takes all attributes as text. */
const attributes = (given: Readonly<Record<string, string | number | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

export const queues: Creators = {
  "aws:sqs/queue:Queue": creator(queue, async (inputs, { clients }) => {
    const Attributes = attributes({
      DelaySeconds: inputs.delaySeconds,
      VisibilityTimeout: inputs.visibilityTimeoutSeconds,
      MessageRetentionPeriod: inputs.messageRetentionSeconds,
      RedrivePolicy: inputs.redrivePolicy,
    });
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: inputs.name, Attributes }));
    return { id: QueueUrl, url: QueueUrl };
  }),
  "aws:sqs/queuePolicy:QueuePolicy": withoutEffect("The emulator evaluates no policies."),
  "aws:sns/topic:Topic": creator(z.object({ name: z.string() }), async ({ name: Name }, { clients }) => {
    await clients.sns.send(new CreateTopicCommand({ Name }));
    return {};
  }),
  "aws:sns/topicPolicy:TopicPolicy": withoutEffect("The emulator evaluates no policies."),
  "aws:sns/topicSubscription:TopicSubscription": creator(
    z.object({ topic: z.string(), protocol: z.string(), endpoint: z.string() }),
    async ({ topic: TopicArn, protocol: Protocol, endpoint: Endpoint }, { clients }) => {
      await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
      return {};
    },
  ),
  "aws:cloudwatch/eventRule:EventRule": creator(
    z.object({ name: z.string(), eventPattern: z.string().optional(), scheduleExpression: z.string().optional() }),
    async ({ name: Name, eventPattern, scheduleExpression: ScheduleExpression }, { clients }) => {
      const EventPattern = eventPattern && listeningHere(eventPattern);
      await clients.events.send(new PutRuleCommand({ Name, EventPattern, ScheduleExpression }));
      return {};
    },
  ),
  "aws:cloudwatch/eventTarget:EventTarget": creator(target, async (inputs, { clients }) => {
    const DeadLetterConfig = inputs.deadLetterConfig && { Arn: inputs.deadLetterConfig.arn };
    const Targets = [{ Id: inputs.targetId, Arn: inputs.arn, DeadLetterConfig }];
    await clients.events.send(new PutTargetsCommand({ Rule: inputs.rule, Targets }));
    return {};
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": withoutEffect("There are no metrics; the command line shows what waits."),
  "aws:cloudwatch/logGroup:LogGroup": withoutEffect("Logs are files in the home."),
};
