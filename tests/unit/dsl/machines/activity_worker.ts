/**
 * Hands work to a worker that runs anywhere and polls for it.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/activity-state-machine
 */
import * as z from "zod";
import { activity, minutes, runActivity, workflow } from "../../../../workflow/dsl/index.ts";
import { example, silence } from "./example.ts";

const machine = workflow(
  "activity_worker",
  { input: z.object({ number: z.number() }), resources: { square: activity() } },
  (flow, { number }, aws) =>
    flow.task("Square", runActivity(aws.square, { number }, { answer: z.object({ result: z.number() }) }), {
      timeout: minutes(5),
    }).result,
);

export const activityWorker = example(machine, {
  "yields what the worker answers": {
    input: { number: 7 },
    tasks: { Square: ({ sleep }) => sleep(30).then(() => ({ result: 49 })) },
    output: 49,
    asked: { Square: [{ number: 7 }] },
    seconds: 30,
  },
  "fails where no worker comes": {
    input: { number: 7 },
    tasks: { Square: silence },
    error: "States.Timeout",
    seconds: 300,
  },
});
