/** What handlers call AWS by: commands in functions, in an array, one or the other, in a paginator; a whole client. */
import {
  GetBucketTaggingCommand,
  GetObjectCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  S3,
  S3Client,
} from "@aws-sdk/client-s3";
import { PublishBatchCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";

const s3 = new S3Client({});
const sns = new SNSClient({});

export const read = async (Bucket: string, Key: string): Promise<boolean> =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body !== undefined;

export async function tell(TopicArn: string, messages: readonly string[]): Promise<void> {
  const [only, ...more] = messages;
  if (more.length === 0) await sns.send(new PublishCommand({ TopicArn, Message: only }));
  else await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [] }));
}

export async function look(Bucket: string): Promise<void> {
  const questions = [
    async () => s3.send(new HeadBucketCommand({ Bucket })),
    async () => s3.send(new GetBucketTaggingCommand({ Bucket })),
  ];
  for (const ask of questions) await ask();
}

export async function count(Bucket: string): Promise<number> {
  let keys = 0;
  for await (const { KeyCount = 0 } of paginateListObjectsV2({ client: s3 }, { Bucket })) keys += KeyCount;
  return keys;
}

export const copyAll = async (Bucket: string): Promise<void> => {
  await new S3({}).headBucket({ Bucket });
};
