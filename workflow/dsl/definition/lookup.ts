/** An entry by a word that its author chose, which may be `constructor` or `valueOf`. */
export const lookup = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
