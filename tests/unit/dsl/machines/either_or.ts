/**
 * Asks two services at once and goes on with the first answer: a branch that fails stops the others, so the winner fails
 * with its answer, which is caught.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/either-or-parallel-pattern
 */
import * as z from "zod";
import { invoke, lambdaFunction, workflow, type Flow, type LambdaFunction } from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "either_or",
  { input: z.object({ question: z.string() }), resources: { one: lambdaFunction(), other: lambdaFunction() } },
  (flow, { question }, aws) => {
    const racing = (name: string, service: LambdaFunction) => (flow: Flow) => {
      const { answer } = flow.task(
        `Ask${name}`,
        invoke(service, { question }, { answer: z.object({ answer: z.string() }) }),
      );
      return flow.fail(`${name}Won`, { error: "Won", cause: answer });
    };
    return flow
      .try("Race", (flow) => {
        flow.parallel("Both", { one: racing("One", aws.one), other: racing("Other", aws.other) });
        return "nobody won";
      })
      .catch(["Won"], (_, error) => error.Cause);
  },
);

export const eitherOr = example(machine, {
  "goes on with the first": {
    input: { question: "?" },
    tasks: {
      AskOne: ({ sleep }) => sleep(20).then(() => ({ Payload: { answer: "slow" } })),
      AskOther: ({ sleep }) => sleep(5).then(() => ({ Payload: { answer: "fast" } })),
    },
    output: "fast",
    seconds: 5,
  },
  "fails where one fails first": {
    input: { question: "?" },
    tasks: {
      AskOne: ({ sleep }) => sleep(20).then(() => ({ Payload: { answer: "slow" } })),
      AskOther: new TaskError("Broken", "no"),
    },
    error: "Broken",
    seconds: 0,
  },
});
