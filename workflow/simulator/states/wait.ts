/** Wait: until a moment or for some seconds. A moment in the past is no wait at all. */
import { maxSeconds } from "../limits.ts";
import { evaluationFailure, following, leave, query, queryNumber, type Outcome, type Visit } from "../visit.ts";

// ISO 8601's extended form with an offset, as java.time reads it: 2025-04-01T12:00:00.123456789+02:00.
const timestamp = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970, or undefined for anything but a date that exists with `T` and an offset. */
export function parseTimestamp(text: string): number | undefined {
  const [, year, month, day] = timestamp.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) > daysInMonth) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

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
  const value = moment === undefined ? null : await query(visit, moment, "Timestamp");
  const time = typeof value === "string" ? parseTimestamp(value) : undefined;
  if (time === undefined) {
    throw evaluationFailure(
      visit,
      "Timestamp",
      "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: " +
        (typeof value === "string" ? value : JSON.stringify(value)),
    );
  }
  return time;
}
