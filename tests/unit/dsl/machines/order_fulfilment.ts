/**
 * Orders of several kinds, each fulfilled in its own way; a kind that is added and forgotten here does not compile.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/checkout-processing-workflow
 */
import * as z from "zod";
import {
  eventBus,
  invoke,
  lambdaFunction,
  minutes,
  putEvent,
  sendMessage,
  sqsQueue,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const order = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("digital"), id: z.string(), email: z.string() }),
  z.object({ kind: z.literal("parcel"), id: z.string(), address: z.object({ street: z.string(), city: z.string() }) }),
  z.object({ kind: z.literal("pickup"), id: z.string(), store: z.number() }),
]);

const machine = workflow(
  "order_fulfilment",
  {
    input: order,
    resources: { licences: lambdaFunction(), warehouse: sqsQueue(), stores: sqsQueue(), bus: eventBus() },
  },
  (flow, given, aws) => {
    const fulfilled = flow.match("Kind", given, "kind", {
      digital: (flow, { id, email }) => {
        const { key } = flow.task(
          "SendLicence",
          invoke(aws.licences, { id, email }, { answer: z.object({ key: z.string() }) }),
        );
        return { by: "mail", reference: key };
      },
      parcel: (flow, { id, address }) => {
        const { tracking } = flow.callback(
          "Ship",
          (token) => sendMessage(aws.warehouse, { id, city: address.city, token }),
          {
            answer: z.object({ tracking: z.string() }),
            timeout: minutes(90),
          },
        );
        return { by: "courier", reference: tracking };
      },
      pickup: (flow, { id, store }) => {
        const { MessageId } = flow.task("Reserve", sendMessage(aws.stores, { id, store }));
        return { by: "customer", reference: MessageId };
      },
    });
    flow.task(
      "Tell",
      putEvent(aws.bus, { source: "shop", type: "OrderFulfilled", detail: { id: given.id, fulfilled } }),
    );
    return fulfilled;
  },
);

const Tell = { Entries: [{ EventId: "e" }] };

export const orderFulfilment = example(machine, {
  "mails what is digital": {
    input: { kind: "digital", id: "o-1", email: "a@example.com" },
    tasks: { SendLicence: { Payload: { key: "K-1" } }, Tell },
    output: { by: "mail", reference: "K-1" },
    states: ["Kind", "SendLicence", "Tell"],
  },
  "waits for the warehouse's tracking number": {
    input: { kind: "parcel", id: "o-2", address: { street: "High Street", city: "Oslo" } },
    tasks: { Ship: ({ sleep }) => sleep(600).then(() => ({ tracking: "T-1" })), Tell },
    output: { by: "courier", reference: "T-1" },
    seconds: 600,
    asked: {
      Tell: [
        {
          Entries: [
            {
              EventBusName: "${bus.name}",
              Source: "shop",
              DetailType: "OrderFulfilled",
              Detail: { id: "o-2", fulfilled: { by: "courier", reference: "T-1" } },
            },
          ],
        },
      ],
    },
  },
  "reserves in the store": {
    input: { kind: "pickup", id: "o-3", store: 7 },
    tasks: { Reserve: { MessageId: "m-1" }, Tell },
    output: { by: "customer", reference: "m-1" },
    asked: { Reserve: [{ QueueUrl: "${stores.url}", MessageBody: { id: "o-3", store: 7 } }] },
  },
  "fails where the warehouse can't": {
    input: { kind: "parcel", id: "o-4", address: { street: "?", city: "?" } },
    tasks: { Ship: new TaskError("NoSuchCity", "?") },
    error: "NoSuchCity",
    states: ["Kind", "Ship"],
  },
});
