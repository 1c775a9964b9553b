/** What a Task's Resource may be: a function, an activity, or an integration with the patterns that it supports. */
import { textOf, type State } from "../machine.ts";

export type Pattern = "" | ".sync" | ".sync:2" | ".waitForTaskToken";

const call: readonly Pattern[] = [""];
const job: readonly Pattern[] = ["", ".sync"];
const callback: readonly Pattern[] = ["", ".waitForTaskToken"];
const both: readonly Pattern[] = ["", ".sync", ".waitForTaskToken"];

type Actions = Readonly<Record<string, readonly Pattern[]>>;
const each = (patterns: readonly Pattern[], names: string): Actions =>
  Object.fromEntries(names.split(" ").map((name) => [name, patterns]));

/** https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html, and the page of each service */
export const optimized: Readonly<Record<string, Actions>> = {
  apigateway: { invoke: callback },
  athena: { startQueryExecution: job, ...each(call, "stopQueryExecution getQueryExecution getQueryResults") },
  batch: { submitJob: job },
  bedrock: { invokeModel: callback, createModelCustomizationJob: both },
  codebuild: {
    ...each(job, "startBuild startBuildBatch"),
    ...each(call, "stopBuild stopBuildBatch batchDeleteBuilds batchGetReports deleteBuildBatch"),
    retryBuildBatch: job,
  },
  databrew: { startJobRun: job },
  dynamodb: each(call, "getItem putItem updateItem deleteItem"),
  ecs: { runTask: both },
  eks: {
    ...each(job, "createCluster deleteCluster createNodegroup deleteNodegroup"),
    runJob: both,
    call: callback,
  },
  elasticmapreduce: {
    ...each(job, "createCluster terminateCluster addStep"),
    ...each(call, "setClusterTerminationProtection cancelStep modifyInstanceFleetByName modifyInstanceGroupByName"),
  },
  "emr-containers": { createVirtualCluster: call, ...each(job, "deleteVirtualCluster startJobRun") },
  "emr-serverless": each(
    job,
    "createApplication startApplication stopApplication deleteApplication startJobRun cancelJobRun",
  ),
  events: { putEvents: callback },
  glue: { startJobRun: job },
  http: { invoke: call },
  lambda: { invoke: callback },
  mediaconvert: { createJob: job },
  sagemaker: {
    ...each(
      job,
      "createHyperParameterTuningJob createLabelingJob createProcessingJob createTrainingJob createTransformJob",
    ),
    ...each(call, "createEndpoint createEndpointConfig createModel updateEndpoint"),
  },
  sns: { publish: callback },
  sqs: { sendMessage: callback },
  states: { startExecution: ["", ".sync", ".sync:2", ".waitForTaskToken"] },
};

export interface Integration {
  /** Any API of AWS, by the names of its SDK. */
  readonly sdk: boolean;
  readonly service: string;
  readonly action: string;
  /** As written, the dot included: `.sync:2`, or a slip; empty where the answer alone is waited for. */
  readonly pattern: string;
}

/** The integration that an ARN names; undefined for functions, activities and what is no ARN of an integration. */
export function integrationOf(resource: string): Integration | undefined {
  const named =
    /^arn:[^:]+:states:[^:]*:[^:]*:(?<sdk>aws-sdk:)?(?<service>[^:.]+):(?<action>[^:.]+)(?<pattern>\..*)?$/.exec(
      resource,
    )?.groups;
  if (named?.service === undefined || named.action === undefined || named.service === "activity") return undefined;
  return { sdk: named.sdk !== undefined, service: named.service, action: named.action, pattern: named.pattern ?? "" };
}

const patternOf = ({ type, fields }: State): string | undefined =>
  type === "Task" ? /\.(sync(:2)?|waitForTaskToken)$/.exec(textOf(fields.Resource) ?? "")?.[0] : undefined;

/** Whether the state waits until somebody sends its token back. */
export const isCallback = (state: State): boolean => patternOf(state) === ".waitForTaskToken";
/** Whether the state waits until a job has ended. */
export const isJob = (state: State): boolean => patternOf(state)?.startsWith(".sync") === true;
