/**
 * Checks an application for an account in two ways at once; what passes both is approved, the rest a person reviews.
 * https://docs.aws.amazon.com/step-functions/latest/dg/getting-started.html
 */
import * as z from "zod";
import { and, dynamoTable, hours, putItem, sendMessage, sqsQueue, workflow } from "../../../../workflow/dsl/index.ts";
import { example, silence } from "./example.ts";

const machine = workflow(
  "account_application",
  {
    input: z.object({ name: z.string(), email: z.string(), address: z.string() }),
    resources: { reviews: sqsQueue(), accounts: dynamoTable() },
  },
  (flow, applicant, aws) => {
    const checks = flow.parallel("Checks", {
      identity: (flow) =>
        flow.lambda("CheckIdentity", { email: applicant.email }, ({ email }) => /^[^@\s]+@[^@\s]+$/.test(email)),
      address: (flow) =>
        flow.lambda("CheckAddress", { address: applicant.address }, ({ address }) => /\d/.test(address)),
    });
    const decision = flow.if(
      "AllPassed",
      and(checks.identity, checks.address),
      () => "approved" as const,
      (flow) =>
        flow.callback("Review", (token) => sendMessage(aws.reviews, { token, applicant, checks }), {
          answer: z.enum(["approved", "rejected"]),
          timeout: hours(48),
        }),
    );
    flow.choose("Decision", decision, {
      approved: (flow) => {
        flow.task("OpenAccount", putItem(aws.accounts, { email: { S: applicant.email }, name: { S: applicant.name } }));
      },
      rejected: () => undefined,
    });
    return decision;
  },
);

const good = { name: "Ada", email: "ada@example.com", address: "1 High Street" };

export const accountApplication = example(machine, {
  "opens an account where both checks pass": {
    input: good,
    tasks: { OpenAccount: {} },
    output: "approved",
    asked: {
      OpenAccount: [{ TableName: "${accounts.name}", Item: { email: { S: "ada@example.com" }, name: { S: "Ada" } } }],
    },
  },
  "opens it after a review, too": {
    input: { ...good, address: "somewhere" },
    tasks: { Review: () => "approved", OpenAccount: {} },
    output: "approved",
  },
  "opens none where the reviewer refuses": {
    input: { ...good, email: "no address" },
    tasks: { Review: () => "rejected" },
    output: "rejected",
  },
  "fails where nobody reviews it": {
    input: { ...good, email: "no address" },
    tasks: { Review: silence },
    error: "States.Timeout",
    seconds: 48 * 3600,
  },
});
