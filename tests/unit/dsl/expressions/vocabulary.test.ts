import { expect } from "chai";
import * as z from "zod";
import {
  abs,
  add,
  addSeconds,
  and,
  at,
  ceil,
  concat,
  contains,
  containsText,
  distinct,
  divide,
  endsWith,
  entries,
  eq,
  every,
  exists,
  filter,
  flatten,
  floor,
  fromMillis,
  gt,
  gte,
  hash,
  isIn,
  isMissing,
  join,
  keys,
  length,
  lookup,
  lower,
  lt,
  lte,
  map,
  max,
  member,
  merge,
  min,
  modulo,
  multiply,
  ne,
  negate,
  not,
  now,
  omit,
  or,
  padEnd,
  padStart,
  parse,
  partition,
  pick,
  random,
  range,
  replace,
  round,
  some,
  sort,
  split,
  startsWith,
  stringify,
  substringAfter,
  substringBefore,
  subtract,
  sum,
  text,
  toMillis,
  toNumber,
  trim,
  upper,
  uuid,
  values,
  when,
  withDefault,
  workflow,
  type Ref,
  type RefBase,
} from "../../../../workflow/dsl/index.ts";
import type { Json } from "../../../../workflow/simulator/index.ts";
import { run } from "../run.ts";
import { constant, evaluate, jsonataOf, variable } from "./evaluate.ts";

interface File {
  readonly key: string;
  readonly size: number;
  readonly owner?: string;
}
interface Data {
  readonly count: number;
  readonly name: string;
  readonly flag: boolean;
  readonly nothing: null;
  readonly perhaps: string | null;
  readonly mode: "a" | "b";
  readonly missing?: number;
  readonly numbers: number[];
  readonly one: number[];
  readonly none: number[];
  readonly pages: number[][];
  readonly onePage: number[][];
  readonly files: File[];
  readonly prices: Record<string, number>;
  readonly when: string;
  readonly json: string;
}
const data: Data = {
  count: 3,
  name: "  Ada  Lovelace ",
  flag: true,
  nothing: null,
  perhaps: null,
  mode: "a",
  numbers: [3, 1, 2, 1],
  one: [7],
  none: [],
  pages: [[1], [], [2, 3]],
  onePage: [[1, 2]],
  files: [
    { key: "b.csv", size: 2, owner: "me" },
    { key: "a.csv", size: 0 },
  ],
  prices: { "a b": 1, "`": 2, "": 3 },
  when: "2025-01-31T06:00:00.000Z",
  json: '{"a":[1]}',
};
const given = variable<Data>("data");

type Case = readonly [sentence: string, expression: unknown, expected: unknown];

const suites = (given: Ref<Data>): Readonly<Record<string, readonly Case[]>> => ({
  comparisons: [
    ["eq compares numbers", eq(given.count, 3), true],
    ["eq compares arrays by what they hold", eq(given.numbers, [3, 1, 2, 1]), true],
    ["eq compares an array of one array", eq(given.onePage, [[1, 2]]), true],
    ["eq of what is missing is false", eq(given.missing, 1), false],
    ["eq knows null", eq(given.nothing, null), true],
    ["ne of what is missing is true", ne(given.missing, 1), true],
    ["lt", lt(given.count, 4), true],
    ["lte", lte(3, given.count), true],
    ["gt compares texts", gt(given.mode, "Z"), true],
    ["gte", gte(given.count, 4), false],
    ["isIn finds one of several", isIn(given.mode, ["b", "a"]), true],
    ["isIn finds the only one", isIn(given.count, given.one), false],
    ["isIn finds nothing in nothing", isIn(given.count, given.none), false],
    ["isIn does not find what is missing", isIn(given.missing, [1]), false],
  ],
  conditions: [
    ["and", and(given.flag, gt(given.count, 5)), false],
    ["and of none holds", and(), true],
    ["or", or(gt(given.count, 5), given.flag), true],
    ["or of none doesn't hold", or(), false],
    ["not", not(given.flag), false],
    ["when takes one value", when(given.flag, { taken: given.count }, "other"), { taken: 3 }],
    ["when takes the other value", when(not(given.flag), "one", given.onePage), [[1, 2]]],
    ["when evaluates only what it takes", when(given.flag, 1, toNumber(given.mode)), 1],
    ["when may give what is missing", when(given.flag, given.missing, 1), undefined],
    ["exists of a value", exists(given.count), true],
    ["exists of null", exists(given.nothing), true],
    ["exists of what is missing", exists(given.missing), false],
    ["isMissing", isMissing(given.missing), true],
    ["withDefault keeps a value", withDefault(given.count, 1), 3],
    ["withDefault stands for what is missing", withDefault(given.missing, 1), 1],
    ["withDefault stands for null", withDefault(given.perhaps, "none"), "none"],
    ["withDefault keeps an empty array", withDefault(given.none, [1]), []],
    ["withDefault of what is computed", withDefault(at(given.numbers, add(given.count, 1)), add(1, 1)), 2],
  ],
  arithmetic: [
    ["add", add(given.count, 1, -2), 2],
    ["add of none", add(), 0],
    ["subtract keeps its order", subtract(10, subtract(given.count, 1)), 8],
    ["multiply binds what it is given", multiply(add(given.count, 1), 2), 8],
    ["multiply of none", multiply(), 1],
    ["divide", divide(given.count, 2), 1.5],
    ["modulo has the sign of the first", modulo(negate(given.count), 2), -1],
    ["negate", negate(-5), 5],
    ["abs", abs(-5), 5],
    ["floor", floor(-1.5), -2],
    ["ceil", ceil(1.2), 2],
    ["round goes to the even neighbour", round(2.5), 2],
    ["round to places", round(divide(given.count, 7), 2), 0.43],
    ["sum", sum(given.numbers), 7],
    ["sum of nothing", sum(given.none), 0],
    ["sum of one", sum(given.one), 7],
    ["max", max(given.numbers), 3],
    ["max of what is given", max([given.count, 1, add(given.count, 2)]), 5],
    ["max of nothing", max(given.none), undefined],
    ["min", min([given.count, 1]), 1],
    ["toNumber", toNumber("-1.5e3"), -1500],
  ],
  texts: [
    ["text", text`s3://${given.mode}/${given.count}/${given.flag}`, "s3://a/3/true"],
    ["text that begins with a number", text`${given.count}${given.count}`, "33"],
    ["text without values", text`plain`, "plain"],
    ["text of nothing", text``, ""],
    ["upper", upper(given.mode), "A"],
    ["lower", lower("ÄB"), "äb"],
    ["trim", trim(given.name), "Ada Lovelace"],
    ["split", split("a,b", ","), ["a", "b"]],
    ["split without a separator in it", split("ab", ","), ["ab"]],
    ["split in characters", split("a😀\né", ""), ["a", "😀", "\n", "é"]],
    ["split the empty text in characters", split("", ""), []],
    ["split by what is known later", split("a😀", constant("")), ["a", "😀"]],
    ["split by a text that is known later", split("a-b", constant("-")), ["a", "b"]],
    ["join", join(["a", given.mode], "-"), "a-a"],
    ["join of nothing", join([], "-"), ""],
    [
      "join of a reference",
      join(
        map(given.files, (file) => file.key),
        ",",
      ),
      "b.csv,a.csv",
    ],
    ["replace takes every occurrence, literally", replace("a.a.b", ".", "$0"), "a$0a$0b"],
    ["substringBefore", substringBefore("a/b/c", "/"), "a"],
    ["substringBefore without a separator", substringBefore("abc", "/"), "abc"],
    ["substringAfter", substringAfter("a/b/c", "/"), "b/c"],
    ["startsWith", startsWith("raw/a", "raw/"), true],
    ["startsWith what is longer", startsWith("ra", "raw/"), false],
    ["startsWith nothing", startsWith("ra", ""), true],
    ["endsWith", endsWith(text`${given.mode}.csv`, ".csv"), true],
    ["endsWith what is longer", endsWith("sv", ".csv"), false],
    ["endsWith what is longer by one", endsWith("sv", "csv"), false],
    ["endsWith nothing", endsWith("", ""), true],
    ["endsWith characters beyond the first plane", endsWith("a😀", "😀"), true],
    ["containsText", containsText("raw/a", "w/"), true],
    ["padStart", padStart("7", 3, "0"), "007"],
    ["padStart as wide as a reference", padStart("7", given.count), "  7"],
    ["padEnd", padEnd("ab", 5, "xy"), "abxyx"],
  ],
  arrays: [
    ["length", length(given.numbers), 4],
    ["length of one array in an array", length(given.onePage), 1],
    ["at", at(given.numbers, 0), 3],
    ["at from the end", at(given.numbers, -1), 1],
    ["at a reference", at(given.numbers, subtract(given.count, 1)), 2],
    ["at gives an array whole", at(given.pages, 1), []],
    ["at a reference gives an array whole", at(given.pages, subtract(given.count, 1)), [2, 3]],
    ["at beyond the end", at(given.numbers, 9), undefined],
    ["at reads on", at(given.files, 1).key, "a.csv"],
    [
      "at of what is computed reads on",
      at(
        filter(given.files, (file) => eq(file.size, 0)),
        0,
      ).key,
      "a.csv",
    ],
    ["filter", filter(given.numbers, (each) => gt(each, 1)), [3, 2]],
    ["filter keeps one as an array", filter(given.numbers, (each) => gt(each, 2)), [3]],
    ["filter keeps one array whole", filter(given.pages, (page) => gt(length(page), 1)), [[2, 3]]],
    ["filter keeps an empty array whole", filter(given.pages, (page) => eq(length(page), 0)), [[]]],
    ["filter keeps none as an array", filter(given.numbers, () => false), []],
    [
      "map",
      map(given.files, ({ key, size }) => ({ name: key, next: add(size, 1) })),
      [
        { name: "b.csv", next: 3 },
        { name: "a.csv", next: 1 },
      ],
    ],
    ["map of one", map(given.one, (each) => [each]), [[7]]],
    ["map of none", map(given.none, (each) => each), []],
    ["map gives the index", map(given.numbers, (each, index) => multiply(each, index)), [0, 1, 4, 3]],
    ["map keeps arrays whole", map(given.onePage, (page) => page), [[1, 2]]],
    ["map to a constant", map(given.numbers, () => null), [null, null, null, null]],
    [
      "map in a map knows the outer item",
      map(given.pages, (page, number) => map(page, (each, index) => [number, index, each])),
      [
        [[0, 0, 1]],
        [],
        [
          [2, 0, 2],
          [2, 1, 3],
        ],
      ],
    ],
    [
      "filter in a filter",
      filter(given.pages, (page) =>
        some(page, (each) =>
          isIn(
            each,
            filter(page, (other) => gt(other, 2)),
          ),
        ),
      ),
      [[2, 3]],
    ],
    ["some", some(given.numbers, (each) => gt(each, 2)), true],
    ["some of an empty array among arrays", some(given.pages, (page) => eq(page, [])), true],
    ["some of none", some(given.none, () => true), false],
    ["every", every(given.numbers, (each) => gt(each, 0)), true],
    ["every fails at one", every(given.numbers, (each) => gt(each, 1)), false],
    ["every of none", every(given.none, () => false), true],
    ["contains a number", contains(given.numbers, 2), true],
    ["contains an array", contains(given.pages, [2, 3]), true],
    ["contains not a part of an array", contains(given.pages, [2]), false],
    ["concat", concat(given.numbers, [9], given.none, given.one), [3, 1, 2, 1, 9, 7]],
    ["concat keeps arrays in arrays", concat(given.onePage, [[9]], given.onePage), [[1, 2], [9], [1, 2]]],
    [
      "concat of what is computed",
      concat(
        filter(given.numbers, (each) => gt(each, 2)),
        given.one,
      ),
      [3, 7],
    ],
    ["concat of none", concat(), []],
    ["length of what is written", length([given.count, given.none, null]), 3],
    ["at of what is written", at([given.numbers, given.one], -1), [7]],
    ["filter of what is written", filter([1, given.count], (each) => gt(each, 1)), [3]],
    ["filter keeps an array that is written", filter([given.none, given.one], (each) => eq(length(each), 0)), [[]]],
    ["map of what is written", map(["a", given.mode], (each) => text`${each}!`), ["a!", "a!"]],
    ["flatten of what is written", flatten([given.one, [1, given.count], []]), [7, 1, 3]],
    ["sort of what is written", sort([given.count, 2], (each) => each), [2, 3]],
    ["distinct of what is written", distinct([given.one, [7], [8]]), [[7], [8]]],
    ["partition of what is written", partition([1, given.count, 5], 2), [[1, 3], [5]]],
    ["contains of what is written", contains(["c", "a"], given.mode), true],
    ["every of what is written", every([given.count, 4], (each) => gt(each, 2)), true],
    ["some of what is written", some([given.flag], (each) => each), true],
    ["flatten", flatten(given.pages), [1, 2, 3]],
    ["flatten takes one level away", flatten(map(given.numbers, (each) => [[each]])), [[3], [1], [2], [1]]],
    ["flatten of none", flatten(filter(given.pages, () => false)), []],
    ["sort", sort(given.files, (file) => file.key), [data.files[1], data.files[0]]],
    ["sort descending", sort(given.numbers, (each) => each, "descending"), [3, 2, 1, 1]],
    ["sort of one", sort(given.onePage, (page) => length(page)), [[1, 2]]],
    ["distinct", distinct(given.numbers), [3, 1, 2]],
    ["distinct of one", distinct(given.onePage), [[1, 2]]],
    ["partition", partition(given.numbers, 3), [[3, 1, 2], [1]]],
    ["partition of one", partition(given.one, 3), [[7]]],
    ["range", range(1, given.count), [1, 2, 3]],
    ["range of one", range(1, 9, 9), [1]],
    ["range of none", range(2, 1), []],
    ["range by steps", range(0, 9, given.count), [0, 3, 6, 9]],
  ],
  objects: [
    ["member", member(given.prices, "a b"), 1],
    ["member with a backquote", member(given.prices, "`"), 2],
    ["member without a name", member(given.prices, ""), 3],
    ["member of what is computed", member(merge(given.prices, { "`": 9 }), "`"), 9],
    ["lookup", lookup(given.prices, text`${given.mode} b`), 1],
    ["lookup of what isn't there", lookup(given.prices, given.mode), undefined],
    ["pick", pick(withDefault(at(given.files, 0), { key: "", size: 0 }), "key", "size"), { key: "b.csv", size: 2 }],
    ["pick leaves out what is missing", map(given.files, (file) => pick(file, "owner")), [{ owner: "me" }, {}]],
    ["omit", map(given.files, (file) => omit(file, "size", "owner")), [{ key: "b.csv" }, { key: "a.csv" }]],
    ["omit of everything", omit(merge({ a: 1 }, {}), "a"), {}],
    [
      "merge lets the second count",
      merge({ size: 9, more: given.numbers }, pick(given, "count", "numbers")),
      { size: 9, more: data.numbers, count: 3, numbers: data.numbers },
    ],
    ["keys", keys(given.prices), ["a b", "`", ""]],
    ["keys of one", keys(pick(given, "count")), ["count"]],
    ["values", values(given.prices), [1, 2, 3]],
    ["values of one array", values(pick(given, "onePage")), [[[1, 2]]]],
    ["entries", entries(pick(given, "one")), [{ key: "one", value: [7] }]],
  ],
  dates: [
    ["now", now(), "2025-01-31T06:00:00.000Z"],
    ["toMillis", toMillis(given.when), Date.parse(data.when)],
    ["toMillis with a picture", toMillis("31.01.2025", "[D01].[M01].[Y0001]"), Date.parse("2025-01-31")],
    ["toMillis of what isn't as pictured", toMillis("today", "[D01].[M01].[Y0001]"), undefined],
    ["fromMillis", fromMillis(0), "1970-01-01T00:00:00.000Z"],
    ["fromMillis with a picture and a timezone", fromMillis(0, "[Y0001]/[M01]/[D01] [H01]", "+0100"), "1970/01/01 01"],
    ["addSeconds", addSeconds(given.when, -1), "2025-01-31T05:59:59.000Z"],
  ],
  "Step Functions' own functions": [
    ["parse", parse<{ a: number[] }>(given.json).a, [1]],
    ["parse of an array of one array", merge({ both: [parse<number[][]>("[[1]]"), 2] }, {}), { both: [[[1]], 2] }],
    ["stringify", stringify(given.onePage), "[[1,2]]"],
    ["hash", hash("a", "SHA-1"), "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"],
    ["uuid", uuid(), "some-uuid"],
    ["random", random(), 0.5],
    ["random with a seed", eq(random(7), random(7)), true],
  ],
});

describe("the vocabulary of expressions", () => {
  for (const [subject, cases] of Object.entries(suites(given))) {
    describe(subject, () => {
      for (const [sentence, expression, expected] of cases) {
        it(sentence, async () => {
          expect(await evaluate(expression, { data }), jsonataOf(expression)).to.deep.equal(expected);
        });
      }
    });
  }
});

describe("a machine with all of the vocabulary", () => {
  it("is accepted by the validators, and gives what each expression gives", async function () {
    this.timeout(30_000);
    // What an execution's clock and chance decide, and what is missing, are tested above.
    const isFixed = ([sentence, , expected]: Case): boolean =>
      expected !== undefined && !["now", "uuid", "random"].includes(sentence);
    const cases = (from: Ref<Data>): Case[] => Object.values(suites(from)).flat().filter(isFixed);
    const machine = workflow("all", { input: z.custom<Data>(), resources: {} }, (flow, input) =>
      flow.succeed("Done", { all: cases(input).map(([, expression]) => expression as RefBase<unknown>) }),
    );
    const { output } = await run(machine, { input: JSON.parse(JSON.stringify(data)) as Json });
    expect(output).to.deep.equal({ all: cases(given).map(([, , expected]) => expected) });
  });
});

describe("the text of an expression", () => {
  const texts: readonly (readonly [expression: unknown, jsonata: string])[] = [
    [gt(given.count, 1), "$data.count > 1"],
    [
      and(gt(given.count, 1), or(given.flag, not(given.flag))),
      "($data.count > 1) and ($data.flag or $not($data.flag))",
    ],
    [subtract(1, -1), "1 - (-1)"],
    [filter(given.files, (file) => gt(file.size, 0)), "[$filter($data.files, function($item) { $item.size > 0 })[]]"],
    [
      map(given.pages, (page, index) => map(page, (each) => add(each, index))),
      "[$map($data.pages, function($item, $index) { [$map($item, function($item2) { $item2 + $index })[]] })[]]",
    ],
    [withDefault(given.missing, 0), "($data.missing != null) ? $data.missing : 0"],
    [
      withDefault(at(given.numbers, given.count), 0),
      "($value := $data.numbers[$data.count]; ($value != null) ? $value : 0)",
    ],
    [member(given.prices, "a b"), "$data.prices.`a b`"],
    [member(given.prices, "a`b\\"), '$lookup($data.prices, "a`b\\\\")'],
    [map(given.one, (each) => ({ each })), '[$map($data.one, function($item) { {"each": $item} })[]]'],
  ];
  for (const [expression, jsonata] of texts) {
    it(`is ${jsonata}`, () => {
      expect(jsonataOf(expression)).to.equal(jsonata);
    });
  }

  it("names its parameters so that they hide no variable of the machine", async () => {
    const [item, value] = [variable<number>("item"), variable<number[]>("value")];
    const sums = map(value, (each) => add(each, item, withDefault(at(value, add(item, 0)), 100)));
    expect(await evaluate(sums, { item: 10, value: [1, 2] })).to.deep.equal([111, 112]);
  });

  it("writes every part once, however deep it is nested", () => {
    const nested = (depth: number): Ref<number> =>
      depth === 0 ? given.count : withDefault(at(given.numbers, nested(depth - 1)), depth);
    const [short, long] = [jsonataOf(nested(100)).length, jsonataOf(nested(200)).length];
    expect(long / short).to.be.below(2.2);
  });

  it("is written for wide and for deep expressions alike", () => {
    const wide = jsonataOf(eq(given.numbers, [...Array(200_000).keys()]));
    expect(wide).to.match(/^\$data\.numbers = \[0, 1, .* 199999\]$/);
    const deep = [...Array(2_000).keys()].reduce<Ref<number>>((sum, term) => add(sum, term), given.count);
    expect(jsonataOf(deep)).to.match(/^\({1999}\$data\.count \+ 0\) .* \+ 1999$/);
  });
});
