/** Whether each step can be reached, each block does something, and each end ends what its author thinks. */
import type { Block, StepNode, TryNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import { problem, surrounded, type Rule } from "./rule.ts";

const ends = (block: Block): boolean => block.steps.some(isEnd);

/** Whether no way leads past the step. */
function isEnd(step: StepNode): boolean {
  switch (step.kind) {
    case "succeed":
    case "fail":
      return true;
    case "choice":
      return [...step.ways.map(({ block }) => block), ...(step.otherwise ? [step.otherwise] : [])].every(ends);
    case "try":
      return [step.body, ...step.handlers.map(({ block }) => block)].every(ends);
    case "task":
    case "pass":
    case "parallel":
    case "map":
    case "objects-map":
    case "wait":
    case "poll":
      return false;
  }
}

/** The blocks that have to hold something, by what they are called in a message. The way without an `else` may be empty. */
function wanted(step: StepNode): [what: string, block: Block][] {
  switch (step.kind) {
    case "choice":
      return step.ways.map(({ label, block }) => [`the way "${label}"`, block]);
    case "parallel":
      return Object.entries(step.branches).map(([key, block]) => [`the branch "${key}"`, block]);
    case "map":
    case "objects-map":
    case "poll":
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

/** A child execution has to start with a state, whatever the block's value is; elsewhere a value is enough. */
const isEmpty = (step: StepNode, { steps, value }: Block): boolean =>
  steps.length === 0 && (value === undefined || step.kind === "objects-map" || step.kind === "poll");

export const noEmptyBranch: Rule = ({ name, site, program }) => [
  ...(program.steps.length === 0 ? [problem("empty-branch", { name, site }, "the workflow has no steps")] : []),
  ...allSteps(program).flatMap((step) => [
    ...(step.kind === "parallel" && Object.keys(step.branches).length === 0
      ? [problem("empty-branch", step, "has no branches: give it at least one")]
      : []),
    ...wanted(step)
      .filter(([, block]) => isEmpty(step, block))
      .map(([what]) => problem("empty-branch", step, `${what} has no steps: add one, or leave it out`)),
  ]),
];

const blocks = (program: Block): Block[] => [
  program,
  ...allSteps(program).flatMap((step) => [
    ...wanted(step).map(([, block]) => block),
    ...(step.kind === "choice" && step.otherwise ? [step.otherwise] : []),
    ...(step.kind === "try" ? step.handlers.map(({ block }) => block) : []),
  ]),
];

export const allReachable: Rule = ({ program }) =>
  blocks(program).flatMap(({ steps }) => {
    const end = steps.findIndex(isEnd);
    const [last, lost] = [steps[end], steps[end + 1]];
    return last === undefined || lost === undefined
      ? []
      : [
          problem(
            "unreachable",
            lost,
            `can't be reached: every way through "${last.name}" (${last.site.file}:${last.site.line}) ends before it`,
          ),
        ];
  });

/** A Succeed in a Parallel or a Map ends its branch alone. */
export const succeedEndsExecution: Rule = ({ program }) =>
  surrounded(program).flatMap(({ step, within }) =>
    step.kind === "succeed" && within !== undefined
      ? [
          problem(
            "succeed-in-branch",
            step,
            `would end only its branch of "${within.name}" (${within.site.file}:${within.site.line}), not the execution. Return the branch's value, and decide after "${within.name}".`,
          ),
        ]
      : [],
  );

const catches = ({ handlers }: TryNode, error: unknown): boolean =>
  handlers.some(({ errors }) => errors.some((each) => each === "States.ALL" || each === error));

/** A Fail ends the execution: the Catch of the states beside it never sees its error. */
export const failIsNotCaught: Rule = ({ program }) =>
  surrounded(program).flatMap(({ step, tries }) => {
    const around = step.kind === "fail" ? tries.find((each) => catches(each, step.error)) : undefined;
    return around === undefined
      ? []
      : [
          problem(
            "fail-past-catch",
            step,
            `would end the execution at once, past the handler of "${around.name}" (${around.site.file}:${around.site.line}): Step Functions catches errors of tasks, not a Fail. Let a Lambda throw the error, or fail in the handler.`,
          ),
        ];
  });
