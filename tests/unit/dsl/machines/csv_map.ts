/**
 * Works through the rows of a CSV file in S3, a batch an execution, and finds the orders that are late.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-dist-map-csv-process.html
 */
import * as z from "zod";
import { csvRows, s3Bucket, sendMessage, sqsQueue, text, workflow } from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "csv_map",
  { input: z.object({ file: z.string(), today: z.string() }), resources: { data: s3Bucket(), late: sqsQueue() } },
  (flow, { file, today }, aws) =>
    flow.distributedMap(
      "EachBatch",
      csvRows({ bucket: aws.data, key: text`orders/${file}`, keys: "orders/*", columns: ["id", "due", "status"] }),
      { maxConcurrency: 10, batch: { items: 2 }, label: "late" },
      (flow, rows) => {
        const late = flow.lambda("FindLate", { rows, today }, ({ rows: all, today: now }) =>
          all.filter(({ due, status }) => status !== "sent" && due < now).map(({ id }) => id),
        );
        flow.map("EachLate", late, { maxConcurrency: 5 }, (flow, id) => {
          flow.task("Report", sendMessage(aws.late, { id, today }));
        });
        return late;
      },
    ),
);

const csv = ["id,due,status", "1,2025-01-01,sent", "2,2025-01-02,packed", "3,2025-01-09,packed"].join("\n");
const objects = { "${data.name}/orders/a.csv": csv, "${data.name}/orders/empty.csv": "id,due,status\n" };

export const csvMap = example(machine, {
  "reports what is late": {
    input: { file: "a.csv", today: "2025-01-05" },
    objects,
    tasks: { Report: { MessageId: "m" } },
    output: [["2"], []],
    asked: { Report: [{ QueueUrl: "${late.url}", MessageBody: { id: "2", today: "2025-01-05" } }] },
  },
  "has nothing to do for a file without rows": {
    input: { file: "empty.csv", today: "2025-01-05" },
    objects,
    output: [],
  },
  "fails where there is no such file": {
    input: { file: "none.csv", today: "2025-01-05" },
    objects,
    error: "States.ItemReaderFailed",
  },
  "fails where a batch does": {
    input: { file: "a.csv", today: "2025-01-05" },
    objects,
    tasks: { Report: new TaskError("SQS.SqsException", "no") },
    error: "States.ExceedToleratedFailureThreshold",
  },
});
