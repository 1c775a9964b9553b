/** Whether an ARN with wildcards and tokens can be of a type of resource. */

/** In a pattern, `*` stands for any text and `?` for one character, as in IAM. */
const many = "*";

/** IAM's own names for what is one word; the names of other resources may be paths. */
const oneWord = /\$\{(?:Partition|Region|Account|BucketName)\}/g;
const variable = /\$\{[^}]*\}/g;
/** Stands in a pattern for any text without a slash or a colon; no ARN has it. */
const word = "\0";

/** IAM's format of a type's ARNs, `arn:${Partition}:s3:::${BucketName}`, as a pattern. */
export const patternOf = (format: string): string => format.replace(oneWord, word).replace(variable, many);

/** A pattern for people to read. */
export const readable = (pattern: string): string => pattern.replaceAll(word, many);

/** Whether some text fits both patterns. */
export function overlap(a: string, b: string): boolean {
  const known = new Map<number, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j;
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, false);
    const fits = tried(i, j);
    known.set(key, fits);
    return fits;
  };
  const tried = (i: number, j: number): boolean => {
    const x = a[i];
    const y = b[j];
    if (x === undefined && y === undefined) return true;
    if (isWild(x) && (from(i + 1, j) || (takes(x, y) && from(i, j + 1)))) return true;
    if (isWild(y) && (from(i, j + 1) || (takes(y, x) && from(i + 1, j)))) return true;
    return x !== undefined && y !== undefined && (x === y || x === "?" || y === "?") && from(i + 1, j + 1);
  };
  return from(0, 0);
}

const isWild = (character: string | undefined): boolean => character === many || character === word;

const takes = (wild: string | undefined, character: string | undefined): boolean =>
  character !== undefined && !(wild === word && (character === "/" || character === ":"));
