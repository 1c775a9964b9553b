/** Whether children that take five minutes at most wait for nothing. */
import { named } from "../problem.ts";
import { allSteps } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

const waits = /\.(sync(:\d)?|waitForTaskToken)$/;

/** https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html: they know no job runs and no callbacks. */
export const expressChildrenDoNotWait: Rule = ({ program }) =>
  allSteps(program).flatMap((map) =>
    map.kind === "distributed-map" && map.executionType === "EXPRESS"
      ? allSteps(map.block).flatMap((step) =>
          step.kind === "task" && waits.test(step.resource)
            ? [
                problem(
                  "sync-in-express",
                  step,
                  `waits for a job or an answer, which the EXPRESS children of ${named(map)} can't. Make them STANDARD.`,
                ),
              ]
            : [],
        )
      : [],
  );
