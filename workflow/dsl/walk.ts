/** Walks over the tree: all steps of a block, and all that its values refer to. */
import type { Binding } from "./expression.ts";
import { bindingsOf, isReference } from "./reference.ts";
import type { Block, StepNode, TryNode } from "./tree.ts";

/** The blocks that a step is made of. */
export const blocksOf = (step: StepNode): readonly Block[] => {
  switch (step.kind) {
    case "choice":
      return [...step.ways.map(({ block }) => block), ...(step.otherwise === undefined ? [] : [step.otherwise])];
    case "parallel":
      return Object.values(step.branches);
    case "map":
    case "distributed-map":
    case "loop":
      return [step.block];
    case "try":
      return [step.body, ...step.handlers.map(({ block }) => block)];
    case "task":
    case "pass":
    case "wait":
    case "succeed":
    case "fail":
      return [];
  }
};

/** Whether no way leads past the step. */
export function isEnd(step: StepNode): boolean {
  switch (step.kind) {
    case "succeed":
    case "fail":
      return true;
    case "choice":
    case "try":
      return blocksOf(step).every(({ ends }) => ends);
    case "task":
    case "pass":
    case "parallel":
    case "map":
    case "distributed-map":
    case "wait":
    case "loop":
      return false;
  }
}

/** Whether a handler is for the error: a name, or a reference that may be any. */
export const catches = ({ handlers }: TryNode, error: unknown): boolean =>
  handlers.some(({ errors }) =>
    errors.some(
      (each) => each === "States.ALL" || each === "States.TaskFailed" || each === error || isReference(error),
    ),
  );

/** Fails of the block's own States object, which no Catch beside them can see. */
const failsIn = ({ steps }: Block): unknown[] =>
  steps.flatMap((step) => {
    switch (step.kind) {
      case "fail":
        return [step.error];
      case "choice":
        return [...step.ways.map(({ block: way }) => way), ...(step.otherwise ? [step.otherwise] : [])].flatMap(
          failsIn,
        );
      case "try":
        return [
          ...(isGuarded(step) ? [] : failsIn(step.body)),
          ...step.handlers.flatMap((each) => failsIn(each.block)),
        ];
      case "task":
      case "pass":
      case "parallel":
      case "map":
      case "distributed-map":
      case "wait":
      case "loop":
      case "succeed":
        return [];
    }
  });

/** Whether the body is a Parallel's branch: only that can be tried again as a whole, and have its Fails caught. */
export const isGuarded = (step: TryNode): boolean =>
  step.retry.length > 0 || failsIn(step.body).some((error) => catches(step, error));

/** Whether a state of the block's own States object can have a Catch. */
export const canFail = ({ steps }: Block): boolean =>
  steps.some((step) => {
    switch (step.kind) {
      case "task":
      case "parallel":
      case "map":
      case "distributed-map":
      case "loop":
        return true;
      case "choice":
        return blocksOf(step).some(canFail);
      case "try":
        // Its handlers are there only if its body can fail.
        return isGuarded(step) || canFail(step.body);
      case "pass":
      case "wait":
      case "succeed":
      case "fail":
        return false;
    }
  });

/** The steps of the block and of the blocks within, in the order in which they were written. */
export const allSteps = (block: Block): StepNode[] =>
  block.steps.flatMap((step) => [step, ...blocksOf(step).flatMap(allSteps)]);

/** The values that a step's states evaluate. */
export const valuesOf = (step: StepNode): readonly unknown[] => {
  switch (step.kind) {
    case "task":
      return [step.arguments, step.timeout, step.heartbeat, step.credentials];
    case "pass":
    case "wait":
      return [step.value];
    case "choice":
      return step.ways.map(({ condition }) => condition);
    case "loop":
      return [step.until, step.state?.from];
    case "map":
      return [step.items, step.maxConcurrency];
    case "distributed-map":
      return [
        step.source.from === "array" ? step.source.items : [step.source.arguments, step.source.config],
        step.batch?.items,
        step.batch?.bytes,
        step.maxConcurrency,
        step.tolerated.count,
        step.tolerated.percentage,
        step.writer?.arguments,
      ];
    case "succeed":
      return [step.output];
    case "fail":
      return [step.error, step.cause];
    case "parallel":
    case "try":
      return [];
  }
};

/** The results that anything in the block uses. */
export function usedIn(block: Block): Set<Binding> {
  const steps = allSteps(block);
  const values = steps.flatMap((step) => [...valuesOf(step), ...blocksOf(step).map(({ value }) => value)]);
  return new Set([...values, block.value].flatMap(bindingsOf));
}
