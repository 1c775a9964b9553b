/** Whether numbers that no state has are ones that Lambda takes, or mean something: a state's own are the definition's. */
import type { StepNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import type { Mark } from "../writer.ts";
import { problem, type Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const lambda = { seconds: 900, smallest: 128, largest: 10_240 };

interface Bounded {
  readonly what: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

const outOfRange = (at: Mark, { what, value, from, to }: Bounded): ReturnType<Rule> =>
  value >= from && value <= to && Number.isInteger(value)
    ? []
    : [problem("limit", at, `${what} is ${value}: it has to be a whole number from ${from} to ${to}`)];

const rounds = (step: StepNode): ReturnType<Rule> =>
  step.kind === "loop" ? outOfRange(step, { what: "atMost", value: step.atMost, from: 1, to: 99_999_999 }) : [];

export const withinLimits: Rule = ({ program, lambdas }) => [
  ...allSteps(program).flatMap(rounds),
  ...lambdas.flatMap((request) => [
    ...outOfRange(request, { what: "the Lambda's timeout", value: request.timeout, from: 1, to: lambda.seconds }),
    ...outOfRange(request, {
      what: "the Lambda's memory",
      value: request.memory,
      from: lambda.smallest,
      to: lambda.largest,
    }),
  ]),
];
