/** The example of workflow/dsl/README.md, word for word below the imports: readme.test.ts compares and runs it. */
import { GetCrawlerCommand, StartCrawlerCommand } from "@aws-sdk/client-glue";
import * as z from "zod";
import {
  AnyError,
  eq,
  glueCrawler,
  glueJob,
  gt,
  hours,
  publish,
  s3Bucket,
  sdk,
  seconds,
  snsTopic,
  startJobRun,
  text,
  workflow,
} from "../../../workflow/dsl/index.ts";

const input = z.object({ day: z.string(), files: z.array(z.string()) });
const resources = { jobs: { orders: glueJob() }, crawler: glueCrawler(), alerts: snsTopic(), data: s3Bucket() };

export const daily = workflow("daily", { input, timeout: hours(2), resources }, (flow, run, aws) => {
  flow
    .try("Ingest", (flow) => {
      // The event's type comes from the payload, the step's type from what the handler returns.
      const fresh = flow.lambda("Sift", { files: run.files }, ({ files }) => {
        const kept = files.filter((file) => file.endsWith(".csv"));
        return { kept, count: kept.length };
      });

      flow.if("AnythingNew", gt(fresh.count, 0), (flow) => {
        flow.task("Load", startJobRun(aws.jobs.orders, { target: text`s3://${aws.data.name}/orders/${run.day}` }), {
          timeout: hours(1),
          retry: [{ errors: ["Glue.ThrottlingException"], interval: 30, jitter: true }],
        });

        const crawler = { Name: aws.crawler.name };
        flow.task("StartCrawler", sdk(StartCrawlerCommand, crawler, aws.crawler.arn));
        flow.poll(
          "Crawl",
          { every: seconds(15), atMost: 120 },
          (flow) => flow.task("GetCrawler", sdk(GetCrawlerCommand, crawler, aws.crawler.arn)),
          (answer) => eq(answer.Crawler.State, "READY"),
        );
      });
    })
    .catch(AnyError, (flow, error) => {
      flow.task(
        "Alert",
        publish(aws.alerts, { subject: "The day failed", message: text`${error.Error}: ${error.Cause}` }),
      );
      return flow.fail("Failed", { error: "DayFailed", cause: error.Cause });
    });
});
