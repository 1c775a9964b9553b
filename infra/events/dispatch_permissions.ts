/** What the dispatcher may do: look at the raw zone, write down a batch, start the machine, ring its own bell later. */
import { listing } from "../iam/listing.ts";
import type { Statement } from "../iam/policy.ts";
import type { Names } from "../names.ts";

interface Surroundings {
  readonly rawBucket: string;
  readonly processedBucket: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly aliasArn: string;
  readonly queueArn: string;
}

export function dispatchPermissions(names: Names, around: Surroundings): Statement[] {
  return [
    {
      sid: "LookAtRawZone",
      actions: ["s3:ListBucketVersions"],
      resources: [names.s3(around.rawBucket)],
      conditions: { StringLike: { "s3:prefix": ["raw/*"] } },
    },
    {
      sid: "WriteDownBatches",
      actions: ["s3:GetObject", "s3:PutObject"],
      resources: [names.s3(around.processedBucket, "runs/*")],
    },
    listing("SeeWhichBatchesThereAre", names.s3(around.processedBucket), ["runs/*"]),
    { sid: "SeeRuns", actions: ["states:ListExecutions"], resources: [around.machineArn] },
    {
      sid: "SeeHowRunsEnded",
      actions: ["states:DescribeExecution"],
      resources: [names.arn("states", `execution:${around.machineName}:*`)],
    },
    { sid: "Start", actions: ["states:StartExecution"], resources: [around.aliasArn] },
    {
      sid: "HearAndRing",
      actions: [
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sqs:GetQueueAttributes",
      ],
      resources: [around.queueArn],
    },
  ];
}
