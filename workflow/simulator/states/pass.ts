/** Pass: reshapes data and assigns variables. */
import { following, leave, type Outcome, type Visit } from "../visit.ts";

export function pass(visit: Visit<"Pass">): Promise<Outcome> {
  return leave(visit, visit.state, { fallback: visit.input, next: following(visit.state) });
}
