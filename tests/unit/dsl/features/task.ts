/** Task: all but its resources and its errors. */
import * as z from "zod";
import { invoke, lambdaFunction, minutes, sqsQueue, sendMessage, workflow } from "../../../../workflow/dsl/index.ts";
import type { TaskHandler } from "../../../../workflow/simulator/index.ts";
import type { Row } from "./row.ts";
import { throws } from "./throws.ts";

const input = z.object({ name: z.string(), limit: z.number() });
const given = { name: "Ada", limit: 20 };

const asked = workflow("asked", { input, resources: { greet: lambdaFunction() } }, (flow, run, aws) =>
  flow.task("Greet", invoke(aws.greet, { name: run.name, times: [1, 2] }, { answer: z.string() }), {
    timeout: run.limit,
    credentials: "arn:aws:iam::210987654321:role/greeter",
  }),
);
const echo: TaskHandler = (call) => ({ Payload: call });
const late: TaskHandler = async (_, call) => {
  await call.sleep(minutes(5));
};

const approved = workflow("approved", { input, resources: { queue: sqsQueue() } }, (flow, run, aws) =>
  flow.callback("Approve", (token) => sendMessage(aws.queue, { token, who: run.name }), {
    answer: z.object({ by: z.string() }),
    timeout: minutes(10),
    heartbeat: minutes(1),
  }),
);
const beating: TaskHandler = async (_, call) => {
  for (let minute = 0; minute < 4; minute++) {
    await call.sleep(minutes(0.75));
    call.heartbeat();
  }
  return { by: "Grace" };
};

export const taskRows: readonly Row[] = [
  {
    field: "Task.Arguments",
    here: "the payload of a Lambda, the request of a call: values, and references anywhere in them",
    program: asked,
    values: [
      {
        FunctionName: "${greet.arn}",
        Payload: { name: "{% $states.context.Execution.Input.name %}", times: [1, 2] },
      },
    ],
    cases: [
      {
        given: { input: given, tasks: { Greet: echo } },
        ends: { output: { FunctionName: "${greet.arn}", Payload: { name: "Ada", times: [1, 2] } } },
      },
    ],
  },
  {
    field: "Task.TimeoutSeconds",
    here: "`{ timeout }` of a task, for one attempt: seconds, or a reference to them. A Lambda's is its function's own and 5 s",
    program: asked,
    values: ["{% $states.context.Execution.Input.limit %}"],
    cases: [{ given: { input: given, tasks: { Greet: late } }, ends: { error: "States.Timeout", takes: 20 } }],
  },
  {
    field: "Task.HeartbeatSeconds",
    here: "`{ heartbeat }` of a callback or a task: seconds, or a reference to them",
    program: approved,
    values: [60],
    cases: [
      { given: { input: given, tasks: { Approve: beating } }, ends: { output: { by: "Grace" }, takes: 180 } },
      { given: { input: given, tasks: { Approve: late } }, ends: { error: "States.Timeout", takes: 60 } },
    ],
  },
  {
    field: "Task.Credentials.RoleArn",
    here: "`{ credentials }` of a task: the ARN of a role that it takes on, another account's perhaps",
    program: asked,
    values: ["arn:aws:iam::210987654321:role/greeter"],
    cases: [
      {
        given: {
          input: given,
          tasks: {
            Greet: throws("States.TaskFailed", "not allowed to take on the role"),
          },
        },
        ends: { error: "States.TaskFailed", cause: "not allowed to take on the role" },
      },
    ],
  },
];
