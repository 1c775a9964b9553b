/**
 * What rings the dispatcher's bell. A bell says only that there may be something to do; what there is to do, the
 * dispatcher reads from the raw zone. So a lost or repeated event needs no care.
 */
import type { StackConfig } from "../config.ts";

/** A rule of EventBridge: it rings on events that match a pattern, or by a clock. */
export interface Bell {
  readonly name: string;
  readonly description: string;
  readonly on: { readonly pattern: string } | { readonly schedule: string };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const upload = (rawBucket: string): Bell => ({
  name: "upload",
  description: "A file came into the raw zone",
  on: {
    pattern: JSON.stringify({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: [rawBucket] }, object: { key: [{ prefix: "raw/" }] } },
    }),
  },
});

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
const runEnded = (stateMachineArn: string): Bell => ({
  name: "run-ended",
  description: "A run ended: what arrived meanwhile is due, and so may be what failed",
  on: {
    pattern: JSON.stringify({
      source: ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      detail: { stateMachineArn: [stateMachineArn], status: ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] },
    }),
  },
});

const clock = (schedule: string): Bell => ({
  name: "clock",
  description: "The schedule of the stack",
  on: { schedule },
});

/** The bells of a stack: by hand there are none, and a person sends the queue a message. */
export function bells(
  { trigger, schedule }: Pick<StackConfig, "trigger" | "schedule">,
  { rawBucket, stateMachineArn }: { rawBucket: string; stateMachineArn: string },
): Bell[] {
  switch (trigger) {
    case "event":
      return [upload(rawBucket), runEnded(stateMachineArn)];
    case "schedule":
      if (schedule === undefined) throw new Error("trigger is schedule, but there is none");
      return [clock(schedule), runEnded(stateMachineArn)];
    case "manual":
      return [];
  }
}
