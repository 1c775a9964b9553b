/** The bell: whatever event rings it, it looks at the raw zone. If a file waits for its next attempt, it rings itself later. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { dispatch, type Dispatched } from "./dispatch/dispatch.ts";

const sqs = new SQSClient({});

const environment = z.object({
  RAW_BUCKET: z.string(),
  PROCESSED_BUCKET: z.string(),
  STATE_MACHINE_ARN: z.string(),
  STATE_MACHINE_ALIAS_ARN: z.string(),
  QUEUE_URL: z.string(),
  MAX_ATTEMPTS: z.coerce.number().int().positive(),
  RETRY_DELAY_SECONDS: z.coerce.number().positive(),
});

/** SQS delays a message by 15 minutes at most: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const longestDelay = 900;

export async function handler(): Promise<Dispatched> {
  const settings = environment.parse(process.env);
  const dispatched = await dispatch(
    {
      rawBucket: settings.RAW_BUCKET,
      processedBucket: settings.PROCESSED_BUCKET,
      stateMachineArn: settings.STATE_MACHINE_ARN,
      aliasArn: settings.STATE_MACHINE_ALIAS_ARN,
      maxAttempts: settings.MAX_ATTEMPTS,
      retryDelay: settings.RETRY_DELAY_SECONDS,
    },
    new Date(),
  );
  if (dispatched.lookAgainIn !== undefined) {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: settings.QUEUE_URL,
        MessageBody: JSON.stringify({ reason: "a file waits for its next attempt" }),
        DelaySeconds: Math.min(dispatched.lookAgainIn, longestDelay),
      }),
    );
  }
  console.log(JSON.stringify(dispatched));
  return dispatched;
}
