/**
 * Starts another machine, once to wait for its result and once to go on without it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-start-workflow.html
 */
import * as z from "zod";
import { minutes, runExecution, startExecution, stateMachine, text, workflow } from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "nested_workflow",
  {
    input: z.object({ order: z.string(), amount: z.number() }),
    resources: {
      price: stateMachine<{ amount: number }, { total: number }>(),
      audit: stateMachine<{ order: string; total: number }, null>(),
    },
  },
  (flow, given, aws) => {
    const { total } = flow.task("Price", runExecution(aws.price, { amount: given.amount }), { timeout: minutes(5) });
    flow.task("Audit", startExecution(aws.audit, { order: given.order, total }, text`audit-${given.order}`));
    return total;
  },
);

export const nestedWorkflow = example(machine, {
  "waits for the one and leaves the other to itself": {
    input: { order: "o-1", amount: 100 },
    tasks: {
      Price: { Output: { total: 119 }, Status: "SUCCEEDED" },
      Audit: { ExecutionArn: "arn:child", StartDate: "2025-01-01T00:00:00Z" },
    },
    output: 119,
    asked: {
      Price: [{ StateMachineArn: "${price.arn}", Input: { amount: 100 } }],
      Audit: [{ StateMachineArn: "${audit.arn}", Input: { order: "o-1", total: 119 }, Name: "audit-o-1" }],
    },
  },
  "fails with the machine that it waits for": {
    input: { order: "o-1", amount: 100 },
    tasks: { Price: new TaskError("States.TaskFailed", "the child failed") },
    error: "States.TaskFailed",
    states: ["Price"],
  },
});
