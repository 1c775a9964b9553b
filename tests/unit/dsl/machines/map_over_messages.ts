/**
 * Takes messages from a queue and handles each in a Map: stores it, removes it from the queue, tells a topic.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-map-state.html
 */
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import {
  dynamoTable,
  length,
  publish,
  putItem,
  sdk,
  snsTopic,
  sqsQueue,
  text,
  withDefault,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
}

const machine = workflow(
  "map_over_messages",
  { input: z.object({}), resources: { queue: sqsQueue(), messages: dynamoTable(), topic: snsTopic() } },
  (flow, _, aws) => {
    const received = flow.task(
      "ReadMessages",
      sdk(ReceiveMessageCommand, { QueueUrl: aws.queue.url, MaxNumberOfMessages: 10 }, aws.queue.arn),
    );
    // The service leaves the member out where there is no message, and the SDK's type says so of each message's members.
    const messages = flow.lambda("Whole", { all: withDefault(received.Messages, []) }, ({ all }) =>
      all.map(({ MessageId = "", ReceiptHandle = "", Body = "" }): Message => ({ MessageId, ReceiptHandle, Body })),
    );
    flow.map("EachMessage", messages, { maxConcurrency: 5 }, (flow, message) => {
      flow.task("Store", putItem(aws.messages, { id: { S: message.MessageId }, body: { S: message.Body } }));
      flow.task(
        "Remove",
        sdk(DeleteMessageCommand, { QueueUrl: aws.queue.url, ReceiptHandle: message.ReceiptHandle }, aws.queue.arn),
      );
      flow.task("Tell", publish(aws.topic, { message: text`Stored ${message.MessageId}` }));
    });
    return length(messages);
  },
);

const message = (id: string): object => ({ MessageId: id, ReceiptHandle: `r-${id}`, Body: `body of ${id}` });

export const mapOverMessages = example(machine, {
  "handles each message": {
    input: {},
    tasks: {
      ReadMessages: { Messages: [message("1"), message("2")] },
      Store: {},
      Remove: {},
      Tell: { MessageId: "m" },
    },
    output: 2,
    asked: {
      Remove: ["r-1", "r-2"].map((ReceiptHandle) => ({ QueueUrl: "${queue.url}", ReceiptHandle })),
      Tell: ["1", "2"].map((id) => ({ TopicArn: "${topic.arn}", Message: `Stored ${id}` })),
    },
  },
  "has nothing to do where the queue is empty": {
    input: {},
    tasks: { ReadMessages: {} },
    output: 0,
    states: ["ReadMessages", "Whole", "EachMessage"],
  },
});
