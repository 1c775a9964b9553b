/** Containers, on ECS and by AWS Batch. */
import type { Value } from "../ref.ts";
import type { BatchJob, BatchQueue, EcsCluster, EcsTask } from "../resources/index.ts";
import { allow, type Statement } from "../statement.ts";
import type { Call, CallbackCall } from "./call.ts";
import { eventsRule } from "./events_rule.ts";

/** What of a task's definition an execution changes. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export interface TaskRun {
  readonly launchType?: "EC2" | "FARGATE";
  readonly subnets?: Value<readonly string[]>;
  readonly securityGroups?: Value<readonly string[]>;
  readonly containers?: readonly {
    readonly name: string;
    readonly command?: Value<readonly string[]>;
    readonly environment?: Readonly<Record<string, Value<string>>>;
  }[];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html */
interface RunArguments {
  readonly Cluster: string;
  readonly TaskDefinition: string;
  readonly LaunchType?: string;
  readonly NetworkConfiguration?: {
    readonly AwsvpcConfiguration: { readonly Subnets: readonly string[]; readonly SecurityGroups?: readonly string[] };
  };
  readonly Overrides?: {
    readonly ContainerOverrides: readonly {
      readonly Name: string;
      readonly Command?: readonly string[];
      readonly Environment?: readonly Variable[];
    }[];
  };
}

interface Variable {
  readonly Name: string;
  readonly Value: string;
}

const runArguments = (cluster: EcsCluster, task: EcsTask, run: TaskRun): object => ({
  Cluster: cluster.arn,
  TaskDefinition: task.arn,
  LaunchType: run.launchType,
  NetworkConfiguration:
    run.subnets === undefined
      ? undefined
      : { AwsvpcConfiguration: { Subnets: run.subnets, SecurityGroups: run.securityGroups } },
  Overrides:
    run.containers === undefined
      ? undefined
      : {
          ContainerOverrides: run.containers.map(({ name, command, environment }) => ({
            Name: name,
            Command: command,
            Environment:
              environment && Object.entries(environment).map(([key, value]) => ({ Name: key, Value: value })),
          })),
        },
});

/**
 * The page's policy has the task definition alone; the roles are passed wherever the definition has them, and the cluster
 * is ours. https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html#ecs-iam
 */
const runPermissions = (cluster: EcsCluster, task: EcsTask): Statement[] => [
  { ...allow(["ecs:RunTask"], task.arn), conditions: { ArnEquals: { "ecs:cluster": [cluster.arn] } } },
  {
    ...allow(["iam:PassRole"], task.executionRoleArn, task.taskRoleArn),
    conditions: { StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com"] } },
  },
];

/** An ECS task, run to its end. https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html */
export const runTask = (
  cluster: EcsCluster,
  task: EcsTask,
  run: TaskRun = {},
): Call<{ TaskArn: string; Containers: { Name: string; ExitCode?: number }[] }, RunArguments> => ({
  resource: "arn:aws:states:::ecs:runTask.sync",
  arguments: runArguments(cluster, task, run),
  permissions: [
    ...runPermissions(cluster, task),
    // The page has "*" here, since a task's id isn't known before; its ARN has its cluster's name in it, which is.
    allow(
      ["ecs:StopTask", "ecs:DescribeTasks"],
      `arn:\${aws.partition}:ecs:\${aws.region}:\${aws.account}:task/${cluster.name}/*`,
    ),
    eventsRule("StepFunctionsGetEventsForECSTaskRule"),
  ],
});

/** An ECS task that gets a token, in its environment say, and answers by it. */
export const startTask = (
  cluster: EcsCluster,
  task: EcsTask,
  run: TaskRun,
): CallbackCall<{ Tasks: { TaskArn: string }[] }, RunArguments> => ({
  resource: "arn:aws:states:::ecs:runTask",
  callback: "arn:aws:states:::ecs:runTask.waitForTaskToken",
  arguments: runArguments(cluster, task, run),
  permissions: runPermissions(cluster, task),
});

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
interface JobArguments {
  readonly JobName: string;
  readonly JobQueue: string;
  readonly JobDefinition: string;
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly ArrayProperties?: { readonly Size: number };
  readonly ContainerOverrides?: { readonly Environment: readonly Variable[] };
}

/** A Batch job, run to its end. https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
export const submitJob = (
  queue: BatchQueue,
  job: BatchJob,
  run: {
    readonly name: Value<string>;
    readonly parameters?: Readonly<Record<string, Value<string>>>;
    readonly environment?: Readonly<Record<string, Value<string>>>;
    /** Jobs of an array job. */
    readonly size?: Value<number>;
  },
): Call<{ JobId: string; JobName: string; Status: string }, JobArguments> => ({
  resource: "arn:aws:states:::batch:submitJob.sync",
  arguments: {
    JobName: run.name,
    JobQueue: queue.arn,
    JobDefinition: job.arn,
    Parameters: run.parameters,
    ArrayProperties: run.size === undefined ? undefined : { Size: run.size },
    ContainerOverrides: run.environment && {
      Environment: Object.entries(run.environment).map(([key, value]) => ({ Name: key, Value: value })),
    },
  },
  permissions: [
    // The page has "*" for all three; since then AWS offers a resource level, but for DescribeJobs.
    allow(["batch:SubmitJob"], queue.arn, job.arn),
    allow(["batch:DescribeJobs"], "*"),
    allow(["batch:TerminateJob"], "arn:${aws.partition}:batch:${aws.region}:${aws.account}:job/*"),
    eventsRule("StepFunctionsGetEventsForBatchJobsRule"),
  ],
});
