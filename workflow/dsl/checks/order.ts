/** Whether each step can be reached, each block does something, and each end ends what its author thinks. */
import { named } from "../problem.ts";
import type { Block, StepNode } from "../tree.ts";
import { allSteps, blocksOf, isEnd } from "../walk.ts";
import { problem, surrounded, type Rule } from "./rule.ts";

/**
 * The blocks that have to hold something, by what they are called in a message. The way without an `else` may be empty,
 * and so may each way of a choice that has to name them all.
 */
function wanted(step: StepNode): [what: string, block: Block][] {
  switch (step.kind) {
    case "choice":
      return step.otherwise === undefined ? [] : step.ways.map(({ label, block }) => [`the way "${label}"`, block]);
    case "parallel":
      return Object.entries(step.branches).map(([key, block]) => [`the branch "${key}"`, block]);
    case "map":
    case "distributed-map":
    case "loop":
      return [["its body", step.block]];
    case "try":
      return [["its body", step.body]];
    case "task":
    case "pass":
    case "wait":
    case "succeed":
    case "fail":
      return [];
  }
}

/** A poll that asks nobody would wait for an answer that never changes; elsewhere a value is enough. */
const isEmpty = (step: StepNode, { steps, value }: Block): boolean =>
  steps.length === 0 && (value === undefined || (step.kind === "loop" && step.state === undefined));

export const noEmptyBranch: Rule = ({ name, site, program }) => [
  ...(program.steps.length === 0 && program.value === undefined
    ? [problem("empty-branch", { name, site }, "the workflow has no steps, and returns nothing")]
    : []),
  ...allSteps(program).flatMap((step) => [
    ...(step.kind === "parallel" && Object.keys(step.branches).length === 0
      ? [problem("empty-branch", step, "has no branches: give it at least one")]
      : []),
    ...wanted(step)
      .filter(([, block]) => isEmpty(step, block))
      .map(([what]) => problem("empty-branch", step, `${what} has no steps: add one, or leave it out`)),
  ]),
];

const blocks = (program: Block): Block[] => [program, ...allSteps(program).flatMap(blocksOf)];

/** The steps in a Parallel or a Map that would end their branch alone. */
const misplaced = (program: Block): ReadonlySet<StepNode> =>
  new Set(surrounded(program).flatMap(({ step, within }) => (step.kind === "succeed" && within ? [step] : [])));

export const allReachable: Rule = ({ program }) => {
  const untrue = misplaced(program);
  return blocks(program).flatMap(({ steps }) => {
    const end = steps.findIndex((step) => isEnd(step) && !untrue.has(step));
    const [last, lost] = [steps[end], steps[end + 1]];
    if (last === undefined || lost === undefined) return [];
    const message = `can't be reached: every way through ${named(last)} ends before it`;
    return [problem("unreachable", lost, message)];
  });
};

/** A Succeed in a Parallel or a Map ends its branch alone. */
export const succeedEndsExecution: Rule = ({ program }) =>
  surrounded(program).flatMap(({ step, within }) =>
    step.kind === "succeed" && within !== undefined
      ? [
          problem(
            "succeed-in-branch",
            step,
            `would end only its branch of ${named(within)}, not the execution. Return the branch's value, and decide after "${within.name}".`,
          ),
        ]
      : [],
  );

/** A round that always fails has none after it. */
export const roundsComeAround: Rule = ({ program }) => {
  const untrue = misplaced(program);
  return allSteps(program).flatMap((step) =>
    step.kind === "loop" && step.block.steps.some((each) => isEnd(each) && !untrue.has(each))
      ? [problem("unreachable", step, "never comes round: every way through its body ends. Leave the loop out.")]
      : [],
  );
};
