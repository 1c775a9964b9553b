/** Whether each result has a variable of its own: their names come from the states' names, which allow more characters. */
import type { Binding } from "../expression.ts";
import { named } from "../problem.ts";
import type { StepNode } from "../tree.ts";
import { longestVariable } from "../variable_name.ts";
import { allSteps } from "../walk.ts";
import { longestName } from "./names.ts";
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
      const owner = owners.get(name) ?? step;
      owners.set(name, owner);
      if (owner !== step) {
        const message = `would overwrite the variable "${name}", which ${named(owner)} has already: a variable is named after its state, with _ for what is neither letter nor digit. Rename one.`;
        return [problem("variable", step, message)];
      }
      if (name.length <= longestVariable || step.name.length > longestName) return [];
      const message = `its variable "${name}" has ${name.length} characters, and ${longestVariable} are allowed: shorten the state's name`;
      return [problem("variable", step, message)];
    }),
  );
};
