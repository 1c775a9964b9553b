/** How long a Wait takes. */
import { machine } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const sleep = (fields: object): object => machine({ Sleep: { Type: "Wait", ...fields, End: true } });

export const waits: readonly Fact[] = [
  {
    fact: "A Wait takes its Seconds and hands its input on",
    source: "recorded: base/test_base_wait_seconds_path[1]",
    definition: sleep({ Seconds: 90 }),
    input: { kept: 1 },
    status: "SUCCEEDED",
    output: { kept: 1 },
    seconds: 90,
  },
  {
    fact: "Seconds may come from the input",
    source: "recorded: scenarios/test_wait_seconds_jsonata",
    definition: sleep({ Seconds: "{% $states.input.pause %}" }),
    input: { pause: 30 },
    status: "SUCCEEDED",
    output: { pause: 30 },
    seconds: 30,
  },
  {
    fact: "Seconds may come from a variable",
    source: "recorded: assign/test_reference_assign[BASE_REFERENCE_IN_WAIT]",
    definition: machine({
      Set: { Type: "Pass", Assign: { pause: 12 }, Next: "Sleep" },
      Sleep: { Type: "Wait", Seconds: "{% $pause %}", End: true },
    }),
    status: "SUCCEEDED",
    output: {},
    seconds: 12,
  },
  {
    fact: "Zero Seconds are no wait",
    source: "recorded: scenarios/test_wait_seconds_jsonata",
    definition: sleep({ Seconds: "{% 0 %}" }),
    status: "SUCCEEDED",
    output: {},
    seconds: 0,
  },
  {
    fact: "A Wait may have an Output",
    source: docs("state-wait"),
    definition: sleep({ Seconds: 1, Output: { woken: "{% $states.input.who %}" } }),
    input: { who: "me" },
    status: "SUCCEEDED",
    output: { woken: "me" },
  },
  {
    fact: "Waits in branches go on side by side",
    source: docs("state-parallel"),
    definition: machine({
      Both: {
        Type: "Parallel",
        Branches: [3, 8, 5].map((seconds) => ({
          StartAt: `Sleep ${seconds}`,
          States: { [`Sleep ${seconds}`]: { Type: "Wait", Seconds: seconds, Output: seconds, End: true } },
        })),
        End: true,
      },
    }),
    status: "SUCCEEDED",
    output: [3, 8, 5],
    seconds: 8,
  },
];
