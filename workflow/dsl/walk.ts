/** Walks over the tree: all steps of a block, and all that its values refer to. */
import type { Binding } from "./expression.ts";
import { bindingsOf } from "./reference.ts";
import type { Block, StepNode } from "./tree.ts";

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

/** The steps of the block and of the blocks within, in the order in which they were written. */
export function allSteps(block: Block): StepNode[] {
  const found: StepNode[] = [];
  const add = ({ steps }: Block): void => {
    for (const step of steps) {
      found.push(step);
      blocksOf(step).forEach(add);
    }
  };
  add(block);
  return found;
}

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
