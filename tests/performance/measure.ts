/** Measures subjects side by side: their rounds alternate, so that what else the machine does meets all of them alike. */

export interface Subject {
  readonly name: string;
  readonly run: () => unknown;
}

/** Milliseconds. */
export interface Times {
  readonly name: string;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface Rounds {
  /** Rounds that are not counted: code is read, and compiled by V8. @default 3 */
  readonly warmUp?: number;
  /** @default 15 */
  readonly counted?: number;
}

async function timed(run: Subject["run"]): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const middle = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;

/** The times of each subject, in their order. */
export async function measured(
  subjects: readonly Subject[],
  { warmUp = 3, counted = 15 }: Rounds = {},
): Promise<Times[]> {
  const all = subjects.map((): number[] => []);
  for (let round = 0; round < warmUp + counted; round += 1) {
    for (const [index, { run }] of subjects.entries()) {
      const time = await timed(run);
      if (round >= warmUp) all[index]?.push(time);
    }
  }
  return subjects.map(({ name }, index) => {
    const sorted = (all[index] ?? []).sort((one, other) => one - other);
    return { name, min: sorted[0] ?? Number.NaN, median: middle(sorted), max: sorted.at(-1) ?? Number.NaN };
  });
}

const milliseconds = (time: number): string => time.toFixed(1).padStart(9);

/** One line a subject; `note` is what is to be said of its times besides. */
export function print(title: string, times: readonly Times[], note: (times: Times) => string = () => ""): void {
  const width = Math.max(...times.map(({ name }) => name.length));
  const lines = times.map((each) => {
    const { name, min, median, max } = each;
    return `  ${name.padEnd(width)} ${milliseconds(min)} ${milliseconds(median)} ${milliseconds(max)}  ${note(each)}`;
  });
  const head = `  ${"".padEnd(width)} ${"min ms".padStart(9)} ${"median".padStart(9)} ${"max".padStart(9)}`;
  process.stdout.write(`\n${title}\n${head}\n${lines.map((line) => line.trimEnd()).join("\n")}\n`);
}

/** How the others are to the first, by their fastest rounds, since disturbances only add: above 1, the first is faster. */
export const ratioTo =
  ([first]: readonly Times[]) =>
  (times: Times): string =>
    first === undefined || first === times ? "" : `${(times.min / first.min).toFixed(2)} × the first`;
