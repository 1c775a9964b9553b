/**
 * The rule by which Step Functions hears of a job's end, where a `.sync` integration waits by EventBridge.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html
 */
import { allow, type Statement } from "../statement.ts";

export const eventsRule = (rule: string): Statement =>
  allow(
    ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
    `arn:\${aws.partition}:events:\${aws.region}:\${aws.account}:rule/${rule}`,
  );
