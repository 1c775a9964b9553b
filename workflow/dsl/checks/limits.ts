/** Whether numbers are ones that Step Functions and Lambda take. */
import type { Retry, StepNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

/** A number with its range; texts that are expressions are only known to the running machine. */
interface Bounded {
  readonly what: string;
  readonly value: unknown;
  readonly from: number;
  readonly to: number;
  readonly fractions?: boolean;
}

/** https://states-language.net/#timeouts */
const longest = 99_999_999;
/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
const longestDelay = 31_622_399;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const lambda = { seconds: 900, smallest: 128, largest: 10_240 };
/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const mostChildren = 10_000;
const largestPayload = 262_144;

const seconds = (what: string, value: unknown, from = 1, to = longest): Bounded => ({ what, value, from, to });

const retryNumbers = ({ interval, maxAttempts, backoff, maxDelay }: Retry): Bounded[] => [
  seconds("a retry's interval", interval),
  { what: "a retry's maxAttempts", value: maxAttempts, from: 0, to: longest },
  { what: "a retry's backoff", value: backoff, from: 1, to: longest, fractions: true },
  // An interval that is not said is one second.
  seconds("a retry's maxDelay", maxDelay, Math.floor(interval ?? 1) + 1, longestDelay),
];

function numbers(step: StepNode): Bounded[] {
  switch (step.kind) {
    case "task":
      return [
        seconds("its timeout", step.timeout),
        seconds("its heartbeat", step.heartbeat),
        ...step.retry.flatMap(retryNumbers),
      ];
    case "wait":
      return step.field === "Seconds" ? [seconds("its seconds", step.value, 0)] : [];
    case "loop":
      return [seconds("every", step.every), { what: "atMost", value: step.atMost, from: 1, to: longest }];
    case "map":
      return [
        { what: "maxConcurrency", value: step.maxConcurrency, from: 0, to: longest },
        ...step.retry.flatMap(retryNumbers),
      ];
    case "distributed-map":
      return [
        { what: "maxConcurrency", value: step.maxConcurrency, from: 0, to: mostChildren },
        { what: "a batch's items", value: step.batch?.items, from: 1, to: longest },
        { what: "a batch's bytes", value: step.batch?.bytes, from: 1, to: largestPayload },
        { what: "tolerated.count", value: step.tolerated.count, from: 0, to: longest },
        { what: "tolerated.percentage", value: step.tolerated.percentage, from: 0, to: 100, fractions: true },
        ...step.retry.flatMap(retryNumbers),
      ];
    case "parallel":
    case "try":
      return step.retry.flatMap(retryNumbers);
    case "pass":
    case "choice":
    case "succeed":
    case "fail":
      return [];
  }
}

function outOfRange({ what, value, from, to, fractions = false }: Bounded): string[] {
  if (typeof value !== "number") return [];
  const fits = value >= from && value <= to && (fractions || Number.isInteger(value));
  return fits
    ? []
    : [`${what} is ${value}: it has to be ${fractions ? "a number" : "a whole number"} from ${from} to ${to}`];
}

export const withinLimits: Rule = ({ name, site, timeout, program, lambdas }) => [
  ...outOfRange(seconds("its timeout", timeout)).map((message) => problem("limit", { name, site }, message)),
  ...allSteps(program).flatMap((step) =>
    numbers(step).flatMap((each) => outOfRange(each).map((message) => problem("limit", step, message))),
  ),
  ...lambdas.flatMap((request) =>
    [
      seconds("the Lambda's timeout", request.timeout, 1, lambda.seconds),
      { what: "the Lambda's memory", value: request.memory, from: lambda.smallest, to: lambda.largest },
    ].flatMap((each) => outOfRange(each).map((message) => problem("limit", request, message))),
  ),
];
