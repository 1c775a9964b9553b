/** AWS Glue: https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html */
import type { Value } from "../ref.ts";
import type { GlueJob } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { Call } from "./call.ts";

/** A job, run to its end; its arguments are given without their dashes. */
export const startJobRun = (
  job: GlueJob,
  args: Readonly<Record<string, Value<string>>> = {},
): Call<{ Id: string; JobRunState: string }, { JobName: string; Arguments: Record<string, string> }> => ({
  resource: "arn:aws:states:::glue:startJobRun.sync",
  arguments: {
    JobName: job.name,
    Arguments: Object.fromEntries(Object.entries(args).map(([key, value]) => [`--${key}`, value])),
  },
  yields: '{"Id": $states.result.Id, "JobRunState": $states.result.JobRunState}',
  // The page has "*", from before jobs had a resource level:
  // https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html#glue-iam
  permissions: [allow(["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"], job.arn)],
});
