/** Alerts for people: which file, in which state, why, and what to do next. SNS carries them to whoever subscribed. */
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";

const sns = new SNSClient({});

export interface Alert {
  readonly topic: string;
  readonly subject: string;
  readonly lines: readonly string[];
}

/** SNS takes 100 characters of printable ASCII as a subject: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const asSubject = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 100);

export async function publish({ topic, subject, lines }: Alert): Promise<void> {
  await sns.send(new PublishCommand({ TopicArn: topic, Subject: asSubject(subject), Message: lines.join("\n") }));
}
