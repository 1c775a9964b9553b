/**
 * Lists a bucket and handles each object in an execution of its own; the results are written to S3.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-dist-map-s3data-process.html
 */
import * as z from "zod";
import { invoke, lambdaFunction, objectsIn, s3Bucket, workflow } from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "listed_objects_map",
  { input: z.object({}), resources: { weather: s3Bucket(), results: s3Bucket(), hottest: lambdaFunction() } },
  (flow, _, aws) => {
    const { ResultWriterDetails: written } = flow.distributedMap(
      "EachStation",
      objectsIn({ bucket: aws.weather, prefix: "csv/by_station/" }),
      {
        maxConcurrency: 1000,
        tolerated: { percentage: 5 },
        results: { bucket: aws.results, prefix: "stations", transformation: "COMPACT" },
      },
      (flow, object) =>
        flow.task(
          "FindHottest",
          invoke(aws.hottest, { bucket: aws.weather.name, key: object.Key }, { answer: z.number() }),
        ),
    );
    return written.Bucket;
  },
);

const objects = {
  "${weather.name}/csv/by_station/a.csv": "1",
  "${weather.name}/csv/by_station/b.csv": "2",
  "${weather.name}/readme.txt": "no station",
};

export const listedObjectsMap = example(machine, {
  "handles each object below the prefix": {
    input: {},
    objects,
    tasks: { FindHottest: { Payload: 40 } },
    output: "${results.name}",
    asked: {
      FindHottest: ["a", "b"].map((station) => ({
        FunctionName: "${hottest.arn}",
        Payload: { bucket: "${weather.name}", key: `csv/by_station/${station}.csv` },
      })),
    },
  },
  "fails where too many fail": {
    input: {},
    objects,
    tasks: { FindHottest: [new TaskError("Corrupt"), { Payload: 40 }] },
    error: "States.ExceedToleratedFailureThreshold",
  },
});
