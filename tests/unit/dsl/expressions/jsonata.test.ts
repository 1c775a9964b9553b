import path from "node:path";
import { expect } from "chai";
import parse from "jsonata";
import { functions } from "../../../../workflow/dsl/definition/validate/functions.ts";
import { jsonataWith } from "../../../../workflow/dsl/expressions/jsonata.ts";
import {
  add,
  eq,
  filter,
  gt,
  jsonata,
  JsonataError,
  length,
  map,
  pick,
  subtract,
  text,
  type Ref,
} from "../../../../workflow/dsl/index.ts";
import { evaluate, jsonataOf, variable } from "./evaluate.ts";

interface Order {
  readonly id: string;
  readonly amount: number;
}
const orders = variable<Order[]>("orders");
const limit = variable<number>("limit");
const given = {
  orders: [
    { id: "a", amount: 2 },
    { id: "b", amount: 3 },
  ],
  limit: 4,
};

describe("JSONata by hand", () => {
  const values: readonly (readonly [jsonata: string, value: Ref<unknown>, gives: unknown])[] = [
    ["$sum($orders.amount) > $limit", jsonata<boolean>`$sum(${orders}.amount) > ${limit}`, true],
    ["$orders[amount > $limit - 2].id", jsonata<string>`${orders}[amount > ${limit} - 2].id`, "b"],
    ["10 - ($limit - 1)", jsonata<number>`10 - ${subtract(limit, 1)}`, 7],
    ["10 - (-1)", jsonata<number>`10 - ${-1}`, 11],
    ["$orders[0].amount", jsonata<number>`${orders}[0].amount`, 2],
    ['$string(1) & "x\\"`\\u0024{"', jsonata<string>`$string(${1}) & ${'x"`${'}`, '1x"`${'],
    [
      '$merge([{"a": $limit}, {"b": [1]}])',
      jsonata<object>`$merge([${{ a: limit }}, {"b": ${[1]}}])`,
      { a: 4, b: [1] },
    ],
    ['("a").($ & "b")', jsonata<string>`${"a"}.($ & "b")`, "ab"],
    [
      "($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f($limit))",
      jsonata<number>`($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(${limit}))`,
      24,
    ],
    [
      "$orders@$o#$i.{'id': $o.id, 'i': $i}",
      jsonata<object[]>`${orders}@$o#$i.{'id': $o.id, 'i': $i}`,
      [
        { id: "a", i: 0 },
        { id: "b", i: 1 },
      ],
    ],
    ["$orders^(>amount){id: $sum(amount)}", jsonata<object>`${orders}^(>amount){id: $sum(amount)}`, { a: 2, b: 3 }],
    [
      "$orders ~> |$|{'amount': 0}, ['id']|",
      jsonata<object>`${orders} ~> |$|{'amount': 0}, ['id']|`,
      [{ amount: 0 }, { amount: 0 }],
    ],
    ["$contains('a1', /\\d(?:x)?/)", jsonata<boolean>`$contains('a1', /\d(?:x)?/)`, true],
    ["$orders.`id`", jsonata<string[]>`${orders}.\`id\``, ["a", "b"]],
    ["'${x}' /* a ? : b ?: c */", jsonata<string>`'\${x}' /* a ? : b ?: c */`, "${x}"],
    ["$states.context.State.Name", jsonata<string>`$states.context.State.Name`, undefined],
    ["$map([1..2], $string)", jsonata<string[]>`$map([1..2], $string)`, ["1", "2"]],
    ["$orders.amount ~> $sum()", jsonata<number>`${orders}.amount ~> $sum()`, 5],
    ["$limit > 1 ? 'many' : 'few'", jsonata<string>`${limit} > 1 ? 'many' : 'few'`, "many"],
  ];
  for (const [written, value, gives] of values) {
    it(`is written as ${written}`, async () => {
      expect(jsonataOf(value)).to.equal(written);
      expect(await evaluate(value, given)).to.deep.equal(gives);
    });
  }

  it("can be navigated, and be part of other expressions and of itself", async () => {
    const total = jsonata<number>`$sum(${orders}.amount)`;
    expect(await evaluate(add(total, 1), given)).to.equal(6);
    expect(jsonataOf(jsonata<number>`2 * ${total}`)).to.equal("2 * ($sum($orders.amount))");
    expect(await evaluate([jsonata<number[][]>`[[1]]`, 2])).to.deep.equal([[[1]], 2]);
    const first = jsonata<Order>`${orders}[0]`;
    expect(await evaluate(pick(first, "id"), given)).to.deep.equal({ id: "a" });
    expect(await evaluate(text`${first.id}!`, given)).to.equal("a!");
  });

  it("keeps what it assigns to itself", async () => {
    const assigned = jsonata<number>`$limit := ${limit} + 1`;
    expect(await evaluate([assigned, limit, add(assigned, limit)], given)).to.deep.equal([5, 4, 9]);
  });

  it("never hides a parameter of the function around it", async () => {
    const sums = map(
      orders,
      (order) => jsonata<number>`$reduce([1, 2], function($item, $index) { $item + $index + ${order.amount} })`,
    );
    expect(await evaluate(sums, given)).to.deep.equal([5, 6]);
    const few = filter(orders, (order) => eq(length(jsonata<number[]>`[1..${order.amount}]`), 2));
    expect(await evaluate(few, given)).to.deep.equal([given.orders[0]]);
  });

  describe("that binds the name of a variable that is interpolated", () => {
    const xs = variable<number[]>("xs");
    const x = variable<number>("x");
    const known = { xs: [1, 2], x: 100, x_: 1000 };
    const cases: readonly (readonly [jsonata: string, value: Ref<unknown>, gives: unknown])[] = [
      [
        "($x_ := $x; $map($xs, function($x) { $x + $x_ }))",
        jsonata<number[]>`$map(${xs}, function($x) { $x + ${x} })`,
        [101, 102],
      ],
      ["($x_ := $x; ($x := $sum($xs); $x + $x_))", jsonata<number>`($x := $sum(${xs}); $x + ${x})`, 103],
      [
        "($x__ := $x; ($x := 1; $x + $x__ + $x_))",
        jsonata<number>`($x := 1; $x + ${x} + ${variable<number>("x_")})`,
        1101,
      ],
      [
        "($x_ := $x; ($x := 1; $x + (($x := 2; $x + $x_))))",
        jsonata<number>`($x := 1; $x + ${jsonata<number>`($x := 2; $x + ${x})`})`,
        103,
      ],
      [
        "[$map($xs, function($item_) { (($item__ := $item; ($item := 1; $item + $item_ + $item__))) })[]]",
        map(xs, (item) => jsonata<number>`($item := 1; $item + ${item} + ${variable<number>("item")})`),
        [102, 103],
      ],
    ];
    for (const [written, value, gives] of cases) {
      it(`is written as ${written}`, async () => {
        expect(jsonataOf(value)).to.equal(written);
        expect(await evaluate(value, { ...known, item: 100 })).to.deep.equal(gives);
      });
    }
  });

  it("may use what its field of the state knows, if it is said so", () => {
    const ofResult = jsonataWith("result");
    expect(jsonataOf(ofResult<string>`$states.result.Payload`)).to.equal("$states.result.Payload");
    expect(() => ofResult`$states.errorOutput`).to.throw(JsonataError);
  });
});

describe("JSONata that can't be used", () => {
  const unknown = (name: string): string => `${name} is not known here: interpolate a reference, or bind it with :=`;
  const lost = (name: string): string =>
    `${name} is in a string, a comment, a regular expression or a name: put it where a value can stand, and join strings with &`;
  const states = (use: string): string =>
    `${use} is not known here: of $states there is only $states.context; use references for all else`;
  const newer = (operator: string): string =>
    `Step Functions has JSONata 2.0.6, which doesn't know ${operator}: use withDefault, or a condition with ? and :`;
  const ofNothing = (name: string): string =>
    `${name} is a member of nothing: interpolate the reference that it belongs to, and begin functions with $`;

  const hidden = (name: string): string =>
    `${name} is bound here, and would hide the ${name} that what is interpolated uses: bind another name`;

  const cases: readonly (readonly [why: string, make: () => unknown, source: string, ...problems: string[]])[] = [
    [
      "an open parenthesis",
      () => jsonata`$sum(${orders}.amount`,
      "$sum($value1.amount",
      'character 19: Expected ")" before end of expression',
    ],
    ["more than an expression", () => jsonata`1) + (2`, "1) + (2", 'character 2: Syntax error: ")"'],
    [
      "a bound name that an operator needs as a function",
      () => jsonata`($count := 1; $count + ${length(orders)})`,
      "($count := 1; $count + $value1)",
      `character 7: ${hidden("$count")}`,
    ],
    [
      "a parameter that JSONata in it needs as a function",
      () => jsonata`$map([1], function($sum) { $sum + ${jsonata`$sum(${orders}.amount)`} })`,
      "$map([1], function($sum) { $sum + $value1 })",
      `character 23: ${hidden("$sum")}`,
    ],
    [
      "a bound $states",
      () => jsonata`($states := 1; ${limit})`,
      "($states := 1; $value1)",
      `character 8: ${hidden("$states")}`,
    ],
    ["nothing", () => jsonata``, "", "character 0: Unexpected end of expression"],
    ["an unknown variable", () => jsonata`$total + ${limit}`, "$total + $value1", `character 6: ${unknown("$total")}`],
    ["an unknown function", () => jsonata`$total(1)`, "$total(1)", `character 6: ${unknown("$total")}`],
    [
      "a variable that is bound elsewhere",
      () => jsonata`($x := 1) + $x`,
      "($x := 1) + $x",
      `character 14: ${unknown("$x")}`,
    ],
    [
      "a parameter outside of its function",
      () => jsonata`$map([1], function($v) { $v }) & $v`,
      "$map([1], function($v) { $v }) & $v",
      `character 35: ${unknown("$v")}`,
    ],
    [
      "all that is unknown",
      () => jsonata`$a + $b`,
      "$a + $b",
      `character 2: ${unknown("$a")}`,
      `character 7: ${unknown("$b")}`,
    ],
    ["$eval", () => jsonata`$eval("1")`, '$eval("1")', "character 5: Step Functions has no $eval: use $parse for JSON"],
    [
      "a task's result",
      () => jsonata`$states.result.Payload`,
      "$states.result.Payload",
      `character 7: ${states("$states.result")}`,
    ],
    [
      "an error's output",
      () => jsonata`$string($states.errorOutput.Cause)`,
      "$string($states.errorOutput.Cause)",
      `character 15: ${states("$states.errorOutput")}`,
    ],
    ["a state's input", () => jsonata`$states.input`, "$states.input", `character 7: ${states("$states.input")}`],
    ["all of $states", () => jsonata`$keys($states)`, "$keys($states)", `character 13: ${states("$states")}`],
    ["a value in a string", () => jsonata`"s3://${limit}"`, '"s3://$value1"', `character 0: ${lost("$value1")}`],
    ["a value in a comment", () => jsonata`1 /* ${limit} */`, "1 /* $value1 */", `character 0: ${lost("$value1")}`],
    [
      "a value in a name",
      () => jsonata`$sum${limit}`,
      "$sum$value1",
      `character 11: ${unknown("$sum$value1")}`,
      `character 0: ${lost("$value1")}`,
    ],
    [
      "a value that is assigned to",
      () => jsonata`(${limit} := 1)`,
      "($value1 := 1)",
      `character 0: ${lost("$value1")}`,
    ],
    [
      "a value as a step",
      () => jsonata`${orders}.${"amount"}`,
      "$value1.$value2",
      "character 15: $value2 after a dot is itself, not the member of that name: look members up with $lookup(object, $value2)",
    ],
    ["a name without its object", () => jsonata`amount > 1`, "amount > 1", `character 6: ${ofNothing("amount")}`],
    [
      "a function without its dollar",
      () => jsonata`sum(${orders}.amount)`,
      "sum($value1.amount)",
      `character 3: ${ofNothing("sum")}`,
    ],
    [
      "the item of nothing",
      () => jsonata`$.amount`,
      "$.amount",
      "character 1: $ has no value here: it is known only in a path or a predicate",
    ],
    [
      "the input",
      () => jsonata`${orders}[$$.a]`,
      "$value1[$$.a]",
      "character 10: $$ has no value here: it is known only in a path or a predicate",
    ],
    ["the operator ??", () => jsonata`${limit} ?? 1`, "$value1 ?? 1", `character 10: ${newer("??")}`],
    ["the operator ?:", () => jsonata`${limit} ?: 1`, "$value1 ?: 1", `character 10: ${newer("?:")}`],
  ];
  for (const [why, make, source, ...problems] of cases) {
    it(`is told where it is written: ${why}`, () => {
      try {
        make();
      } catch (error) {
        if (!(error instanceof JsonataError)) throw error;
        const { file, line } = error.site;
        expect(path.basename(file)).to.equal("jsonata.test.ts");
        expect(error.message.split("\n")).to.deep.equal([
          `${file}:${line} the JSONata \`${source}\` can't be used:`,
          ...problems.map((problem) => `  ${problem}`),
        ]);
        return;
      }
      expect.fail("nothing was thrown");
    });
  }

  it("is told at the line of the template", () => {
    const here = Number(/:(\d+):\d+\)?$/.exec((new Error().stack ?? "").split("\n")[1] ?? "")?.[1]);
    expect(() => jsonata`(`)
      .to.throw(JsonataError)
      .with.nested.property("site.line", here + 1);
  });
});

describe("the functions that JSONata by hand can call", () => {
  it("are functions of the language, but for those that Step Functions adds", async () => {
    const added = new Set(["hash", "partition", "parse", "range", "uuid"]);
    for (const name of functions) {
      const type: unknown = await parse(`$type($${name})`).evaluate(undefined);
      expect(type, name).to.equal(added.has(name) ? undefined : "function");
    }
    expect(await evaluate(gt(1, 0))).to.equal(true);
  });
});
