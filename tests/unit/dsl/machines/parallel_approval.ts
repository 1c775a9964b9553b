/**
 * Needs the approval of several people, who are asked at once, each by a topic of their own.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/parallel-human-approval
 */
import * as z from "zod";
import {
  and,
  days,
  publish,
  snsTopic,
  text,
  workflow,
  type Flow,
  type SnsTopic,
} from "../../../../workflow/dsl/index.ts";
import { example, silence } from "./example.ts";

const machine = workflow(
  "parallel_approval",
  {
    input: z.object({ employee: z.string() }),
    resources: { manager: snsTopic(), it: snsTopic(), security: snsTopic() },
  },
  (flow, { employee }, aws) => {
    const approval = (name: string, topic: SnsTopic) => (flow: Flow) =>
      flow.callback(name, (token) => publish(topic, { message: text`${employee} joins us. Answer with ${token}` }), {
        answer: z.object({ approved: z.boolean() }),
        timeout: days(7),
      }).approved;
    const { manager, it, security } = flow.parallel("Approvals", {
      manager: approval("AskManager", aws.manager),
      it: approval("AskIt", aws.it),
      security: approval("AskSecurity", aws.security),
    });
    return flow.if(
      "AllApproved",
      and(manager, it, security),
      () => ({ employee, onboard: true }),
      () => ({ employee, onboard: false }),
    );
  },
);

const says = (approved: boolean): object => ({ approved });

export const parallelApproval = example(machine, {
  "goes on where all approve": {
    input: { employee: "Ada" },
    tasks: {
      AskManager: ({ sleep }) => sleep(3600).then(() => says(true)),
      AskIt: says(true),
      AskSecurity: ({ sleep }) => sleep(60).then(() => says(true)),
    },
    output: { employee: "Ada", onboard: true },
    seconds: 3600,
  },
  "does not where one of them refuses": {
    input: { employee: "Ada" },
    tasks: { AskManager: says(true), AskIt: says(false), AskSecurity: says(true) },
    output: { employee: "Ada", onboard: false },
  },
  "fails where one of them says nothing for a week": {
    input: { employee: "Ada" },
    tasks: { AskManager: says(true), AskIt: silence, AskSecurity: says(true) },
    error: "States.Timeout",
    seconds: 7 * 86_400,
  },
});
