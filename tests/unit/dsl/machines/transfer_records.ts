/**
 * Reads records from DynamoDB one after the other, and sends each to a queue.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-project-transfer-data-sqs.html
 */
import * as z from "zod";
import {
  dynamoTable,
  getItem,
  length,
  sendMessage,
  sqsQueue,
  required,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const message = z.object({ Message: z.object({ S: z.string() }) });

const machine = workflow(
  "transfer_records",
  {
    input: z.object({ first: z.number(), last: z.number() }),
    resources: { records: dynamoTable(), queue: sqsQueue() },
  },
  (flow, given, aws) => {
    const ids = flow.lambda("ListIds", given, ({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => `MessageNo${first + index}`),
    );
    const sent = flow.map("EachId", ids, { maxConcurrency: 1 }, (flow, id) => {
      const { Item } = flow.task("ReadRecord", getItem(aws.records, { MessageId: { S: id } }, { answer: message }));
      return flow.task("SendRecord", sendMessage(aws.queue, required(Item.Message.S))).MessageId;
    });
    return length(sent);
  },
);

const record = (text: string): object => ({ Item: { Message: { S: text } } });

export const transferRecords = example(machine, {
  "sends every record in its order": {
    input: { first: 0, last: 1 },
    tasks: {
      ReadRecord: [record("hello"), record("world")],
      SendRecord: [{ MessageId: "a" }, { MessageId: "b" }],
    },
    output: 2,
    states: ["ListIds", "EachId", "ReadRecord", "SendRecord", "ReadRecord", "SendRecord"],
    asked: {
      ReadRecord: ["MessageNo0", "MessageNo1"].map((S) => ({
        TableName: "${records.name}",
        Key: { MessageId: { S } },
        ConsistentRead: true,
      })),
      SendRecord: ["hello", "world"].map((MessageBody) => ({ QueueUrl: "${queue.url}", MessageBody })),
    },
  },
  "sends nothing where there is nothing": { input: { first: 1, last: 0 }, output: 0, states: ["ListIds", "EachId"] },
  "fails at a record that is missing": {
    input: { first: 7, last: 7 },
    tasks: { ReadRecord: {} },
    error: "States.QueryEvaluationError",
    states: ["ListIds", "EachId", "ReadRecord", "SendRecord"],
  },
});
