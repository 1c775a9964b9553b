/** Choice: the first rule whose condition is true; its own Assign and Output replace the state's. */
import { failure } from "../failures.ts";
import { leave, test, type Outcome, type Visit } from "../visit.ts";

export async function choice(visit: Visit<"Choice">): Promise<Outcome> {
  const { state } = visit;
  for (const [index, rule] of state.Choices.entries()) {
    if (await test(visit, rule.Condition, `Choices[${index}]/Condition`)) {
      return leave(visit, rule, {
        fallback: visit.input,
        next: rule.Next,
        prefix: `Choices[${index}]/`,
        exit: `Choices[${index}]`,
      });
    }
  }
  if (state.Default === undefined) {
    throw failure(visit, "States.NoChoiceMatched", "No rule of Choices matched and there is no Default.");
  }
  return leave(visit, state, { fallback: visit.input, next: state.Default, exit: "Default" });
}
