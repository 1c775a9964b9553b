/** Mistakes in permissions. */
import { ListBucketsCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { allow, type Statement } from "../../../../workflow/dsl/index.ts";
import { nothing, type Mistake } from "./mistake.ts";

const granted =
  (...statements: readonly Statement[]): Mistake["write"] =>
  (flow) =>
    flow.lambda("Work", {}, nothing, { permissions: statements });

export const permissionMistakes = {
  "unknown-action": [
    {
      what: "an action that IAM does not have",
      state: "Work",
      message:
        "IAM has no action s3:GetObjekt. Name the action that authorises the call: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
      write: granted(allow(["s3:GetObjekt"], "arn:aws:s3:::b/*")),
    },
  ],
  "wildcard-action": [
    {
      what: "an action with a wildcard",
      state: "Work",
      message: "s3:Get* allows more than anybody can read in it: name the actions that are needed.",
      write: granted(allow(["s3:Get*"], "arn:aws:s3:::b/*")),
    },
  ],
  "no-resource": [
    {
      what: "a permission on nothing",
      state: "Work",
      message: 's3:GetObject is allowed on no resource: name the ARNs or, where AWS offers no resource level, "*".',
      write: granted(allow([GetObjectCommand])),
    },
  ],
  "too-wide": [
    {
      what: "a permission on everything",
      state: "Work",
      message: "s3:GetObject may not be allowed on every resource: name the ARNs.",
      write: granted(allow([GetObjectCommand], "*")),
    },
  ],
  "no-resource-level": [
    {
      what: "an ARN where there is no resource level",
      state: "Work",
      message:
        'AWS offers no resource level for s3:ListAllMyBuckets: on an ARN it allows nothing. Allow it in a statement of its own, on "*".',
      write: granted(allow([ListBucketsCommand], "arn:aws:s3:::b")),
    },
  ],
  "other-resource": [
    {
      what: "an ARN of something else",
      state: "Work",
      message:
        "s3:GetObject works on none of arn:aws:sqs:eu-central-1:123456789012:q: its resources are like arn:*:s3:*:*:accesspoint/*/object/*, arn:*:s3:::*/*.",
      write: granted(allow([GetObjectCommand], "arn:aws:sqs:eu-central-1:123456789012:q")),
    },
  ],
} as const satisfies Readonly<Record<string, readonly Mistake[]>>;
