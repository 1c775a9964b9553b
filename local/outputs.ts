/** What the Pulumi program tells of its stack. */
import * as z from "zod";

export const stackOutputs = z.looseObject({
  buckets: z.object({
    raw: z.string(),
    processed: z.string(),
    archive: z.string(),
    results: z.string(),
    artifacts: z.string(),
  }),
  stateMachineArn: z.string(),
  stateMachineVersionArn: z.string(),
  stateMachineAliasArn: z.string(),
  doorbellQueueUrl: z.string(),
  alertsTopicArn: z.string(),
  workgroup: z.string(),
  database: z.string(),
  crawler: z.string(),
});
export type StackOutputs = z.infer<typeof stackOutputs>;
