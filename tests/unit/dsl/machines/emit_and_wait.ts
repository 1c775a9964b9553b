/**
 * Emits an event at each milestone of a production line, and goes on when somebody has answered it.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/emit-and-wait
 */
import * as z from "zod";
import { eventBus, hours, minutes, putEvent, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "emit_and_wait",
  { input: z.object({ product: z.string() }), resources: { bus: eventBus() } },
  (flow, { product }, aws) => {
    for (const milestone of ["Started", "Assembled", "Tested"]) {
      flow
        .try(`Milestone${milestone}`, (flow) => {
          flow.callback(
            milestone,
            (token) => putEvent(aws.bus, { source: "line", type: milestone, detail: { product, token } }),
            { answer: z.object({}), timeout: hours(8), heartbeat: minutes(30) },
          );
        })
        .catch(["States.HeartbeatTimeout"], (flow) =>
          flow.fail(`Stopped${milestone}`, { error: "LineStopped", cause: `nothing was heard after ${milestone}` }),
        );
    }
    return product;
  },
);

export const emitAndWait = example(machine, {
  "goes from milestone to milestone": {
    input: { product: "p-1" },
    tasks: {
      Started: {},
      Assembled: async ({ sleep, heartbeat }) => {
        for (const pause of [1000, 1200, 1400]) {
          await sleep(pause);
          heartbeat();
        }
        return {};
      },
      Tested: {},
    },
    output: "p-1",
    states: ["Started", "Assembled", "Tested"],
    seconds: 3600,
  },
  "stops where it hears nothing": {
    input: { product: "p-1" },
    tasks: { Started: {}, Assembled: ({ sleep }) => sleep(3600).then(() => ({})) },
    error: "LineStopped",
    cause: "nothing was heard after Assembled",
    seconds: 1800,
  },
});
