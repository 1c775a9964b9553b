/** The vocabulary of conditions and computed values, a file a subject. */
export {
  abs,
  add,
  ceil,
  divide,
  floor,
  max,
  min,
  modulo,
  multiply,
  negate,
  round,
  subtract,
  sum,
  toNumber,
} from "./expressions/arithmetic.ts";
export {
  at,
  concat,
  contains,
  distinct,
  every,
  filter,
  flatten,
  length,
  map,
  partition,
  range,
  some,
  sort,
} from "./expressions/arrays.ts";
export { eq, gt, gte, isIn, lt, lte, ne } from "./expressions/comparison.ts";
export { and, exists, isMissing, not, or, when, required, withDefault } from "./expressions/conditions.ts";
export { addSeconds, fromMillis, now, toMillis } from "./expressions/dates.ts";
export { hash, parse, random, stringify, uuid } from "./expressions/intrinsics.ts";
export { jsonata } from "./expressions/jsonata.ts";
export { entries, keys, lookup, member, merge, omit, pick, values } from "./expressions/objects.ts";
export {
  containsText,
  endsWith,
  join,
  lower,
  padEnd,
  padStart,
  replace,
  split,
  startsWith,
  substringAfter,
  substringBefore,
  text,
  trim,
  upper,
} from "./expressions/strings.ts";
