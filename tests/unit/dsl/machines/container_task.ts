/**
 * Runs a Fargate task, waits for its end, and tells a topic whether it succeeded.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-project-container-task-notification.html
 */
import * as z from "zod";
import {
  AnyError,
  ecsCluster,
  ecsTask,
  hours,
  publish,
  runTask,
  snsTopic,
  text,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "container_task",
  {
    input: z.object({ subnets: z.array(z.string()), date: z.string() }),
    resources: { cluster: ecsCluster(), report: ecsTask(), topic: snsTopic() },
  },
  (flow, given, aws) =>
    flow
      .try("Container", (flow) => {
        const task = flow.task(
          "RunFargateTask",
          runTask(aws.cluster, aws.report, {
            launchType: "FARGATE",
            subnets: given.subnets,
            containers: [{ name: "report", environment: { DATE: given.date } }],
          }),
          { timeout: hours(1) },
        );
        flow.task("NotifySuccess", publish(aws.topic, { message: "The container task succeeded" }));
        return task.TaskArn;
      })
      .catch(AnyError, (flow, error) => {
        flow.task("NotifyFailure", publish(aws.topic, { message: text`The container task failed: ${error.Cause}` }));
        return flow.fail("TaskFailed", { error: error.Error, cause: error.Cause });
      }),
);

const input = { subnets: ["subnet-1"], date: "2025-04-01" };

export const containerTask = example(machine, {
  "tells of success": {
    input,
    tasks: { RunFargateTask: { TaskArn: "task/1", Containers: [] }, NotifySuccess: { MessageId: "m" } },
    output: "task/1",
    states: ["Container", "RunFargateTask", "NotifySuccess"],
    asked: {
      RunFargateTask: [
        {
          Cluster: "${cluster.arn}",
          TaskDefinition: "${report.arn}",
          LaunchType: "FARGATE",
          NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ["subnet-1"] } },
          Overrides: { ContainerOverrides: [{ Name: "report", Environment: [{ Name: "DATE", Value: "2025-04-01" }] }] },
        },
      ],
    },
  },
  "tells of failure": {
    input,
    tasks: { RunFargateTask: new TaskError("States.TaskFailed", "exit code 1"), NotifyFailure: { MessageId: "m" } },
    error: "States.TaskFailed",
    cause: "exit code 1",
    states: ["Container", "RunFargateTask", "NotifyFailure", "TaskFailed"],
  },
});
