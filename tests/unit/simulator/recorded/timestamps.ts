/** Which moments a Wait's Timestamp knows. The simulation starts at 2025-01-01T00:00:00Z. */
import { machine } from "../machines.ts";
import { at, docs, type Fact } from "./fact.ts";

const until = "{% $states.input.until %}";
const definition = machine({ Until: { Type: "Wait", Timestamp: until, Output: "over", End: true } });
const unreadable = (text: string): string =>
  `${at("Until", 2)}The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`;

function waits(seconds: number): Pick<Fact & { status: "SUCCEEDED" }, "status" | "output" | "seconds"> {
  return { status: "SUCCEEDED", output: "over", seconds };
}

export const timestamps: readonly Fact[] = [
  {
    fact: "A Wait takes until its Timestamp",
    source: "recorded: scenarios/test_wait_timestamp_jsonata[SECONDS]",
    definition,
    input: { until: "2025-01-01T00:10:00Z" },
    ...waits(600),
  },
  {
    fact: "A Timestamp may have nanoseconds",
    source: "recorded: scenarios/test_wait_timestamp_jsonata[NANOSECONDS]",
    definition,
    input: { until: "2025-01-01T00:00:02.500000000Z" },
    ...waits(2.5),
  },
  {
    fact: "A Timestamp may have two digits of a second's fraction",
    source: "recorded: base/test_wait_timestamppath[.00Z]",
    definition,
    input: { until: "2025-01-01T00:00:03.00Z" },
    ...waits(3),
  },
  {
    fact: "A Timestamp may have an offset",
    source: docs("state-wait"),
    definition,
    input: { until: "2025-01-01T02:00:30+02:00" },
    ...waits(30),
  },
  {
    fact: "A Timestamp in the past is no wait",
    source: "recorded: scenarios/test_wait_timestamp_jsonata",
    definition,
    input: { until: "2016-03-14T01:59:00Z" },
    ...waits(0),
  },
  {
    fact: "A Timestamp may come from a variable",
    source: "recorded: assign/test_reference_assign[BASE_REFERENCE_IN_WAIT]",
    definition: machine({
      Set: { Type: "Pass", Assign: { until: "2025-01-01T00:00:07Z" }, Next: "Until" },
      Until: { Type: "Wait", Timestamp: "{% $until %}", Output: "over", End: true },
    }),
    ...waits(7),
  },
  {
    fact: "A Timestamp may be plain text",
    source: "recorded: scenarios/test_wait_timestamp[SECONDS]",
    definition: machine({ Until: { Type: "Wait", Timestamp: "2025-01-01T00:00:09Z", Output: "over", End: true } }),
    ...waits(9),
  },
  ...(
    [
      ["A Timestamp with a blank for its T can't be read", "NO_T", "2025-01-01 00:10:00Z"],
      ["A Timestamp without Z or offset can't be read", "NO_Z", "2025-01-01T00:10:00"],
      ["A Timestamp in a thirteenth month can't be read", "INVALID_DATE", "2025-13-01T00:10:00Z"],
      ["A Timestamp at hour 25 can't be read", "INVALID_TIME", "2025-01-01T25:10:00Z"],
      ["A Timestamp that begins with the day can't be read", "INVALID_ISO", "01-02-2025T00:10:00Z"],
    ] as const
  ).map(([fact, test, text]): Fact => ({
    fact,
    source: `recorded: scenarios/test_wait_timestamp_jsonata[${test}]`,
    definition,
    input: { until: text },
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause: unreadable(text),
    location: "Timestamp",
    seconds: 0,
  })),
];
