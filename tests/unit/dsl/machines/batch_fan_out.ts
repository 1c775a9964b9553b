/**
 * A Lambda splits the work, and a Batch job a part runs, some of them at once.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-batch-fan-out.html
 */
import * as z from "zod";
import { batchJob, batchQueue, hours, submitJob, text, workflow } from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "batch_fan_out",
  { input: z.object({ pages: z.number() }), resources: { queue: batchQueue(), scan: batchJob() } },
  (flow, given, aws) => {
    const parts = flow.lambda("GenerateBatchJobMap", { pages: given.pages }, ({ pages }) =>
      Array.from({ length: Math.ceil(pages / 10) }, (_, index) => ({
        from: String(index * 10 + 1),
        to: String(Math.min(pages, index * 10 + 10)),
      })),
    );
    return flow.map(
      "FanOutBatchJobs",
      parts,
      { maxConcurrency: 5 },
      (flow, part, index) =>
        flow.task(
          "SubmitBatchJob",
          submitJob(aws.queue, aws.scan, { name: text`scan-${index}`, parameters: { from: part.from, to: part.to } }),
          { timeout: hours(1), retry: [{ errors: ["Batch.ServerException"], interval: 10, maxAttempts: 2 }] },
        ).JobId,
    );
  },
);

const job = ({ arguments: args }: { arguments: unknown }): object => ({
  JobId: z.object({ JobName: z.string() }).parse(args).JobName,
});

export const batchFanOut = example(machine, {
  "runs a job for each part": {
    input: { pages: 25 },
    tasks: { SubmitBatchJob: job },
    output: ["scan-0", "scan-1", "scan-2"],
    asked: {
      SubmitBatchJob: [
        { from: "1", to: "10" },
        { from: "11", to: "20" },
        { from: "21", to: "25" },
      ].map((Parameters, index) => ({
        JobName: `scan-${index}`,
        JobQueue: "${queue.arn}",
        JobDefinition: "${scan.arn}",
        Parameters,
      })),
    },
  },
  "asks again where the service fails, and fails with a job": {
    input: { pages: 1 },
    tasks: {
      SubmitBatchJob: [
        new TaskError("Batch.ServerException", "try later"),
        new TaskError("States.TaskFailed", "exit 1"),
      ],
    },
    error: "States.TaskFailed",
    seconds: 10,
  },
});
