/**
 * Does its work only while fewer than a limit of executions do the same: a counter in DynamoDB, taken by a conditional
 * update that is tried again until there is room, and given back whatever becomes of the work.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/app-control-concurrency-with-dynamodb-tf
 */
import * as z from "zod";
import {
  AnyError,
  dynamoTable,
  type Flow,
  invoke,
  lambdaFunction,
  seconds,
  updateItem,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const full = "DynamoDB.ConditionalCheckFailedException";

const machine = workflow(
  "semaphore",
  { input: z.object({ job: z.string() }), resources: { locks: dynamoTable(), work: lambdaFunction() } },
  (flow, { job }, aws) => {
    const key = { name: { S: "work" } };
    flow.task(
      "AcquireLock",
      updateItem(aws.locks, key, {
        UpdateExpression: "SET holders = holders + :one",
        ConditionExpression: "holders < :limit",
        ExpressionAttributeValues: { ":one": { N: "1" }, ":limit": { N: "5" } },
      }),
      { retry: [{ errors: [full], interval: seconds(10), maxAttempts: 100, backoff: 1 }] },
    );
    const release = (flow: Flow, name: string): void => {
      flow.task(
        name,
        updateItem(aws.locks, key, {
          UpdateExpression: "SET holders = holders - :one",
          ExpressionAttributeValues: { ":one": { N: "1" } },
        }),
        { retry: [{ errors: AnyError, interval: 1, maxAttempts: 10 }] },
      );
    };
    const done = flow
      .try("Locked", (flow) => flow.task("Work", invoke(aws.work, { job }, { answer: z.string() })))
      .catch(AnyError, (flow, error) => {
        release(flow, "ReleaseAfterError");
        return flow.fail("WorkFailed", { error: error.Error, cause: error.Cause });
      });
    release(flow, "ReleaseLock");
    return done;
  },
);

export const semaphore = example(machine, {
  "works while there is room": {
    input: { job: "j" },
    tasks: { AcquireLock: {}, Work: { Payload: "done" }, ReleaseLock: {} },
    output: "done",
    states: ["AcquireLock", "Work", "ReleaseLock"],
    seconds: 0,
  },
  "waits for room": {
    input: { job: "j" },
    tasks: { AcquireLock: [new TaskError(full), new TaskError(full), {}], Work: { Payload: "done" }, ReleaseLock: {} },
    output: "done",
    seconds: 20,
  },
  "gives its place back where the work fails": {
    input: { job: "j" },
    tasks: {
      AcquireLock: {},
      Work: new TaskError("Broken", "why"),
      ReleaseAfterError: [new TaskError("DynamoDB.InternalServerError"), {}],
    },
    error: "Broken",
    cause: "why",
    states: ["AcquireLock", "Work", "ReleaseAfterError", "WorkFailed"],
  },
});
