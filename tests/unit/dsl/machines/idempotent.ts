/**
 * Gives a request's earlier result where there is one, and does the work only once.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/idempotent-workflow
 */
import * as z from "zod";
import {
  dynamoTable,
  eq,
  getItem,
  invoke,
  lambdaFunction,
  putItem,
  updateItem,
  withDefault,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const taken = "DynamoDB.ConditionalCheckFailedException";

const machine = workflow(
  "idempotent",
  { input: z.object({ request: z.string() }), resources: { results: dynamoTable(), work: lambdaFunction() } },
  (flow, { request }, aws) => {
    const key = { request: { S: request } };
    return flow
      .try("Once", (flow) => {
        flow.task(
          "Claim",
          updateItem(aws.results, key, {
            UpdateExpression: "SET execution = :me",
            ConditionExpression: "attribute_not_exists(execution)",
            ExpressionAttributeValues: { ":me": { S: flow.context.Execution.Name } },
          }),
        );
        const result = flow.task("Work", invoke(aws.work, { request }, { answer: z.string() }));
        flow.task(
          "Store",
          putItem(aws.results, { ...key, execution: { S: flow.context.Execution.Name }, result: { S: result } }),
        );
        return result;
      })
      .catch([taken], (flow) => {
        const earlier = flow.poll(
          "Other",
          { every: 10, atMost: 30 },
          (flow) => {
            const { Item } = flow.task(
              "Look",
              getItem(aws.results, key, { answer: z.object({ result: z.object({ S: z.string() }).optional() }) }),
            );
            return flow.let("Result", { ready: withDefault(Item.result.S, "") });
          },
          ({ ready }) => eq(eq(ready, ""), false),
        );
        return earlier.ready;
      });
  },
);

export const idempotent = example(machine, {
  "works the first time": {
    input: { request: "r-1" },
    tasks: { Claim: {}, Work: { Payload: "done" }, Store: {} },
    output: "done",
    asked: {
      Store: [
        {
          TableName: "${results.name}",
          Item: { request: { S: "r-1" }, execution: { S: "execution" }, result: { S: "done" } },
        },
      ],
    },
  },
  "waits for the result of the one that works already": {
    input: { request: "r-1" },
    tasks: { Claim: new TaskError(taken), Look: [{ Item: {} }, { Item: { result: { S: "done" } } }] },
    output: "done",
    seconds: 10,
  },
});
