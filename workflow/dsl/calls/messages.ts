/** Messages to SNS, SQS and EventBridge. Each can carry a task token, and so be answered. */
import type { CheckPayload } from "../json_types.ts";
import type { Resolve, Value } from "../ref.ts";
import type { EventBus, SnsTopic, SqsQueue } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { CallbackCall } from "./call.ts";

const both = (resource: string): { readonly resource: string; readonly callback: string } => ({
  resource,
  callback: `${resource}.waitForTaskToken`,
});

/** To everybody who subscribed to the topic. https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
export const publish = (
  topic: SnsTopic,
  message: { readonly subject?: Value<string>; readonly message: Value<string> },
): CallbackCall<{ MessageId: string }, { TopicArn: string; Subject?: string; Message: string }> => ({
  ...both("arn:aws:states:::sns:publish"),
  arguments: { TopicArn: topic.arn, Subject: message.subject, Message: message.message },
  permissions: [allow(["sns:Publish"], topic.arn)],
});

/** A body that is no text is sent as JSON. https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html */
export const sendMessage = <const P>(
  queue: SqsQueue,
  body: P & CheckPayload<P>,
  fifo: { readonly group?: Value<string>; readonly deduplication?: Value<string> } = {},
): CallbackCall<
  { MessageId: string },
  { QueueUrl: string; MessageBody: Resolve<P>; MessageGroupId?: string; MessageDeduplicationId?: string }
> => ({
  ...both("arn:aws:states:::sqs:sendMessage"),
  arguments: {
    QueueUrl: queue.url,
    MessageBody: body,
    MessageGroupId: fifo.group,
    MessageDeduplicationId: fifo.deduplication,
  },
  permissions: [allow(["sqs:SendMessage"], queue.arn)],
});

/** An event on a bus; one that the bus refuses fails the step. https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
export const putEvent = <const P extends object>(
  bus: EventBus,
  event: { readonly source: Value<string>; readonly type: Value<string>; readonly detail: P & CheckPayload<P> },
): CallbackCall<
  { Entries: { EventId: string }[] },
  { Entries: { EventBusName: string; Source: string; DetailType: string; Detail: Resolve<P> }[] }
> => ({
  ...both("arn:aws:states:::events:putEvents"),
  arguments: {
    Entries: [{ EventBusName: bus.name, Source: event.source, DetailType: event.type, Detail: event.detail }],
  },
  permissions: [allow(["events:PutEvents"], bus.arn)],
});
