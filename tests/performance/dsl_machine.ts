/** A machine of the DSL with ten states a group: Pass, Task, Choice, Wait, Pass, Parallel of two Tasks, Wait, Pass. */
import * as z from "zod";
import { gt, invoke, lambdaFunction, workflow, type Retry, type Workflow } from "../../workflow/dsl/index.ts";

/** What CDK's LambdaInvoke retries by itself. */
const retry: readonly Retry[] = [
  {
    errors: [
      "Lambda.ClientExecutionTimeoutException",
      "Lambda.ServiceException",
      "Lambda.AWSLambdaException",
      "Lambda.SdkClientException",
    ],
    interval: 2,
    maxAttempts: 6,
    backoff: 2,
  },
];

export const statesInGroup = 10;

const answer = z.object({ size: z.number() });

/** Writes it; nothing is compiled yet. */
export const dslMachine = (groups: number): Workflow<{ day: string }> =>
  workflow(
    "bench",
    { input: z.object({ day: z.string() }), resources: { work: lambdaFunction() } },
    (flow, run, aws) => {
      for (let n = 0; n < groups; n += 1) {
        const plan = flow.let(`Plan${n}`, { id: n, day: run.day });
        const found = flow.task(`Find${n}`, invoke(aws.work, { id: plan.id, day: plan.day }, { answer }), {
          retry,
        });
        flow.if(
          `Any${n}`,
          gt(found.size, 0),
          (flow) => {
            flow.wait(`Pause${n}`, 5);
          },
          (flow) => {
            flow.let(`Note${n}`, { nothing: plan.id });
          },
        );
        flow.parallel(`Both${n}`, {
          left: (flow) => flow.task(`Left${n}`, invoke(aws.work, { id: plan.id, size: found.size }), { retry }),
          right: (flow) => flow.task(`Right${n}`, invoke(aws.work, { id: plan.id, half: true }), { retry }),
        });
        flow.wait(`Rest${n}`, 10);
        flow.let(`Done${n}`, { id: plan.id, size: found.size });
      }
    },
  );
