/**
 * Has a model say what a message is about, and sends it to the queue of those whom it concerns.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/categorization-state-machine
 */
import * as z from "zod";
import { bedrockModel, invokeModel, sendMessage, sqsQueue, text, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "categorise_messages",
  {
    input: z.object({ message: z.string() }),
    resources: { model: bedrockModel(), billing: sqsQueue(), technical: sqsQueue() },
  },
  (flow, { message }, aws) => {
    const { category } = flow.task(
      "Categorise",
      invokeModel(
        aws.model,
        { prompt: text`Category of: ${message}` },
        { answer: z.object({ category: z.enum(["billing", "technical", "none"]) }) },
      ),
    );
    return flow.choose("Category", category, {
      billing: (flow) => flow.task("ToBilling", sendMessage(aws.billing, message)).MessageId,
      technical: (flow) => flow.task("ToTechnical", sendMessage(aws.technical, message)).MessageId,
      none: () => "nobody",
    });
  },
);

const says = (category: string): object => ({ Body: { category } });

export const categoriseMessages = example(machine, {
  "sends it to whom it concerns": {
    input: { message: "My invoice is wrong" },
    tasks: { Categorise: says("billing"), ToBilling: { MessageId: "m-1" } },
    output: "m-1",
    asked: { ToBilling: [{ QueueUrl: "${billing.url}", MessageBody: "My invoice is wrong" }] },
  },
  "sends it to nobody": { input: { message: "Hi" }, tasks: { Categorise: says("none") }, output: "nobody" },
  "fails where the model makes up a category": {
    input: { message: "Hi" },
    tasks: { Categorise: says("small talk") },
    error: "States.NoChoiceMatched",
    states: ["Categorise", "Category"],
  },
});
