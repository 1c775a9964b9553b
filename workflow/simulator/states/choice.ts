/** Choice: the first rule whose condition is true; its own Assign and Output replace the state's. */
import { failure, leave, query, wrongType, type Outcome, type Visit } from "../visit.ts";

export async function choice(visit: Visit<"Choice">): Promise<Outcome> {
  const { state } = visit;
  for (const [index, rule] of state.Choices.entries()) {
    const location = `Choices[${index}]/Condition`;
    const met = await query(visit, rule.Condition, location);
    if (typeof met !== "boolean") throw wrongType(visit, rule.Condition, location, "boolean", met);
    if (met)
      return leave(visit, rule, {
        fallback: visit.input,
        next: rule.Next,
        prefix: `Choices[${index}]/`,
        exit: `Choices[${index}]`,
      });
  }
  if (state.Default === undefined) {
    throw failure(visit, "States.NoChoiceMatched", "No rule of Choices matched and there is no Default.");
  }
  return leave(visit, state, { fallback: visit.input, next: state.Default, exit: "Default" });
}
