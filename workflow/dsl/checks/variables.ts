/** Whether each result has a variable of its own: their names come from the states' names, which allow more characters. */
import type { Binding } from "../expression.ts";
import type { StepNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

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

export const variablesOfTheirOwn: Rule = ({ program }, { used }) => {
  const owners = new Map<string, StepNode>();
  return allSteps(program).flatMap((step) =>
    assigned(step, used).flatMap(({ text }) => {
      const name = text.slice(1);
      const owner = owners.get(name);
      owners.set(name, owner ?? step);
      // Two states of one name are a problem of their own.
      if (owner === undefined || owner === step || owner.name === step.name) return [];
      const message = `would overwrite the variable "${name}" of "${owner.name}" (${owner.site.file}:${owner.site.line}): their names differ only in characters that variables don't have. Rename one.`;
      return [problem("variable", step, message)];
    }),
  );
};
