/** Whether handlers and retries name errors that can occur: told of the step that names them, not of each of its states. */
import { errorProblems, type ErrorProblem } from "../definition/validate/errors.ts";
import type { Finding } from "../problem.ts";
import type { Block, StepNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import type { Workflow } from "../workflow.ts";
import { finding, problem, type Rule } from "./rule.ts";

/** The names of errors that the step raises itself. */
function raisedBy(step: StepNode): string[] {
  if (step.kind === "loop") return [step.exhausted];
  return step.kind === "fail" && typeof step.error === "string" ? [step.error] : [];
}

interface Told extends ErrorProblem {
  readonly step: StepNode;
}

function told(program: Block): Told[] {
  const steps = allSteps(program);
  const raised = new Set(steps.flatMap(raisedBy));
  return steps.flatMap((step) => {
    const handlers = step.kind === "try" ? step.handlers.map(({ errors }) => errors) : [];
    const retriers = "retry" in step ? step.retry.map(({ errors }) => errors) : [];
    const found = [...errorProblems(handlers, "Catch", raised), ...errorProblems(retriers, "Retry", raised)];
    return found.map((each) => ({ ...each, step }));
  });
}

export const errorsAreKnown: Rule = ({ program }) =>
  told(program).flatMap(({ severity, code, step, message }) =>
    severity === "error" ? [problem(code, step, message)] : [],
  );

export const errorFindings = ({ program }: Workflow): Finding[] =>
  told(program).flatMap(({ severity, code, step, message }) =>
    severity === "warning" ? finding(code, step, message) : [],
  );
