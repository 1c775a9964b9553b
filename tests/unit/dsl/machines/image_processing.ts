/**
 * Takes an uploaded picture's facts, refuses what is no picture, and then finds what is on it and makes a thumbnail at
 * the same time.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/image-processing-app
 */
import * as z from "zod";
import { dynamoTable, invoke, lambdaFunction, putItem, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

class NotAnImage extends Error {
  override readonly name = "NotAnImage";
}
const facts = z.object({ format: z.string(), width: z.number() });

const machine = workflow(
  "image_processing",
  {
    input: z.object({ bucket: z.string(), key: z.string() }),
    resources: {
      extract: lambdaFunction(),
      rekognition: lambdaFunction(),
      resize: lambdaFunction(),
      images: dynamoTable(),
    },
  },
  (flow, image, aws) =>
    flow
      .try("Processed", (flow) => {
        const given = flow.task("ExtractFacts", invoke(aws.extract, image, { answer: facts }));
        const { format } = flow.lambda("CheckFormat", given, ({ format: found }) => {
          if (!["JPEG", "PNG"].includes(found)) throw new NotAnImage(`${found} is not supported`);
          return { format: found.toLowerCase() };
        });
        const made = flow.parallel("Process", {
          labels: (flow) => flow.task("DetectLabels", invoke(aws.rekognition, image, { answer: z.array(z.string()) })),
          thumbnail: (flow) =>
            flow.task(
              "MakeThumbnail",
              invoke(aws.resize, { image, width: 100 }, { answer: z.object({ key: z.string() }) }),
            ),
        });
        flow.task(
          "Store",
          putItem(aws.images, { key: { S: image.key }, format: { S: format }, thumbnail: { S: made.thumbnail.key } }),
        );
        return { stored: true, labels: made.labels };
      })
      .on(["NotAnImage"], () => ({ stored: false, labels: [] }))
      .catch(["States.Timeout"], () => ({ stored: false, labels: ["took too long"] })),
);

const input = { bucket: "b", key: "cat.png" };

export const imageProcessing = example(machine, {
  "stores what it found": {
    input,
    tasks: {
      ExtractFacts: { Payload: { format: "PNG", width: 2000 } },
      DetectLabels: { Payload: ["cat"] },
      MakeThumbnail: { Payload: { key: "thumbnails/cat.png" } },
      Store: {},
    },
    output: { stored: true, labels: ["cat"] },
    asked: {
      Store: [
        {
          TableName: "${images.name}",
          Item: { key: { S: "cat.png" }, format: { S: "png" }, thumbnail: { S: "thumbnails/cat.png" } },
        },
      ],
    },
  },
  "refuses what is no picture": {
    input,
    tasks: { ExtractFacts: { Payload: { format: "PDF", width: 0 } } },
    output: { stored: false, labels: [] },
    states: ["ExtractFacts", "CheckFormat"],
  },
});
