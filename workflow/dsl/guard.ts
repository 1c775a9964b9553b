/**
 * How a `try` catches. In ASL, Tasks, Parallels and Maps have a Catch; a Fail, and a Choice, a Pass or a Wait whose
 * expression can't be evaluated, end the execution past every Catch beside them. A body with such states is the one
 * branch of a Parallel, which can catch whatever happens in it:
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
import { bindingsOf, isReference } from "./reference.ts";
import type { Block, StepNode, TryNode } from "./tree.ts";
import { blocksOf, valuesOf } from "./walk.ts";

/** What stands in the block's own States object: not what is in a branch, an iteration or a round. */
export function ownSteps({ steps }: Block): StepNode[] {
  return steps.flatMap((step) => [step, ...besideIn(step).flatMap(ownSteps)]);
}

/** The blocks whose states are beside the step's own. */
function besideIn(step: StepNode): readonly Block[] {
  if (step.kind === "choice") return blocksOf(step);
  if (step.kind !== "try") return [];
  const handlers = handlersOf(step).map(({ block }) => block);
  return isGuarded(step) ? handlers : [step.body, ...handlers];
}

/** Whether a handler is for the error: a name, or a reference that may be any. */
const catches = ({ handlers }: TryNode, error: unknown): boolean =>
  handlers.some(({ errors }) =>
    errors.some(
      (each) => each === "States.ALL" || each === "States.TaskFailed" || each === error || isReference(error),
    ),
  );

/** Whether the step is a state without a Catch that evaluates something. */
function evaluates(step: StepNode): boolean {
  switch (step.kind) {
    case "choice":
    case "pass":
    case "wait":
      return bindingsOf(valuesOf(step)).length > 0;
    case "fail":
    case "succeed":
    case "task":
    case "parallel":
    case "map":
    case "distributed-map":
    case "loop":
    case "try":
      return false;
  }
}

/** Evaluation errors have these names, and a Choice's that no rule holds for. */
const ofExpressions = ["States.QueryEvaluationError", "States.NoChoiceMatched"];

/** Errors that the handlers are for, and that happen in states of the body which have no Catch. */
function slips(step: TryNode): boolean {
  const own = ownSteps(step.body);
  const isFor = ofExpressions.some((error) => catches(step, error));
  return (
    own.some((each) => each.kind === "fail" && catches(step, each.error)) ||
    // A Succeed would end the Parallel alone, so a body with one keeps its states beside the others.
    (isFor && own.some(evaluates) && !own.some(({ kind }) => kind === "succeed"))
  );
}

const guarded = new WeakMap<Block, boolean>();

/** Whether the body is a Parallel's branch: only that can be tried again as a whole, and have all its errors caught. */
export function isGuarded(step: TryNode): boolean {
  const known = guarded.get(step.body) ?? (step.retry.length > 0 || slips(step));
  guarded.set(step.body, known);
  return known;
}

/** Whether the handlers' errors can happen beside an execution's early end, where no Catch sees them. */
export const hasGap = (step: TryNode): boolean =>
  !isGuarded(step) && ownSteps(step.body).some(evaluates) && ofExpressions.some((error) => catches(step, error));

/** The handlers that something can lead to: a state that can't be reached is refused by Step Functions. */
export const handlersOf = (step: TryNode): TryNode["handlers"] =>
  isGuarded(step) || leaks(step.body) ? step.handlers : [];

/** Whether errors of the block's own states come to a Catch around it. */
const leaks = ({ steps }: Block): boolean =>
  steps.some((step) => {
    switch (step.kind) {
      case "task":
      case "parallel":
      case "map":
      case "distributed-map":
      case "loop":
        return true;
      case "choice":
        return blocksOf(step).some(leaks);
      case "try": {
        const handlers = handlersOf(step);
        const isOpen = handlers.length > 0 && !handlers.some(({ errors }) => errors.includes("States.ALL"));
        return isOpen || handlers.some(({ block }) => leaks(block));
      }
      case "pass":
      case "wait":
      case "succeed":
      case "fail":
        return false;
    }
  });
