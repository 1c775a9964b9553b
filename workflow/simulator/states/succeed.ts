/** Succeed: ends its branch; of the whole machine only where it stands at the top. */
import { leave, type Outcome, type Visit } from "../visit.ts";

export function succeed(visit: Visit<"Succeed">): Promise<Outcome> {
  return leave(visit, visit.state, { fallback: visit.input, next: undefined });
}
