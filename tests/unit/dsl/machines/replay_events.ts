/**
 * Puts events on a bus again, each at its own time.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/eventbridge-replay-events
 */
import * as z from "zod";
import { eventBus, length, putEvent, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const event = z.object({ at: z.string(), type: z.string(), detail: z.object({ id: z.number() }) });

const machine = workflow(
  "replay_events",
  { input: z.object({ events: z.array(event) }), resources: { bus: eventBus() } },
  (flow, { events }, aws) => {
    const sent = flow.map("EachEvent", events, { maxConcurrency: 40 }, (flow, { at, type, detail }) => {
      flow.wait("UntilItsTime", { until: at });
      flow.task("Replay", putEvent(aws.bus, { source: "replay", type, detail }));
    });
    return length(sent);
  },
);

const entry = (DetailType: string, id: number): object => ({
  Entries: [{ EventBusName: "${bus.name}", Source: "replay", DetailType, Detail: { id } }],
});

export const replayEvents = example(machine, {
  "puts them in the order of their times": {
    input: {
      events: [
        { at: "2025-01-01T02:00:00Z", type: "late", detail: { id: 1 } },
        { at: "2025-01-01T00:30:00Z", type: "early", detail: { id: 2 } },
        { at: "2024-12-31T00:00:00Z", type: "past", detail: { id: 3 } },
      ],
    },
    tasks: { Replay: { Entries: [{ EventId: "e" }] } },
    output: 3,
    asked: { Replay: [entry("past", 3), entry("early", 2), entry("late", 1)] },
    seconds: 7200,
  },
  "fails at what is no time": {
    input: { events: [{ at: "tomorrow", type: "never", detail: { id: 1 } }] },
    error: "States.QueryEvaluationError",
    states: ["EachEvent", "UntilItsTime"],
  },
});
