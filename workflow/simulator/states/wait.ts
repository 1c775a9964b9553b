/** Wait: until a moment or for some seconds. A moment in the past is no wait at all. */
import { maxSeconds } from "../limits.ts";
import { parseTimestamp } from "../timestamp.ts";
import { following, leave, query, queryNumber, wrongType, type Outcome, type Visit } from "../visit.ts";

export async function wait(visit: Visit<"Wait">): Promise<Outcome> {
  const { clock } = visit.run.services;
  await clock.sleepUntil(await end(visit, clock.now()), visit.frame.signal);
  return leave(visit, visit.state, { fallback: visit.input, next: following(visit.state) });
}

async function end(visit: Visit<"Wait">, now: number): Promise<number> {
  const { Seconds: seconds, Timestamp: moment } = visit.state;
  if (seconds !== undefined) {
    return now + 1000 * (await queryNumber(visit, seconds, "Seconds", { from: 0, to: maxSeconds, integer: true }));
  }
  if (moment === undefined) return now;
  const value = await query(visit, moment, "Timestamp");
  const time = typeof value === "string" ? parseTimestamp(value) : undefined;
  if (time === undefined) throw wrongType(visit, moment, "Timestamp", "timestamp", value);
  return time;
}
