/**
 * How a `try` catches. In ASL, Tasks, Parallels and Maps have a Catch; a Fail, and a Choice, a Pass or a Wait whose
 * expression can't be evaluated, end the execution past every Catch beside them. A body with such states is the one
 * branch of a Parallel, which can catch whatever happens in it:
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
import type { Expression } from "./expression.ts";
import { bindingsOf, expressionOf, expressionsIn, isReference } from "./reference.ts";
import type { Block, StepNode, TryNode } from "./tree.ts";
import { blocksOf, valuesOf } from "./walk.ts";

/** The block, and those whose states are in the same States object: no branch, no iteration and no round is. */
const blocksBeside = (block: Block): Block[] => [block, ...block.steps.flatMap(besideIn).flatMap(blocksBeside)];

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

/** Whether the expression gives a value whatever the execution holds: a constant, or all that a variable has. */
function isSure(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
      return true;
    case "path":
      // A member may be missing.
      return expression.path.length === 0;
    case "array":
      return expression.items.every(isSure);
    case "object":
      return Object.values(expression.members).every(isSure);
    case "operation":
    case "element":
    case "condition":
    case "required":
    case "let":
    case "call":
    case "lambda":
    case "sequence":
    case "raw":
      return false;
  }
}

const notEvaluated = "States.QueryEvaluationError";
const tooLarge = "States.DataLimitExceeded";

/** The errors of a value that can't be evaluated, or is larger than a value may be. */
function errorsOf(value: unknown): string[] {
  if (!expressionsIn(value).every(isSure)) return [notEvaluated, tooLarge];
  // What a variable has as a whole fits into another; with something beside it, it may not.
  const isWhole = isReference(value) && expressionOf(value).kind === "path";
  return isWhole || bindingsOf(value).length === 0 ? [] : [tooLarge];
}

/** The error of a value where the state wants one of some type, which no variable is known to have. */
const errorOfTyped = (values: readonly unknown[]): string[] => (values.some(isReference) ? [notEvaluated] : []);

/** The errors of the step's own state that pass every Catch beside it, but the one that a Fail is for. */
function errorsPast(step: StepNode): string[] {
  switch (step.kind) {
    case "pass":
    case "succeed":
      return valuesOf(step).flatMap(errorsOf);
    case "choice":
      return [...errorOfTyped(valuesOf(step)), ...(step.otherwise === undefined ? ["States.NoChoiceMatched"] : [])];
    case "wait":
    case "fail":
      return errorOfTyped(valuesOf(step));
    case "task":
    case "parallel":
    case "map":
    case "distributed-map":
    case "loop":
    case "try":
      return [];
  }
}

/** What the handlers are for, and what happens in states of the body that have no Catch. */
interface Slips {
  /** A Fail does. */
  readonly fails: boolean;
  /** An expression, also one that a block yields: a Pass assigns it. */
  readonly evaluates: boolean;
  /** Whether the execution may end well in the body: as a Parallel's branch, it alone would end. */
  readonly succeeds: boolean;
}

function slips(step: TryNode): Slips {
  const blocks = blocksBeside(step.body);
  const steps = blocks.flatMap((block) => block.steps);
  const errors = [...blocks.flatMap(({ value }) => errorsOf(value)), ...steps.flatMap(errorsPast)];
  return {
    fails: steps.some((each) => each.kind === "fail" && catches(step, each.error)),
    evaluates: errors.some((error) => catches(step, error)),
    succeeds: steps.some(({ kind }) => kind === "succeed"),
  };
}

const guarded = new WeakMap<Block, boolean>();

/** Whether the body is a Parallel's branch: only that can be tried again as a whole, and have all its errors caught. */
export function isGuarded(step: TryNode): boolean {
  const known = guarded.get(step.body) ?? (step.retry.length > 0 || mustBeGuarded(slips(step)));
  guarded.set(step.body, known);
  return known;
}

const mustBeGuarded = ({ fails, evaluates, succeeds }: Slips): boolean => fails || (evaluates && !succeeds);

/** Whether the handlers' errors can happen beside an execution's early end, where no Catch sees them. */
export const hasGap = (step: TryNode): boolean => !isGuarded(step) && slips(step).evaluates;

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
