/** The known word that was meant, for "did you mean". */

/** How many letters differ, are missing or are too many: Levenshtein's distance. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (const [j, opposite] of Array.from(other).entries()) {
      const replaced = (row[j] ?? 0) + (letter === opposite ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The nearest of the known words, if it is near: another case, or up to a third of its letters. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const written = word.toLowerCase();
  let [best, least] = [undefined as string | undefined, Math.min(3, Math.round(word.length / 3)) + 1];
  for (const each of known) {
    if (Math.abs(each.length - word.length) >= least) continue;
    const far = distance(written, each.toLowerCase());
    if (far < least) [best, least] = [each, far];
  }
  return best;
}

export const didYouMean = (word: string, known: Iterable<string>): string => {
  const meant = nearest(word, known);
  return meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
};
