/** A module of the project's own, which the Lambda's bundle takes along. */
export const inCents = (price: number): number => Math.round(price * 100);
