/** A number as people read it: 262,144. */
export const amount = (value: number): string => value.toLocaleString("en-US");
