/** Definitions that are broken in their numbers. */
import type { Broken } from "./broken.ts";
import { jsonata, map, pass, task } from "../machines.ts";

export const numbers: readonly Broken[] = [
  {
    what: "a timeout of nothing",
    found: [
      "error limit /States/A/TimeoutSeconds: TimeoutSeconds is 0: it has to be a whole number from 1 to 99999999",
    ],
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: task({ TimeoutSeconds: 0 }) }),
  },
  {
    what: "a machine's timeout that is an expression",
    found: ['error limit /TimeoutSeconds: TimeoutSeconds is "{% 5 %}": it has to be a whole number from 1 to 99999999'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: pass() }, { TimeoutSeconds: "{% 5 %}" }),
  },
  {
    what: "half a retry",
    found: [
      "error limit /States/A/Retry/0/MaxAttempts: MaxAttempts is 1.5: it has to be a whole number from 0 to 99999999",
    ],
    refusedBy: ["amazon-states-language-service"],
    definition: jsonata({ A: task({ Retry: [{ ErrorEquals: ["E"], MaxAttempts: 1.5 }] }) }),
  },
  {
    what: "a longest delay that is shorter than the first",
    found: [
      "error limit /States/A/Retry/0/MaxDelaySeconds: MaxDelaySeconds is 10: it has to be a whole number from 11 to 31622399",
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Retry: [{ ErrorEquals: ["E"], IntervalSeconds: 10, MaxDelaySeconds: 10 }] }) }),
  },
  {
    what: "a time that is none",
    found: [
      'error limit /States/A/Timestamp: Timestamp is "2030-01-31": it has to be a time such as 2030-01-31T09:00:00Z',
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Wait", Timestamp: "2030-01-31", End: true } }),
  },
  {
    what: "more failures than there are",
    found: [
      "error limit /States/A/ToleratedFailurePercentage: ToleratedFailurePercentage is 101: it has to be a number from 0 to 100",
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({
      A: map({ B: pass() }, { ToleratedFailurePercentage: 101 }, { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }),
    }),
  },
  {
    what: "more at once than an inline Map runs",
    found: [
      "warning concurrency /States/A/MaxConcurrency: MaxConcurrency is 41, but an inline Map runs at most 40 iterations at once: make the Map distributed for more",
    ],
    refusedBy: [],
    definition: jsonata({ A: map({ B: pass() }, { Items: [1], MaxConcurrency: 41 }) }),
  },
  {
    what: "more at once than a distributed Map runs",
    found: [
      "warning concurrency /States/A/MaxConcurrency: MaxConcurrency is 10001, but a distributed Map runs at most 10000 children at once: lower it",
    ],
    refusedBy: [],
    definition: jsonata({
      A: map({ B: pass() }, { Items: [1], MaxConcurrency: 10_001 }, { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }),
    }),
  },
  {
    what: "a heartbeat as long as the timeout",
    found: [
      "error heartbeat /States/A/HeartbeatSeconds: HeartbeatSeconds is 5, and has to be smaller than TimeoutSeconds, which is 5",
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }) }),
  },
];
