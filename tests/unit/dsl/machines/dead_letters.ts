/**
 * Takes messages out of a dead letter queue: those that failed seldom go back to where they came from, the others are
 * kept in S3, and people are told of them.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import {
  eq,
  gt,
  length,
  publish,
  s3Bucket,
  sdk,
  sendMessage,
  snsTopic,
  sqsQueue,
  text,
  withDefault,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

interface Letter {
  readonly id: string;
  readonly handle: string;
  readonly body: string;
  readonly hopeless: boolean;
}

const machine = workflow(
  "dead_letters",
  { input: z.object({}), resources: { dead: sqsQueue(), source: sqsQueue(), kept: s3Bucket(), people: snsTopic() } },
  (flow, _, aws) => {
    const QueueUrl = aws.dead.url;
    const received = flow.task(
      "Receive",
      sdk(
        ReceiveMessageCommand,
        { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["ApproximateReceiveCount"] },
        aws.dead.arn,
      ),
    );
    const letters = flow.lambda("Sort", { messages: withDefault(received.Messages, []) }, ({ messages }) =>
      messages.map(({ MessageId = "", ReceiptHandle = "", Body = "", Attributes = {} }): Letter => ({
        id: MessageId,
        handle: ReceiptHandle,
        body: Body,
        hopeless: Number(Attributes.ApproximateReceiveCount ?? 1) > 3,
      })),
    );
    const kept = flow.map("EachLetter", letters, { maxConcurrency: 1 }, (flow, letter) => {
      const count = flow.if(
        "Hopeless",
        eq(letter.hopeless, true),
        (flow) => {
          const object = { Bucket: aws.kept.name, Key: text`dead/${letter.id}.json`, Body: letter.body };
          flow.task("Keep", sdk(PutObjectCommand, object, aws.kept.objects("dead/*")));
          return 1;
        },
        (flow) => {
          flow.task("SendBack", sendMessage(aws.source, letter.body));
          return 0;
        },
      );
      flow.task("Delete", sdk(DeleteMessageCommand, { QueueUrl, ReceiptHandle: letter.handle }, aws.dead.arn));
      return count;
    });
    const total = flow.lambda("Total", { kept }, ({ kept: each }) => each.reduce<number>((sum, one) => sum + one, 0));
    flow.if("AnyKept", gt(total, 0), (flow) => {
      flow.task("Tell", publish(aws.people, { subject: "Dead letters", message: text`${total} letters are in S3` }));
    });
    return { taken: length(letters), kept: total };
  },
);

const message = (id: string, count: number): object => ({
  MessageId: id,
  ReceiptHandle: `h-${id}`,
  Body: `body ${id}`,
  Attributes: { ApproximateReceiveCount: String(count) },
});

export const deadLetters = example(machine, {
  "sends back what has hope, and keeps the rest": {
    input: {},
    tasks: {
      Receive: { Messages: [message("1", 1), message("2", 4)] },
      SendBack: { MessageId: "m" },
      Keep: {},
      Delete: {},
      Tell: { MessageId: "m" },
    },
    output: { taken: 2, kept: 1 },
    asked: {
      SendBack: [{ QueueUrl: "${source.url}", MessageBody: "body 1" }],
      Keep: [{ Bucket: "${kept.name}", Key: "dead/2.json", Body: "body 2" }],
      Tell: [{ TopicArn: "${people.arn}", Subject: "Dead letters", Message: "1 letters are in S3" }],
    },
  },
  "tells nobody of an empty queue": {
    input: {},
    tasks: { Receive: {} },
    output: { taken: 0, kept: 0 },
    states: ["Receive", "Sort", "EachLetter", "Total", "AnyKept"],
  },
});
