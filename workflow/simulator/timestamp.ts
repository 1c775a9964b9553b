/** Moments as text, as Step Functions reads them. */

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
