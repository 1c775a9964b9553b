/** What the vocabulary accepts and refuses, told by the compiler, and the first line of what it says. */
import { expect } from "chai";
import {
  add,
  and,
  at,
  concat,
  contains,
  distinct,
  entries,
  eq,
  every,
  filter,
  flatten,
  gt,
  isIn,
  join,
  jsonata,
  keys,
  length,
  lookup,
  lt,
  map,
  max,
  member,
  merge,
  not,
  omit,
  parse,
  partition,
  pick,
  some,
  sort,
  sum,
  text,
  toMillis,
  values,
  when,
  withDefault,
  type Ref,
  type RefBase,
} from "../../../../workflow/dsl/index.ts";
import { checkTypes } from "../../../types/dsl/check_types.ts";
import { variable } from "./evaluate.ts";

interface File {
  readonly key: string;
  readonly size?: number;
}
interface Given {
  readonly at: string;
  readonly count: number;
  readonly flag: boolean;
  readonly perhaps?: number;
  readonly mode: "a" | "b";
  readonly files: readonly File[];
  readonly pages: number[][];
  readonly prices: Record<string, number>;
}
const given = variable<Given>("given");

type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Referents<O> = { [K in keyof O]: O[K] extends RefBase<infer T> ? T : never };

/** Never called: the compiler is the test. */
export const accepted = (): true => {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- only its type is looked at
  const all = {
    added: add(given.count, 1, length(given.files)),
    both: and(given.flag, lt(given.count, 2), lt("a", given.at), not(given.flag)),
    modes: isIn(given.mode, ["a", given.mode]),
    chosen: when(given.flag, "yes", { no: given.count }),
    perhaps: when(given.flag, given.perhaps, 0),
    defaulted: withDefault(given.perhaps, given.count),
    keys: map(given.files, (file) => file.key),
    objects: map(given.files, (file, index) => ({ index, size: withDefault(file.size, 0), fixed: "x" })),
    some: filter(given.files, (file) => eq(file.key, "a")),
    sorted: sort(given.files, (file) => file.key, "descending"),
    found: at(
      filter(given.files, () => true),
      0,
    ).key,
    flat: flatten(given.pages),
    literals: filter([1, given.count, 3], (n) => gt(n, 1)),
    texts: map(["a", given.at], (each, index) => ({ each, index })),
    firstOfThese: at([given.at, "x"], 0),
    howMany: length([given.at, 1, null]),
    flatLiteral: flatten([[1, given.count], at(given.pages, 0) as Ref<number[]>]),
    sortedLiteral: sort([given.count, 2], (n) => n),
    distinctLiteral: distinct(["a", "a"]),
    parts: partition([1, given.count], 2),
    among: contains(["a", "b"], given.at),
    allOf: every([given.count], (n) => gt(n, 0)),
    anyOf: some([given.flag, false], (flag) => flag),
    joined: concat(given.pages, [[1], [given.count]]),
    most: max([given.count, 1]),
    mostOfAny: max(at(given.pages, 0) as Ref<number[]>),
    total: sum(map(given.files, (file) => withDefault(file.size, 0))),
    picked: pick(given, "at", "count"),
    rest: omit(given, "files", "pages", "prices"),
    merged: merge(pick(given, "at", "perhaps"), { perhaps: given.count, more: [given.at] }),
    defaults: merge({ perhaps: 1 }, pick(given, "perhaps")),
    member: member(given.prices, "a b"),
    looked: lookup(given.prices, given.at),
    names: keys(given.prices),
    prices: values(given.prices),
    pairs: entries(given.prices),
    parsed: parse<{ a: number }>(given.at).a,
    millis: toMillis(given.at),
    pictured: toMillis(given.at, "[Y]"),
    raw: jsonata<number[]>`${given.files}.size`,
    list: join(
      map(given.files, (file) => text`${file.key}-${withDefault(file.size, 0)}`),
      ",",
    ),
  };
  const exactly: Same<
    Referents<typeof all>,
    {
      added: number;
      both: boolean;
      modes: boolean;
      chosen: "yes" | { no: number };
      perhaps: number | undefined;
      defaulted: number;
      keys: string[];
      objects: { index: number; size: number; fixed: "x" }[];
      some: File[];
      sorted: File[];
      found: string | undefined;
      flat: number[];
      literals: number[];
      texts: { each: string; index: number }[];
      firstOfThese: string | undefined;
      howMany: number;
      flatLiteral: number[];
      sortedLiteral: number[];
      distinctLiteral: "a"[];
      parts: number[][];
      among: boolean;
      allOf: boolean;
      anyOf: boolean;
      joined: number[][];
      most: number;
      mostOfAny: number | undefined;
      total: number;
      picked: { readonly at: string; readonly count: number };
      rest: Omit<Given, "files" | "pages" | "prices">;
      merged: { at: string; perhaps: number; more: [string] };
      defaults: { perhaps: number };
      member: number;
      looked: number | undefined;
      names: string[];
      prices: number[];
      pairs: { key: string; value: number }[];
      parsed: number;
      millis: number;
      pictured: number | undefined;
      raw: number[];
      list: string;
    }
  > = true;
  return exactly;
};

/** Lines that must not compile, and the first line of what the compiler says of each. */
const refused: readonly (readonly [code: string, says: string])[] = [
  ["add(given.at, 1)", "Argument of type 'Ref<string>' is not assignable to parameter of type 'Value<number>'."],
  [
    "add(given.perhaps, 1)",
    "Argument of type 'Ref<number | undefined>' is not assignable to parameter of type 'Value<number>'.",
  ],
  ['lt(given.count, "a")', "Argument of type 'string' is not assignable to parameter of type 'Value<number>'."],
  [
    "lt(given.files, 1)",
    "Argument of type 'Ref<readonly File[]>' is not assignable to parameter of type 'Value<number> | Value<string>'.",
  ],
  [
    "lt(given.perhaps, 1)",
    "Argument of type 'Ref<number | undefined>' is not assignable to parameter of type 'Value<number> | Value<string>'.",
  ],
  ['eq(given.mode, "c")', 'Argument of type \'"c"\' is not assignable to parameter of type \'Value<"a" | "b">\'.'],
  ['eq(given.count, "1")', "Argument of type 'string' is not assignable to parameter of type 'Value<number>'."],
  ['isIn(given.mode, ["c"])', 'Type \'"c"\' is not assignable to type \'Value<"a" | "b">\'.'],
  ["and(given.at)", "Argument of type 'Ref<string>' is not assignable to parameter of type 'Value<boolean>'."],
  [
    "text`${given.perhaps}`",
    "Argument of type 'Ref<number | undefined>' is not assignable to parameter of type 'Value<string | number | boolean>'.",
  ],
  [
    "text`${given.files}`",
    "Argument of type 'Ref<readonly File[]>' is not assignable to parameter of type 'Value<string | number | boolean>'.",
  ],
  [
    "text`${given.one}`",
    "Argument of type 'Ref<File>' is not assignable to parameter of type 'Value<string | number | boolean>'.",
  ],
  [
    "length(given.at)",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'RefBase<string> & {} & NotJson<\"payload: not an array\">'.",
  ],
  [
    "at(given.at, 0)",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'RefBase<string> & {} & NotJson<\"payload: not an array\">'.",
  ],
  [
    "length([given.perhaps])",
    "Argument of type '[Ref<number | undefined>]' is not assignable to parameter of type 'readonly [Ref<number | undefined>] & NotJson<\"payload[]: the value may be missing; use withDefault(reference, …)\">'.",
  ],
  [
    "filter([1, given.count], (n) => gt(n, given.at))",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'Value<number>'.",
  ],
  [
    "flatten(given.files)",
    "Argument of type 'Ref<readonly File[]>' is not assignable to parameter of type 'RefBase<readonly File[]> & {} & NotJson<\"payload: not an array of arrays\">'.",
  ],
  ["given.files.length", "Property 'length' does not exist on type 'Ref<readonly File[]>'."],
  ["filter(given.files, (file) => file.key)", "Type 'Ref<string>' is not assignable to type 'Value<boolean>'."],
  [
    "filter(given.files, (file) => file.keey)",
    "Property 'keey' does not exist on type 'Ref<File>'. Did you mean 'key'?",
  ],
  [
    "map(given.files, (file) => file.size)",
    "Type 'Ref<number | undefined>' is not assignable to type 'RefBase<number | undefined> & {} & NotJson<\"payload: the value may be missing; use withDefault(reference, …)\">'.",
  ],
  [
    "map(given.files, (file) => ({ deep: [file.size] }))",
    "Type '{ readonly deep: readonly [Ref<number | undefined>]; }' is not assignable to type '{ readonly deep: readonly [Ref<number | undefined>]; } & NotJson<\"payload.deep[]: the value may be missing; use withDefault(reference, …)\">'.",
  ],
  [
    "map(given.files, () => new Date())",
    "Type 'Date' is not assignable to type 'Date & NotJson<\"payload: a Date is not JSON; use .toISOString()\">'.",
  ],
  [
    "map(given.files, () => () => 1)",
    "Type '() => 1' is not assignable to type '(() => 1) & NotJson<\"payload: a function (or a class's method) is not JSON; use a plain object\">'.",
  ],
  ["sum([given.at])", "Type 'Ref<string>' is not assignable to type 'Value<number>'."],
  [
    "max(given.at)",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'Value<readonly number[]>'.",
  ],
  [
    "concat(given.pages, given.at)",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'RefBase<string> & {} & NotJson<\"payload: not an array\">'.",
  ],
  ["contains(given.pages, 1)", "Argument of type 'number' is not assignable to parameter of type 'Value<number[]>'."],
  [
    'pick(given, "nothing")',
    'Argument of type \'"nothing"\' is not assignable to parameter of type \'"at" | "count" | "flag" | "perhaps" | "mode" | "files" | "pages" | "one"\'.',
  ],
  [
    'omit(given, "nothing")',
    'Argument of type \'"nothing"\' is not assignable to parameter of type \'"at" | "count" | "flag" | "perhaps" | "mode" | "files" | "pages" | "one"\'.',
  ],
  [
    'member(given.one, "nothing")',
    'Argument of type \'"nothing"\' is not assignable to parameter of type \'"key" | "size"\'.',
  ],
  [
    "lookup(given.at, given.count)",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'RefBase<object>'.",
  ],
  [
    "merge(given.at, {})",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'RefBase<string> & {} & NotJson<\"merge: only objects can be merged\">'.",
  ],
  [
    "merge(given.files, {})",
    "Argument of type 'Ref<readonly File[]>' is not assignable to parameter of type 'RefBase<readonly File[]> & {} & NotJson<\"merge: only objects can be merged\">'.",
  ],
  [
    "merge({ a: given.perhaps }, {})",
    "Argument of type '{ a: Ref<number | undefined>; }' is not assignable to parameter of type '{ readonly a: Ref<number | undefined>; } & NotJson<\"payload.a: the value may be missing; use withDefault(reference, …)\">'.",
  ],
  [
    "merge({ a: () => 1 }, {})",
    "Argument of type '{ a: () => 1; }' is not assignable to parameter of type '{ readonly a: () => 1; } & NotJson<\"payload.a: a function (or a class's method) is not JSON; use a plain object\">'.",
  ],
  [
    'withDefault(given.perhaps, "none")',
    "Argument of type '\"none\"' is not assignable to parameter of type 'Value<number> | null'.",
  ],
  [
    "when(given.count, 1, 2)",
    "Argument of type 'Ref<number>' is not assignable to parameter of type 'Value<boolean>'.",
  ],
  [
    "when(given.flag, new Date(), 2)",
    "Argument of type 'Date' is not assignable to parameter of type 'Date & NotJson<\"payload: a Date is not JSON; use .toISOString()\">'.",
  ],
  [
    'join(given.pages, ",")',
    "Argument of type 'Ref<number[][]>' is not assignable to parameter of type 'Value<readonly string[]>'.",
  ],
  [
    "stringify(given.at)",
    "Argument of type 'Ref<string>' is not assignable to parameter of type 'RefBase<number | boolean | object | null>'.",
  ],
  ["jsonata`${new Date()}`", "Argument of type 'Date' is not assignable to parameter of type 'Interpolated'."],
  [
    'given.at === "x"',
    "This comparison appears to be unintentional because the types 'Ref<string>' and 'string' have no overlap.",
  ],
  ["given.count + 1", "Operator '+' cannot be applied to types 'Ref<number>' and 'number'."],
  ["given.one.nothing", "Property 'nothing' does not exist on type 'Ref<File>'."],
];

const header = `
import { add, and, at, concat, contains, eq, filter, flatten, gt, isIn, jsonata, join, length, lookup, lt, map, max, member, merge, omit, pick, stringify, sum, text, when, withDefault, type Ref } from "../../../workflow/dsl/index.ts";
interface File { readonly key: string; readonly size?: number }
declare const given: Ref<{ at: string; count: number; flag: boolean; perhaps?: number; mode: "a" | "b"; files: readonly File[]; pages: number[][]; one: File }>;
`;

describe("the types of the vocabulary", () => {
  it("refuse what would go wrong, and say why in the first line", function () {
    this.timeout(120_000);
    const above = header.split("\n").length - 1;
    const said = checkTypes([header + refused.map(([code]) => code).join(";\n")]).complaints.map(
      ({ line, message }) => [refused[line - 1 - above]?.[0] ?? "", message.split("\n")[0]],
    );
    expect(said).to.deep.equal(refused);
  });
});
