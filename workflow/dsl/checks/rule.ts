/** What a check is: a pure function from a workflow, and the states that it became, to what is wrong with it. */
import type { Emitted } from "../emit/index.ts";
import type { Finding, FindingCode, Problem } from "../problem.ts";
import type { Block, StepNode } from "../tree.ts";
import { isGuarded } from "../guard.ts";
import { blocksOf } from "../walk.ts";
import type { Workflow } from "../workflow.ts";

export type Rule = (workflow: Workflow, emitted: Emitted) => readonly Problem[];

export const problem = (
  code: Problem["code"],
  { name, site }: Pick<StepNode, "name" | "site">,
  message: string,
): Problem => ({ code, state: name, site, message });

/** A warning, if it was not accepted in its place. */
export const finding = (
  code: FindingCode,
  { name, site, accept }: Pick<StepNode, "name" | "site" | "accept">,
  message: string,
): Finding[] => (accept?.[code] === undefined ? [{ code, state: name, site, message }] : []);

/** A step with what surrounds it in its machine. */
export interface Surrounded {
  readonly step: StepNode;
  /** The Parallel, Map, loop or guarded try whose States object the step is in; undefined for the program's own. */
  readonly within: StepNode | undefined;
}

type Surroundings = Omit<Surrounded, "step">;

/** All steps of the block and of the blocks within, each with its surroundings. */
export function surrounded(block: Block, around: Surroundings = { within: undefined }): Surrounded[] {
  const inside = (step: StepNode): Surrounded[] => {
    switch (step.kind) {
      case "try":
        return [
          ...surrounded(step.body, isGuarded(step) ? { within: step } : around),
          ...step.handlers.flatMap(({ block: handler }) => surrounded(handler, around)),
        ];
      case "parallel":
      case "map":
      case "distributed-map":
      case "loop":
        return blocksOf(step).flatMap((each) => surrounded(each, { within: step }));
      case "choice":
      case "task":
      case "pass":
      case "wait":
      case "succeed":
      case "fail":
        return blocksOf(step).flatMap((each) => surrounded(each, around));
    }
  };
  return block.steps.flatMap((step) => [{ step, ...around }, ...inside(step)]);
}
