/** SDK clients for the emulator, and the environment that makes any other SDK or the AWS CLI use it. */
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient } from "@aws-sdk/client-glue";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Agent } from "node:http";

export interface Clients {
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly events: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  readonly glue: GlueClient;
  readonly logs: CloudWatchLogsClient;
  readonly sfn: SFNClient;
  destroy(): void;
}

/** @param stepFunctions the simulator's endpoint, where there is one */
export function clientsFor(endpoint: string, region: string, stepFunctions = endpoint): Clients {
  const common = { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  // The longest Lambda runs fifteen minutes; the SDK would give up sooner, and then invoke it a second time.
  const patient = {
    requestHandler: { requestTimeout: 960_000, httpAgent: new Agent({ keepAlive: true }) },
    maxAttempts: 1,
  };
  const clients = {
    s3: new S3Client({ ...common, forcePathStyle: true }),
    sqs: new SQSClient(common),
    sns: new SNSClient(common),
    events: new EventBridgeClient(common),
    lambda: new LambdaClient({ ...common, ...patient }),
    iam: new IAMClient(common),
    glue: new GlueClient(common),
    logs: new CloudWatchLogsClient(common),
    sfn: new SFNClient({ ...common, endpoint: stepFunctions }),
  };
  return {
    ...clients,
    destroy() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

export interface Endpoints {
  /** Every service of the emulator. */
  readonly aws: string;
  /** Step Functions' API. */
  readonly stepFunctions: string;
  /** Glue's and Athena's APIs: jobs, crawlers and queries run here, the rest is passed on to the emulator. */
  readonly analytics: string;
}

/** What the AWS SDKs and the AWS CLI read: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
export const environmentFor = (
  { aws, stepFunctions, analytics }: Endpoints,
  region: string,
): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ENDPOINT_URL: aws,
  AWS_ENDPOINT_URL_SFN: stepFunctions,
  AWS_ENDPOINT_URL_GLUE: analytics,
  AWS_ENDPOINT_URL_ATHENA: analytics,
});
