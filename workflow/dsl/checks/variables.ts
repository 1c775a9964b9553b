/** Whether each result has a variable of its own: their names come from the states' names, which allow more characters. */
import type { Binding } from "../expression.ts";
import type { StepNode } from "../tree.ts";
import { allSteps, usedIn } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html: Unicode identifiers, at most 80 characters. */
const identifier = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const longestVariable = 80;

/** Functions are variables in JSONata: a state of such a name would take the function away from every expression. */
const functions = new Set(
  [
    "abs append average base64decode base64encode boolean ceil clone contains count decodeUrl decodeUrlComponent distinct",
    "each encodeUrl encodeUrlComponent error eval exists filter floor formatBase formatInteger formatNumber fromMillis hash",
    "join keys length lookup lowercase map match max merge millis min not now number pad parse parseInteger partition power",
    "random range reduce replace reverse round shuffle sift single sort split spread sqrt states string substring",
    "substringAfter substringBefore sum toMillis trim type uppercase uuid zip",
  ].flatMap((line) => line.split(" ")),
);

/** The variables that a step assigns. */
function assigned(step: StepNode, used: ReadonlySet<Binding>): Binding[] {
  const results = "result" in step && used.has(step.result) ? [step.result] : [];
  switch (step.kind) {
    case "map":
      return [...results, ...[step.item, step.index].filter((each) => used.has(each))];
    case "loop":
      return [...results, step.count, ...(step.state === undefined ? [] : [step.state.binding])];
    case "try":
      return [...results, ...step.handlers.map(({ error }) => error)];
    case "task":
    case "pass":
    case "choice":
    case "parallel":
    case "distributed-map":
    case "wait":
    case "succeed":
    case "fail":
      return results;
  }
}

const unfit = (name: string): string | undefined => {
  if (!identifier.test(name)) return "variables begin with a letter. Begin the state's name with one";
  if (name.length > longestVariable)
    return `variables have at most ${longestVariable} characters. Shorten the state's name`;
  return functions.has(name) ? `$${name} is a function of JSONata. Give the state another name` : undefined;
};

export const variablesOfTheirOwn: Rule = ({ program }) => {
  const used = usedIn(program);
  const owners = new Map<string, StepNode>();
  return allSteps(program).flatMap((step) =>
    assigned(step, used).flatMap(({ text }) => {
      const name = text.slice(1);
      const why = unfit(name);
      const owner = owners.get(name);
      owners.set(name, owner ?? step);
      return [
        ...(why === undefined ? [] : [problem("variable", step, `its value can't be the variable "${name}": ${why}.`)]),
        // Two states of one name are a problem of their own.
        ...(owner === undefined || owner === step || owner.name === step.name
          ? []
          : [
              problem(
                "variable",
                step,
                `would overwrite the variable "${name}" of "${owner.name}" (${owner.site.file}:${owner.site.line}): their names differ only in characters that variables don't have. Rename one.`,
              ),
            ]),
      ];
    }),
  );
};
