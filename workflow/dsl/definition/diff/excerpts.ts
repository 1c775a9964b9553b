/** Two long texts that differ, shortened to where they do. */

const longest = 120;
/** How much is shown of what both have in common. */
const around = 24;

/** The old and the new text; both whole if they are short. */
export function excerpts(was: string, now: string): [string, string] {
  const [before, after] = [Array.from(was), Array.from(now)];
  if (before.length <= longest && after.length <= longest) return [was, now];
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < shorter - first && before.at(-1 - last) === after.at(-1 - last)) last += 1;
  const start = Math.max(0, first - around);
  const cut = (text: readonly string[]): string => {
    const end = Math.min(text.length, text.length - last + around, start + longest);
    return `${start > 0 ? "…" : ""}${text.slice(start, end).join("")}${end < text.length ? "…" : ""}`;
  };
  return [cut(before), cut(after)];
}
