/**
 * A person's task with reminders: a refund waits for an answer, while a loop beside it reminds of it until it is there.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/human-task-reminder
 */
import * as z from "zod";
import {
  days,
  dynamoTable,
  eq,
  type Flow,
  getItem,
  hours,
  lte,
  publish,
  putItem,
  snsTopic,
  text,
  withDefault,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "refund_approval",
  { input: z.object({ id: z.string(), amount: z.number() }), resources: { tasks: dynamoTable(), staff: snsTopic() } },
  (flow, { id, amount }, aws) => {
    const key = { id: { S: id } };
    const ask = (flow: Flow) => {
      const { answer } = flow.callback(
        "Ask",
        (token) => publish(aws.staff, { message: text`Refund ${amount} for ${id}? Answer with ${token}` }),
        { answer: z.object({ answer: z.enum(["yes", "no"]) }), timeout: days(2) },
      );
      flow.task("Answered", putItem(aws.tasks, { ...key, done: { S: "yes" } }));
      return answer;
    };
    const remind = (flow: Flow) =>
      flow.poll(
        "Remind",
        { every: hours(8), atMost: 7 },
        (flow) => {
          const { Item } = flow.task(
            "LookUp",
            getItem(aws.tasks, key, { answer: z.object({ done: z.object({ S: z.string() }) }) }),
          );
          const done = flow.let("Done", withDefault(Item.done.S, "no"));
          flow.if("StillOpen", eq(done, "no"), (flow) => {
            flow.task("SendReminder", publish(aws.staff, { message: text`${id} still waits` }));
          });
          return done;
        },
        (done) => eq(done, "yes"),
      );
    return flow.if(
      "Small",
      lte(amount, 100),
      () => "yes" as const,
      (flow) => flow.parallel("Person", { answer: ask, reminders: remind }).answer,
    );
  },
);

const told = { MessageId: "m" };

export const refundApproval = example(machine, {
  "asks nobody for little": { input: { id: "r-1", amount: 100 }, output: "yes", states: ["Small"] },
  "reminds until there is an answer": {
    input: { id: "r-1", amount: 101 },
    tasks: {
      Ask: ({ sleep }) => sleep(10 * 3600).then(() => ({ answer: "no" })),
      Answered: {},
      LookUp: [{}, {}, { Item: { done: { S: "yes" } } }],
      SendReminder: told,
    },
    output: "no",
    asked: { SendReminder: [1, 2].map(() => ({ TopicArn: "${staff.arn}", Message: "r-1 still waits" })) },
    seconds: 16 * 3600,
  },
  "gives up after two days": {
    input: { id: "r-1", amount: 101 },
    tasks: { Ask: ({ sleep }) => sleep(Infinity), LookUp: {}, SendReminder: told },
    error: "States.Timeout",
    seconds: 48 * 3600,
  },
});
