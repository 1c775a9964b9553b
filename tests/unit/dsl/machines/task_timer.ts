/**
 * Waits for a time that its input says, and tells a topic.
 * https://docs.aws.amazon.com/step-functions/latest/dg/task-timer-sample.html
 */
import * as z from "zod";
import { publish, snsTopic, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const input = z.object({ topicMessage: z.string(), timerSeconds: z.number() });

const machine = workflow("task_timer", { input, resources: { topic: snsTopic() } }, (flow, given, aws) => {
  flow.wait("Timer", given.timerSeconds);
  return flow.task("Notify", publish(aws.topic, { message: given.topicMessage })).MessageId;
});

export const taskTimer = example(machine, {
  "tells the topic when the time is over": {
    input: { topicMessage: "It is time", timerSeconds: 600 },
    tasks: { Notify: { MessageId: "m-1" } },
    output: "m-1",
    states: ["Timer", "Notify"],
    asked: { Notify: [{ TopicArn: "${topic.arn}", Message: "It is time" }] },
    seconds: 600,
  },
  "fails where the time is not one": {
    input: { topicMessage: "Never", timerSeconds: -1 },
    error: "States.QueryEvaluationError",
    states: ["Timer"],
  },
});
