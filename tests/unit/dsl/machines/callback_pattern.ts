/**
 * Sends a message with a token to a queue and waits for whoever answers it; tells a topic how it went.
 * https://docs.aws.amazon.com/step-functions/latest/dg/callback-task-sample-sqs.html
 */
import * as z from "zod";
import {
  AnyError,
  minutes,
  publish,
  sendMessage,
  snsTopic,
  sqsQueue,
  text,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example, silence } from "./example.ts";

const machine = workflow(
  "callback_pattern",
  { input: z.object({ title: z.string() }), resources: { queue: sqsQueue(), topic: snsTopic() } },
  (flow, given, aws) =>
    flow
      .try("Answered", (flow) => {
        const { result } = flow.callback(
          "StartTask",
          (token) => sendMessage(aws.queue, { MessageTitle: given.title, TaskToken: token }),
          { answer: z.object({ result: z.string() }), timeout: minutes(60), heartbeat: minutes(10) },
        );
        flow.task("NotifySuccess", publish(aws.topic, { message: text`Callback received: ${result}` }));
        return result;
      })
      .catch(AnyError, (flow, error) => {
        flow.task("NotifyFailure", publish(aws.topic, { message: text`Task failed: ${error.Error}` }));
        return flow.fail("Unanswered", { error: error.Error, cause: error.Cause });
      }),
);

const NotifyFailure = { MessageId: "m" };

export const callbackPattern = example(machine, {
  "goes on when the token comes back": {
    input: { title: "Work" },
    tasks: { StartTask: ({ sleep }) => sleep(500).then(() => ({ result: "done" })), NotifySuccess: { MessageId: "m" } },
    output: "done",
    states: ["Answered", "StartTask", "NotifySuccess"],
    asked: { NotifySuccess: [{ TopicArn: "${topic.arn}", Message: "Callback received: done" }] },
    seconds: 500,
  },
  "tells of a failure that was answered": {
    input: { title: "Work" },
    tasks: { StartTask: new TaskError("Refused", "not today"), NotifyFailure },
    error: "Refused",
    cause: "not today",
    asked: { NotifyFailure: [{ TopicArn: "${topic.arn}", Message: "Task failed: Refused" }] },
  },
  "fails where no heartbeat comes": {
    input: { title: "Work" },
    tasks: { StartTask: silence, NotifyFailure },
    error: "States.Timeout",
    states: ["Answered", "StartTask", "NotifyFailure", "Unanswered"],
    seconds: 600,
  },
});
