/** A small seeded generator of random numbers: the same seed gives the same shop on any machine, any day. */

/** Uniform numbers of [0, 1), by the mulberry32 recurrence. */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export const whole = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[whole(random, 0, choices.length - 1)] ?? choices[0];
}
