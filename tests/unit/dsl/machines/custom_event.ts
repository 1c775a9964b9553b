/**
 * Puts an event of its own on a bus, whose rules send it to whom it concerns.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-eventbridge-custom-event.html
 */
import * as z from "zod";
import { eventBus, putEvent, workflow } from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "custom_event",
  { input: z.object({ order: z.string(), state: z.enum(["placed", "paid"]) }), resources: { bus: eventBus() } },
  (flow, given, aws) => {
    flow.task("SendEvent", putEvent(aws.bus, { source: "shop.orders", type: "OrderChanged", detail: given }), {
      retry: [{ errors: ["EventBridge.InternalFailure"], interval: 1, maxAttempts: 2 }],
    });
  },
);

const input = { order: "o-1", state: "paid" } as const;

export const customEvent = example(machine, {
  "puts the event": {
    input,
    tasks: { SendEvent: { Entries: [{ EventId: "e" }], FailedEntryCount: 0 } },
    output: null,
    asked: {
      SendEvent: [
        {
          Entries: [{ EventBusName: "${bus.name}", Source: "shop.orders", DetailType: "OrderChanged", Detail: input }],
        },
      ],
    },
  },
  "fails where the bus refuses it": {
    input,
    tasks: { SendEvent: new TaskError("EventBridge.FailedEntry", "NotAuthorized") },
    error: "EventBridge.FailedEntry",
    seconds: 0,
  },
});
