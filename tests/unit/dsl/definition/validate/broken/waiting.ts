/** Definitions that are broken in their tasks that wait. */
import type { Broken } from "./broken.ts";
import { jsonata, map, task, type Fields } from "../machines.ts";

const token = "{% $states.context.Task.Token %}";
const callback = (more: Fields = {}): Fields =>
  task({
    Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    Arguments: { MessageBody: token },
    TimeoutSeconds: 60,
    ...more,
  });
export const waiting: readonly Broken[] = [
  {
    what: "a token that nobody gets",
    found: [
      'error callback-without-token /States/A/Arguments: it waits for its token, but never sends it, so nobody can answer: pass "{% $states.context.Task.Token %}" on in Arguments',
    ],
    refusedBy: [],
    definition: jsonata({ A: callback({ Arguments: { MessageBody: "{% $states.input %}" } }) }),
  },
  {
    what: "a callback without a timeout",
    found: [
      "warning callback-without-timeout /States/A: waits for its token without TimeoutSeconds or HeartbeatSeconds: if nobody answers, the execution waits for a year",
    ],
    refusedBy: [],
    definition: jsonata({ A: { ...callback(), TimeoutSeconds: undefined } }),
  },
  {
    what: "a callback that is retried",
    found: [
      "warning callback-retried /States/A/Retry/0: a retry sends the request again with a new token, while the first may still be worked on: make the receiver idempotent, or catch the error instead",
    ],
    refusedBy: [],
    definition: jsonata({ A: callback({ Retry: [{ ErrorEquals: ["E"] }] }) }),
  },
  {
    what: "a callback that is retried with all that is around it",
    found: [
      'warning callback-retried /States/A/ItemProcessor/States/B: a retry of "A" sends the request again with a new token, while the first may still be worked on: make the receiver idempotent, or catch the error instead',
    ],
    refusedBy: [],
    definition: jsonata({ A: map({ B: callback() }, { Retry: [{ ErrorEquals: ["E"] }] }) }),
  },
  {
    what: "a job without a timeout",
    found: [
      "warning sync-without-timeout /States/A: waits for a job without TimeoutSeconds: if the job hangs, so does the execution. Give it one.",
    ],
    refusedBy: [],
    definition: jsonata({ A: task({ Resource: "arn:aws:states:::glue:startJobRun.sync" }) }),
  },
];
