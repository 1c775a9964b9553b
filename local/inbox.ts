/** What a topic is sent, kept for whoever asks: on this machine nobody reads e-mail. */
import { SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Clients } from "./clients.ts";

export interface Message {
  readonly topic: string;
  readonly subject: string;
  readonly message: string;
}

export interface Inbox {
  /** All that the topic was sent since the inbox was opened, in the order in which it came. */
  messages(): Promise<readonly Message[]>;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
const notification = z.object({ TopicArn: z.string(), Subject: z.string().nullish(), Message: z.string() });

export async function openInbox({ sqs, sns }: Clients, topic: string): Promise<Inbox> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "local-inbox" }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: Attributes?.QueueArn }));
  const received: Message[] = [];
  return {
    async messages() {
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return received;
        for (const { Body = "{}" } of Messages) {
          const { TopicArn, Subject, Message: text } = notification.parse(JSON.parse(Body));
          received.push({ topic: TopicArn, subject: Subject ?? "", message: text });
        }
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
  };
}
