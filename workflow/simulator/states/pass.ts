/** Pass: reshapes data and assigns variables. */
import { following, leave, query, type Outcome, type Visit } from "../visit.ts";

export async function pass(visit: Visit<"Pass">): Promise<Outcome> {
  const { state } = visit;
  const shaped = state.Arguments === undefined ? visit.input : await query(visit, state.Arguments, "Arguments");
  return leave(visit, state, { fallback: state.Result === undefined ? shaped : state.Result, next: following(state) });
}
