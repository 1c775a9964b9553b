/**
 * Submits a job by a Lambda, asks for its status every so often, and ends as the job does.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-project-job-poller.html
 */
import * as z from "zod";
import { eq, invoke, lambdaFunction, or, seconds, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const input = z.object({ jobName: z.string(), queue: z.string() });
const job = z.object({ status: z.enum(["SUBMITTED", "RUNNING", "SUCCEEDED", "FAILED"]) });

const machine = workflow(
  "job_poller",
  { input, resources: { submit: lambdaFunction(), check: lambdaFunction() } },
  (flow, given, aws) => {
    const { jobId } = flow.task("SubmitJob", invoke(aws.submit, given, { answer: z.object({ jobId: z.string() }) }));
    const { status } = flow.poll(
      "Job",
      { every: seconds(30), atMost: 4 },
      (flow) => flow.task("GetJobStatus", invoke(aws.check, { jobId }, { answer: job })),
      (answer) => or(eq(answer.status, "SUCCEEDED"), eq(answer.status, "FAILED")),
    );
    return flow.if(
      "Failed",
      eq(status, "FAILED"),
      (flow) => flow.fail("JobFailed", { error: "JobFailed", cause: jobId }),
      () => jobId,
    );
  },
);

const submitted = { Payload: { jobId: "j-1" } };
const status = (each: string): object => ({ Payload: { status: each } });

export const jobPoller = example(machine, {
  "waits while the job runs": {
    input: { jobName: "nightly", queue: "q" },
    tasks: { SubmitJob: submitted, GetJobStatus: [status("SUBMITTED"), status("RUNNING"), status("SUCCEEDED")] },
    output: "j-1",
    states: ["SubmitJob", "Job", "GetJobStatus", "GetJobStatus", "GetJobStatus", "Failed"],
    seconds: 60,
  },
  "fails with the job": {
    input: { jobName: "nightly", queue: "q" },
    tasks: { SubmitJob: submitted, GetJobStatus: status("FAILED") },
    error: "JobFailed",
    cause: "j-1",
  },
  "gives up on a job that takes too long": {
    input: { jobName: "nightly", queue: "q" },
    tasks: { SubmitJob: submitted, GetJobStatus: status("RUNNING") },
    error: "PollExhausted",
    seconds: 90,
  },
});
