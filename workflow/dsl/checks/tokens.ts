/** Whether everything that looks like a resource's token is one: else nothing could ever be put in its place. */
import { textsOf } from "../reference.ts";
import { tokensIn } from "../render.ts";
import type { StepNode } from "../tree.ts";
import { allSteps, valuesOf } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

/** What a machine can say of itself, besides its resources. */
const ownTokens: readonly string[] = [
  "machine.arn",
  "machine.executionsArn",
  "aws.partition",
  "aws.region",
  "aws.account",
];

/** The texts of a step that are no values. */
const namedBy = (step: StepNode): readonly string[] => [
  ...("resource" in step ? [step.resource] : []),
  ...("permissions" in step ? step.permissions.flatMap(({ resources }) => resources) : []),
];

export const knownTokens: Rule = ({ program, tokens, lambdas }) => {
  const known = new Set([...tokens, ...ownTokens, ...lambdas.map(({ name }) => `lambda.${name}.arn`)]);
  return allSteps(program).flatMap((step) =>
    [...tokensIn([...valuesOf(step).flatMap(textsOf), ...namedBy(step)])]
      .filter((token) => !known.has(token))
      .map((token) =>
        problem(
          "unknown-token",
          step,
          `the text "\${${token}}" is read as a resource's token, and no resource gives it. Declare it in the workflow's resources, or write it without the dollar.`,
        ),
      ),
  );
};
