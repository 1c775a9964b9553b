/** Fail: ends in an error of the program's own making, with a name and a cause or without. */
import { StateFailure } from "../errors.ts";
import { query, wrongType, type Outcome, type Visit } from "../visit.ts";

export async function fail(visit: Visit<"Fail">): Promise<Outcome> {
  const error = await word(visit, "Error");
  const cause = await word(visit, "Cause");
  throw new StateFailure(error, cause);
}

async function word(visit: Visit<"Fail">, field: "Error" | "Cause"): Promise<string | undefined> {
  const template = visit.state[field];
  if (template === undefined) return undefined;
  const value = await query(visit, template, field);
  if (typeof value !== "string") throw wrongType(visit, template, field, "string", value);
  return value;
}
