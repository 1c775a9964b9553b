/** Walks over the tree: all steps of a block, and all that its values refer to. */
import type { Binding, Expression } from "./expression.ts";
import { expressionOf, isReference } from "./reference.ts";
import type { Block, StepNode } from "./tree.ts";

/** The blocks that a step is made of. */
export const blocksOf = (step: StepNode): readonly Block[] => {
  switch (step.kind) {
    case "choice":
      return [...step.ways.map(({ block }) => block), ...(step.otherwise === undefined ? [] : [step.otherwise])];
    case "parallel":
      return Object.values(step.branches);
    case "map":
    case "objects-map":
    case "poll":
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

/** The steps of the block and of the blocks within, in the order in which they were written. */
export const allSteps = (block: Block): StepNode[] =>
  block.steps.flatMap((step) => [step, ...blocksOf(step).flatMap(allSteps)]);

function bindingsIn(expression: Expression): Binding[] {
  switch (expression.kind) {
    case "literal":
      return [];
    case "path":
      return [expression.binding];
    case "operation":
      return expression.operands.flatMap(bindingsIn);
    case "step":
      return bindingsIn(expression.of);
    case "default":
      return [...bindingsIn(expression.value), ...bindingsIn(expression.otherwise)];
    case "call":
      return expression.arguments.flatMap(bindingsIn);
    case "array":
      return expression.items.flatMap(bindingsIn);
    case "object":
      return Object.values(expression.members).flatMap(bindingsIn);
  }
}

function bindingsOf(value: unknown): Binding[] {
  if (isReference(value)) return bindingsIn(expressionOf(value));
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(bindingsOf) : [];
}

/** The values that a step's state evaluates. */
export const valuesOf = (step: StepNode): readonly unknown[] => {
  switch (step.kind) {
    case "task":
      return [step.arguments];
    case "pass":
      return [step.value];
    case "wait":
      return [step.seconds];
    case "choice":
      return step.ways.map(({ condition }) => condition);
    case "poll":
      return [step.until];
    case "map":
      return [step.items];
    case "objects-map":
      return [step.bucket, step.key];
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
