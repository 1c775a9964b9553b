/** Whether a `try` catches what its author thinks. */
import { handlersOf, hasGap } from "../guard.ts";
import type { Finding } from "../problem.ts";
import type { TryNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import type { Workflow } from "../workflow.ts";

const finding = ({ name, site, accept }: TryNode, code: "idle-handler" | "handler-gap", message: string): Finding[] =>
  accept?.[code] === undefined ? [{ code, state: name, site, message }] : [];

export const tryFindings = ({ program }: Workflow): Finding[] =>
  allSteps(program).flatMap((step) => {
    if (step.kind !== "try") return [];
    if (handlersOf(step).length === 0)
      return finding(
        step,
        "idle-handler",
        "has nothing in its body that can fail, so its handlers never run: leave the try out",
      );
    return hasGap(step)
      ? finding(
          step,
          "handler-gap",
          "does not catch the errors of its Choices' and values' expressions, since a succeed in its body keeps it from being a branch of its own: return a value from the body, and succeed after the try",
        )
      : [];
  });
