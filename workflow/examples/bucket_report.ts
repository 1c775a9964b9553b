/**
 * A report over all files of a bucket, be it ten or ten million: a distributed Map lists them, hands them out in batches
 * to child executions of their own, and writes what those yield to S3, since a million results fit into no execution.
 * A few files that can't be read don't stop the report; it says that it is incomplete.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
import * as z from "zod";
import { allow, AnyError, minutes, objectsIn, publish, s3Bucket, snsTopic, text, workflow } from "../dsl/index.ts";
import { sumUp, writeReport } from "./orders_report.ts";

const resources = { orders: s3Bucket(), reports: s3Bucket(), readers: snsTopic() };

export const bucketReport = workflow(
  "bucket_report",
  { comment: "Sums up the orders of all stores", input: z.object({ day: z.string() }), resources },
  (flow, { day }, aws) =>
    flow
      .try("Report", (flow) => {
        const { ResultWriterDetails: sums } = flow.distributedMap(
          "EachFile",
          objectsIn({ bucket: aws.orders, prefix: "orders/" }),
          {
            label: "orders",
            // A child gets at most 256 KiB of input; a listed object takes some 300 bytes.
            batch: { items: 500 },
            maxConcurrency: 100,
            tolerated: { percentage: 5 },
            results: { bucket: aws.reports, prefix: "sums", transformation: "COMPACT", outputType: "JSONL" },
          },
          (flow, files) =>
            flow.lambda("SumUp", { bucket: aws.orders.name, files }, sumUp, {
              timeout: minutes(10),
              memory: 1024,
              retry: [{ errors: ["SlowDown"], interval: 5, maxAttempts: 5, jitter: true }],
              permissions: [allow(["s3:GetObject"], aws.orders.objects("orders/*"))],
            }),
        );
        const report = text`reports/${day}.json`;
        const { stores, complete } = flow.lambda(
          "WriteReport",
          { bucket: aws.reports.name, manifest: sums.Key, report },
          writeReport,
          {
            timeout: minutes(10),
            memory: 1024,
            permissions: [
              allow(["s3:GetObject"], aws.reports.objects("sums/*")),
              allow(["s3:PutObject"], aws.reports.objects("reports/*")),
            ],
          },
        );
        const note = flow.if(
          "Complete",
          complete,
          () => "All files are in it.",
          () => text`Some files could not be read: s3://${aws.reports.name}/${sums.Key} names them.`,
        );
        flow.task("Announce", publish(aws.readers, { subject: text`Orders of ${day}`, message: note }));
        return { report, stores, complete };
      })
      .catch(AnyError, (flow, error) => {
        const subject = text`No report for ${day}`;
        flow.task("Alert", publish(aws.readers, { subject, message: text`${error.Error}: ${error.Cause}` }));
        return flow.fail("NoReport", { error: "NoReport", cause: text`${error.Error}: ${error.Cause}` });
      }),
);
