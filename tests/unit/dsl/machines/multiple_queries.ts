/**
 * Runs several queries at once; the results of all are sent together.
 * https://docs.aws.amazon.com/step-functions/latest/dg/run-multiple-queries.html
 */
import * as z from "zod";
import {
  athenaWorkgroup,
  glueDatabase,
  minutes,
  publish,
  s3Bucket,
  snsTopic,
  workflow,
  type Flow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "multiple_queries",
  {
    input: z.object({}),
    resources: { group: athenaWorkgroup(), shop: glueDatabase(), data: s3Bucket(), topic: snsTopic() },
  },
  (flow, _, aws) => {
    const counts = (name: string, table: string) => (flow: Flow) =>
      flow.athena(name, `SELECT count(*) FROM ${table}`, {
        workgroup: aws.group,
        database: aws.shop,
        columns: ["rows"],
        timeout: minutes(5),
        reads: [{ bucket: aws.data, prefix: "tables" }],
        results: { bucket: aws.data, prefix: "results" },
      });
    const found = flow.parallel("Queries", {
      orders: counts("CountOrders", "orders"),
      customers: counts("CountCustomers", "customers"),
    });
    const message = flow.lambda("Word", found, ({ orders, customers }) =>
      [`${orders[0]?.rows ?? "no"} orders`, `${customers[0]?.rows ?? "no"} customers`].join(", "),
    );
    flow.task("SendResults", publish(aws.topic, { message }));
    return message;
  },
);

const counted = (count: string): object => ({
  ResultSet: { Rows: [{ Data: [{ VarCharValue: "_col0" }] }, { Data: [{ VarCharValue: count }] }] },
});
const started = { QueryExecution: { QueryExecutionId: "q" } };

export const multipleQueries = example(machine, {
  "sends all results together": {
    input: {},
    tasks: {
      CountOrders: started,
      CountOrdersRows: counted("7"),
      CountCustomers: started,
      CountCustomersRows: counted("3"),
      SendResults: { MessageId: "m" },
    },
    output: "7 orders, 3 customers",
  },
  "sends nothing where one of them fails": {
    input: {},
    tasks: { CountOrders: new TaskError("States.TaskFailed", "no such table"), CountCustomers: started },
    error: "States.TaskFailed",
    cause: "no such table",
  },
});
