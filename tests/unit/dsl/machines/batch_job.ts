/**
 * Prepares a Batch job by a Lambda, runs it to its end, and tells a topic how it went.
 * https://docs.aws.amazon.com/step-functions/latest/dg/batch-job-notification.html
 */
import * as z from "zod";
import {
  AnyError,
  batchJob,
  batchQueue,
  hours,
  publish,
  snsTopic,
  submitJob,
  text,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "batch_job",
  {
    input: z.object({ files: z.array(z.string()) }),
    resources: { queue: batchQueue(), convert: batchJob(), topic: snsTopic() },
  },
  (flow, given, aws) =>
    flow
      .try("Job", (flow) => {
        const prepared = flow.lambda("Prepare", { files: given.files }, ({ files }) => ({
          name: `convert-${files.length}`,
          files: files.map((file) => file.trim()).join(","),
        }));
        const { JobId } = flow.task(
          "SubmitBatchJob",
          submitJob(aws.queue, aws.convert, { name: prepared.name, environment: { FILES: prepared.files } }),
          { timeout: hours(2) },
        );
        flow.task("NotifySuccess", publish(aws.topic, { message: text`Batch job ${JobId} succeeded` }));
        return JobId;
      })
      .catch(AnyError, (flow, error) => {
        flow.task("NotifyFailure", publish(aws.topic, { message: text`Batch job failed: ${error.Cause}` }));
        return flow.fail("JobFailed", { error: error.Error, cause: error.Cause });
      }),
);

export const runBatchJob = example(machine, {
  "runs the job with what was prepared": {
    input: { files: [" a ", "b"] },
    tasks: {
      SubmitBatchJob: { JobId: "j-1", JobName: "convert-2", Status: "SUCCEEDED" },
      NotifySuccess: { MessageId: "m" },
    },
    output: "j-1",
    states: ["Job", "Prepare", "SubmitBatchJob", "NotifySuccess"],
    asked: {
      SubmitBatchJob: [
        {
          JobName: "convert-2",
          JobQueue: "${queue.arn}",
          JobDefinition: "${convert.arn}",
          ContainerOverrides: { Environment: [{ Name: "FILES", Value: "a,b" }] },
        },
      ],
    },
  },
  "tells of a job that failed": {
    input: { files: [] },
    tasks: {
      SubmitBatchJob: new TaskError("States.TaskFailed", "Host EC2 terminated"),
      NotifyFailure: { MessageId: "m" },
    },
    error: "States.TaskFailed",
    cause: "Host EC2 terminated",
  },
});
