/**
 * Checks an uploaded file; good ones go to the processed folder, bad ones to quarantine, with what is wrong with them.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/data-processing
 */
import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import {
  allow,
  eq,
  length,
  publish,
  s3Bucket,
  sdk,
  snsTopic,
  text,
  withDefault,
  workflow,
  type Flow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "quarantine",
  { input: z.object({ file: z.string() }), resources: { data: s3Bucket(), owner: snsTopic() } },
  (flow, { file }, aws) => {
    const bucket = aws.data.name;
    const Key = text`raw/${file}`;
    const raw = aws.data.objects("raw/*");
    const move = (flow: Flow, folder: "processed" | "quarantine"): void => {
      const request = { Bucket: bucket, CopySource: text`${bucket}/${Key}`, Key: text`${folder}/${file}` };
      flow.task(`CopyTo_${folder}`, {
        ...sdk(CopyObjectCommand, request),
        // Copying needs two actions, each on something else.
        permissions: [allow(["s3:GetObject"], raw), allow(["s3:PutObject"], aws.data.objects(`${folder}/*`))],
      });
      flow.task(`DeleteAfter_${folder}`, sdk(DeleteObjectCommand, { Bucket: bucket, Key }, raw));
    };
    const object = flow.task("Read", sdk(GetObjectCommand, { Bucket: bucket, Key }, raw));
    const wrong = flow.lambda("Check", { csv: withDefault(object.Body, "") }, ({ csv }) =>
      csv
        .trim()
        .split("\n")
        .flatMap((line, index) => (line.split(",").length === 3 ? [] : [`line ${index + 1} has not three columns`])),
    );
    return flow.if(
      "Good",
      eq(length(wrong), 0),
      (flow) => {
        move(flow, "processed");
        return "processed";
      },
      (flow) => {
        move(flow, "quarantine");
        const message = flow.lambda("Word", { wrong }, ({ wrong: all }) => all.join("; "));
        flow.task("Tell", publish(aws.owner, { subject: text`${file} is in quarantine`, message }));
        return "quarantined";
      },
    );
  },
);

export const quarantine = example(machine, {
  "processes a good file": {
    input: { file: "a.csv" },
    tasks: { Read: { Body: "1,2,3\n4,5,6\n" }, CopyTo_processed: {}, DeleteAfter_processed: {} },
    output: "processed",
    asked: {
      CopyTo_processed: [{ Bucket: "${data.name}", CopySource: "${data.name}/raw/a.csv", Key: "processed/a.csv" }],
      DeleteAfter_processed: [{ Bucket: "${data.name}", Key: "raw/a.csv" }],
    },
  },
  "puts a bad one into quarantine": {
    input: { file: "b.csv" },
    tasks: {
      Read: { Body: "1,2,3\n4,5\n6" },
      CopyTo_quarantine: {},
      DeleteAfter_quarantine: {},
      Tell: { MessageId: "m" },
    },
    output: "quarantined",
    asked: {
      Tell: [
        {
          TopicArn: "${owner.arn}",
          Subject: "b.csv is in quarantine",
          Message: "line 2 has not three columns; line 3 has not three columns",
        },
      ],
    },
  },
  "fails where there is none": {
    input: { file: "c.csv" },
    tasks: { Read: new TaskError("S3.NoSuchKeyException", "not found") },
    error: "S3.NoSuchKeyException",
    states: ["Read"],
  },
});
