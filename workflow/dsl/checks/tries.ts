/** Whether a `try` catches what its author thinks. */
import { handlersOf, hasGap } from "../guard.ts";
import type { Finding } from "../problem.ts";
import { allSteps } from "../walk.ts";
import type { Workflow } from "../workflow.ts";
import { finding } from "./rule.ts";

export const tryFindings = ({ program }: Workflow): Finding[] =>
  allSteps(program).flatMap((step) => {
    if (step.kind !== "try") return [];
    if (handlersOf(step).length === 0)
      return finding(
        "idle-handler",
        step,
        "has nothing in its body that can fail, so its handlers never run: leave the try out",
      );
    return hasGap(step)
      ? finding(
          "handler-gap",
          step,
          "does not catch the errors of its Choices' and values' expressions, since a succeed in its body keeps it from being a branch of its own: return a value from the body, and succeed after the try",
        )
      : [];
  });
