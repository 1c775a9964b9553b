/**
 * Reads all pages of a list: a round a page, until no token is left.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/pagination-loop
 */
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { add, eq, length, sdk, stateMachine, withDefault, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "pagination_loop",
  { input: z.object({}), resources: { audited: stateMachine() } },
  (flow, _, aws) => {
    const request = { StateMachineArn: aws.audited.arn, MaxResults: 100 };
    const first = flow.task("FirstPage", sdk(ListExecutionsCommand, request, aws.audited.arn));
    const all = flow.repeat(
      "Pages",
      { token: withDefault(first.NextToken, ""), count: length(withDefault(first.Executions, [])) },
      { atMost: 50 },
      (flow, { token, count }) =>
        flow.if(
          "MorePages",
          eq(token, ""),
          () => ({ token: "", count }),
          (flow) => {
            const page = flow.task(
              "NextPage",
              sdk(ListExecutionsCommand, { ...request, NextToken: token }, aws.audited.arn),
            );
            return {
              token: withDefault(page.NextToken, ""),
              count: add(count, length(withDefault(page.Executions, []))),
            };
          },
        ),
      ({ token }) => eq(token, ""),
    );
    return all.count;
  },
);

const page = (count: number, NextToken?: string): object => ({
  Executions: Array.from({ length: count }, (_, index) => ({ Name: `e-${index}` })),
  NextToken,
});

export const paginationLoop = example(machine, {
  "reads page after page": {
    input: {},
    tasks: { FirstPage: page(100, "a"), NextPage: [page(100, "b"), page(7)] },
    output: 207,
    asked: {
      NextPage: ["a", "b"].map((NextToken) => ({ StateMachineArn: "${audited.arn}", MaxResults: 100, NextToken })),
    },
  },
  "asks once where one page is all": {
    input: {},
    tasks: { FirstPage: page(3) },
    output: 3,
  },
  "gives up on a list without an end": {
    input: {},
    tasks: { FirstPage: page(1, "a"), NextPage: page(1, "a") },
    error: "RepeatExhausted",
  },
});
