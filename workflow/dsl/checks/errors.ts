/** Whether handlers and retries name errors that can occur: told of the step that names them, not of each of its states. */
import { errorProblems } from "../definition/validate/errors.ts";
import type { StepNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

/** The names of errors that the step raises itself. */
function raisedBy(step: StepNode): string[] {
  if (step.kind === "loop") return [step.exhausted];
  return step.kind === "fail" && typeof step.error === "string" ? [step.error] : [];
}

export const errorsAreKnown: Rule = ({ program }) => {
  const steps = allSteps(program);
  const raised = new Set(steps.flatMap(raisedBy));
  return steps.flatMap((step) =>
    [step.kind === "try" ? step.handlers : [], "retry" in step ? step.retry : []]
      .flatMap((lists) =>
        errorProblems(
          lists.map(({ errors }) => errors),
          raised,
        ),
      )
      .filter(({ severity }) => severity === "error")
      .map(({ code, message }) => problem(code, step, message)),
  );
};
