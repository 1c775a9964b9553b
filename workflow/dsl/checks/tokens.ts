/** Whether each token stands for one thing, and whether what reads as a token is one: else nothing could be put in its place. */
import { allMachines, fieldsOf, machineOf } from "../definition/machine.ts";
import type { Finding, Problem } from "../problem.ts";
import { textsOf } from "../reference.ts";
import { namesIn, placed } from "../resources/index.ts";
import { canBeNamed, lambdaToken, ownTokens, token, tokensIn } from "../tokens.ts";
import { allSteps, blocksOf, valuesOf } from "../walk.ts";
import type { Workflow } from "../workflow.ts";
import type { Mark } from "../writer.ts";
import { finding, problem, type Rule } from "./rule.ts";

const allowed = "a token's name has no control characters and none of \" $ * : ? \\ { }";

export const tokensStandForOneThing: Rule = (workflow) => {
  const { resources, lambdas } = workflow;
  const taken = new Set([...ownTokens, ...lambdas.map(({ name }) => lambdaToken(name))]);
  return [
    ...namesIn(resources)
      .filter((name) => !canBeNamed(name) || name.includes("."))
      .map((name) => problem("token-name", workflow, `can't name a resource "${name}": ${allowed}, and here no dot`)),
    ...[...tokensIn(placed(resources))]
      .filter((name) => taken.has(name))
      .map((name) =>
        problem(
          "token-name",
          workflow,
          `has a resource whose token would be ${token(name)}, which stands for something else already: name it otherwise`,
        ),
      ),
    ...lambdas
      .filter(({ name }) => !canBeNamed(name))
      .map((step) => problem("token-name", step, `can't be the name of a Lambda's step: ${allowed}`)),
  ];
};

/**
 * Texts are written so that nothing in them reads as a token that is none. What is left are names, comments, JSONata
 * written by hand, what a Task calls, and its permissions.
 */
export function unknownTokens(workflow: Workflow, steps: ReadonlyMap<string, Mark>, definition: object): Problem[] {
  const { Comment, ...machine } = fieldsOf(definition);
  const states = allMachines(machineOf(machine)).flatMap((each) => each.states);
  const names = tokensIn(states.map(({ name }) => name));
  const of = (step: Mark, value: unknown, without = new Set<string>()): Problem[] =>
    [...tokensIn(value)]
      .filter((name) => !workflow.tokens.has(name) && !without.has(name))
      .map((name) => unknownToken(step, name));
  const found = [
    ...of(workflow, Comment),
    ...states.flatMap(({ name, fields }) => {
      const { Branches: _branches, ItemProcessor: _processor, ...own } = fields;
      const step = steps.get(name) ?? workflow;
      // What leads to a state has its name.
      return [...of(step, name), ...of(step, own, names)];
    }),
    ...allSteps(workflow.program).flatMap((step) => ("permissions" in step ? of(step, step.permissions) : [])),
    ...workflow.lambdas.flatMap((step) => of(step, step.permissions)),
  ];
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

const unknownToken = (step: Mark, name: string): Problem =>
  problem(
    "unknown-token",
    step,
    `"${token(name)}" is read as a resource's token, and no resource gives it. Declare it in the workflow's resources. In values such text is text; in JSONata written by hand it is "\\u0024{${name}}".`,
  );

/** All tokens have a dot, and few other texts of this form do. */
export const tokenFindings = ({ program, tokens, ...workflow }: Workflow): Finding[] =>
  [
    { step: workflow, values: [program.value] },
    ...allSteps(program).map((step) => ({
      step,
      values: [...valuesOf(step), ...blocksOf(step).map(({ value }) => value)],
    })),
  ].flatMap(({ step, values }) =>
    [...tokensIn(values.flatMap(textsOf))]
      .filter((name) => name.includes(".") && !tokens.has(name))
      .flatMap((name) =>
        finding(
          "unknown-token",
          step,
          `"${token(name)}" is text here: no resource gives such a token. If one is meant, use what the workflow is given (\`aws\`).`,
        ),
      ),
  );
