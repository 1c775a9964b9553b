import { expect } from "chai";
import { contextIn } from "../../../../workflow/dsl/expressions/context.ts";
import * as z from "zod";
import { aslValue, type HandedDown, type Reader } from "../../../../workflow/dsl/asl_value.ts";
import type { Scope } from "../../../../workflow/dsl/expression.ts";
import {
  add,
  compile,
  CompileError,
  eq,
  filter,
  jsonata,
  map,
  now,
  text,
  when,
  withDefault,
  workflow,
  type Problem,
  type Ref,
} from "../../../../workflow/dsl/index.ts";
import { bindingsOf, expressionOf, referenceTo, textsOf } from "../../../../workflow/dsl/reference.ts";
import { bindingOf, jsonataOf, variable } from "./evaluate.ts";

const given = variable<{ name: string; tags: string[]; then: string }>("given");
const site = { file: "flow.ts", line: 7, column: 1 };
const machine: Scope = { outer: undefined, ownExecution: true };
const child: Scope = { outer: machine, ownExecution: true };
const readerIn = (scope: Scope, handedDown?: HandedDown, problems: Problem[] = []): Reader => ({
  scope,
  state: "Some",
  site,
  handedDown,
  problems,
  tokens: new Set(["data.name"]),
});

describe("a reference that is used as if it were the value, outside of any workflow", () => {
  const noText = "a reference is no text: use text`…${reference}…` for a string that is built while the machine runs";
  const noValue =
    "a reference has no value here: build texts with text`…`, calculate with add …, compare with eq, gt …, and branch with flow.if";
  const noObject = "a reference has no members here: use merge, pick or omit to make an object out of it";
  const noArray = "a reference can't be looped over here: use map(reference, …) or flow.map";
  const uses: readonly (readonly [use: string, run: () => unknown, why: string])[] = [
    // eslint-disable-next-line @typescript-eslint/restrict-template-expressions, @typescript-eslint/no-base-to-string
    ["in a template", () => `${given.name}`, noText],
    // eslint-disable-next-line @typescript-eslint/no-base-to-string
    ["in String()", () => String(given.name), noText],
    [
      "in JSON",
      () => JSON.stringify({ given }),
      "a reference can't be made JSON here: its value exists only while the machine runs",
    ],
    ["as the sum's term", () => Number(given.name), noValue],
    ["in a loop", () => [...(given.tags as unknown as Iterable<string>)], noArray],
    ["spread over an object", () => ({ ...given }), noObject],
    ["asked for its keys", () => Object.keys(given), noObject],
    ["asked for a key", () => "name" in given, noObject],
    [
      "assigned to",
      () => Object.assign(given, { name: "x" }),
      "a reference can't be changed: what a step yields is read only",
    ],
  ];
  for (const [use, run, why] of uses) {
    it(`is an error ${use}`, () => {
      expect(run).to.throw(TypeError, new RegExp(`^${why.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`));
    });
  }

  it("is an error in an await", async () => {
    const error: unknown = await Promise.resolve()
      .then(() => given)
      .catch((caught: unknown) => caught);
    expect(String(error)).to.equal(
      "TypeError: a reference can't be awaited: its value exists only while the machine runs",
    );
  });
});

describe("a value in an expression", () => {
  const refused: readonly (readonly [what: string, value: unknown, why: string, instead?: string])[] = [
    ["NaN", Number.NaN, "deep[0] is the number NaN"],
    ["infinity", -Infinity, "deep[0] is the number -Infinity"],
    ["half a character", "a\ud83d", 'deep[0] is the text "a\\ud83d" with half a character (a lone surrogate)'],
    [
      "half a character in a key",
      { "\udc00": 1 },
      'deep[0] is the text "\\udc00" with half a character (a lone surrogate)',
    ],
    ["a bigint", 1n, "deep[0] is a bigint", " Use Number(…), or String(…) for more than 15 digits."],
    ["a function", () => 1, "deep[0] is a function"],
    ["a symbol", Symbol("s"), "deep[0] is a symbol"],
    ["a hole", [undefined], "deep[0][0] is undefined", " Leave it out, or write null."],
    ["a date", { "a b": new Date(0) }, 'deep[0]["a b"] is a Date', " Use .toISOString()."],
    ["a map", { ä: new Map() }, "deep[0].ä is a Map", " Use Object.fromEntries(…)."],
    ["a set", new Set(), "deep[0] is a Set", " Use [...set]."],
    ["a promise", Promise.resolve(1), "deep[0] is a Promise", " A workflow is written at once and awaits nothing."],
  ];
  for (const [what, value, why, instead] of refused) {
    it(`is never ${what}, in an expression or a payload`, () => {
      const sentence = `${why}, which can't stand in a workflow: only JSON values and references can`;
      const message = instead === undefined ? sentence : `${sentence}.${instead}`;
      expect(() => expressionOf({ deep: [value] }))
        .to.throw(TypeError)
        .with.property("message", message);
      const problems: Problem[] = [];
      aslValue({ deep: [value] }, readerIn(machine, undefined, problems));
      expect(problems).to.deep.equal([{ code: "not-json", state: "Some", site, message }]);
    });
  }

  it("leaves out members that are undefined, and makes 0 of -0", () => {
    expect(jsonataOf({ a: undefined, b: -0 })).to.equal('{"b": 0}');
  });
});

describe("plain text in a payload", () => {
  const texts: readonly (readonly [text: string, written: string])[] = [
    ["{% 1 %}", '{% "{% 1 %}" %}'],
    ["{%}", '{% "{%}" %}'],
    ["{%\n%}", '{% "{%\\n%}" %}'],
    [" {% 1 %}", " {% 1 %}"],
    // AWS takes these as they are, asl-validator does not.
    ["{% 1 %} ", '{% "{% 1 %} " %}'],
    ["", '{% "" %}'],
    ["a\nb", '{% "a\\nb" %}'],
    ["$x", "$x"],
    ["s3://${data.name}/a", "s3://${data.name}/a"],
    ["echo ${HOME} $HOME", '{% "echo \\u0024{HOME} $HOME" %}'],
    ["${data.nmae}${data.name}", '{% "\\u0024{data.nmae}${data.name}" %}'],
    ["a ${", '{% "a \\u0024{" %}'],
  ];
  for (const [text, written] of texts) {
    it(`${JSON.stringify(text)} is written as ${JSON.stringify(written)}`, () => {
      expect(aslValue({ text: [text] }, readerIn(machine))).to.deep.equal({ text: [written] });
    });
  }
});

describe("a key that reads like a token", () => {
  it("makes an expression of its object, in which what is missing still fails the state", () => {
    const reader = readerIn(bindingOf("given").scope);
    const value = { "${HOME}": given.name, "${data.name}": [{ a: 1 }] };
    expect(aslValue(value, reader)).to.equal(
      '{% {"\\u0024{HOME}": $exists($given.name) ? $given.name : $error("required, but missing: $given.name"), "${data.name}": [{"a": 1}]} %}',
    );
    expect(aslValue({ "${data.name}": given.name }, reader)).to.deep.equal({
      "${data.name}": "{% $given.name %}",
    });
  });
});

describe("what an expression is made of", () => {
  it("is found wherever it is, but for the names that it gives itself", () => {
    const [one, other] = [bindingOf("one"), bindingOf("other")];
    const values = referenceTo<number[]>(one);
    const limit = referenceTo<number>(other);
    const payload = {
      a: [filter(values, (value) => eq(value, limit))],
      b: { c: withDefault(jsonata<number | null>`$max(${values})`, 1) },
      d: when(eq(limit, 1), "said", text`then ${limit}`),
      e: ["plain", null],
    };
    expect(new Set(bindingsOf(payload))).to.deep.equal(new Set([one, other]));
    expect(textsOf(payload)).to.deep.equal(["said", "then ", "plain"]);
  });
});

describe("the parameter of a function that is given to an operator", () => {
  it("is out of scope outside of it, and the error names both lines", async () => {
    const input = z.object({ tags: z.array(z.string()) });
    const leaky = workflow("leaky", { input, resources: {} }, (flow, given) => {
      const leaked: Ref<string>[] = [];
      flow.let(
        "Tags",
        map(given.tags, (tag) => {
          leaked.push(tag);
          return tag;
        }),
      );
      flow.let("Leak", leaked);
    });
    const error: unknown = await compile(leaky).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(CompileError);
    const [problem, ...others] = (error as CompileError).problems;
    expect(others).to.deep.equal([]);
    expect(problem).to.include({ code: "out-of-scope", state: "Leak" });
    expect(problem?.message).to.match(
      /^uses what "the function given to an operator" yields \(.*references\.test\.ts:\d+\), which is not known here/,
    );
  });
});

describe("what a child execution reads of its parent", () => {
  it("is handed down once for each value, under names that differ", () => {
    const handedDown: HandedDown = new Map();
    const [one, other] = [
      referenceTo<{ c: number }>({ state: "A b", text: "$A_b", site, scope: machine }),
      referenceTo<{ b: { c: number } }>({ state: "A", text: "$A", site, scope: machine }),
    ];
    const input = "$states.context.Execution.Input.BatchInput.Outer";
    expect(aslValue([one.c, other.b.c, one.c], readerIn(child, handedDown))).to.deep.equal([
      `{% ${input}.A_b_c %}`,
      `{% ${input}.A_b_c_2 %}`,
      `{% ${input}.A_b_c %}`,
    ]);
    expect([...handedDown.keys()]).to.deep.equal(["A_b_c", "A_b_c_2"]);
  });

  it("is handed down inside functions too", () => {
    const handedDown: HandedDown = new Map();
    const limit = referenceTo<number>({ state: "Limit", text: "$Limit", site, scope: machine });
    const items = referenceTo<number[]>({ state: "Each", text: "$Items", site, scope: child });
    expect(
      aslValue(
        map(items, (item) => add(item, limit)),
        readerIn(child, handedDown),
      ),
    ).to.equal(
      "{% [$map($Items, function($item) { $item + $states.context.Execution.Input.BatchInput.Outer.Limit })[]] %}",
    );
  });
});

describe("the context", () => {
  it("is read where it is used, member by member", () => {
    const context = contextIn(machine, site);
    const values = [context.Execution.Name, context.StateMachine.Id, withDefault(context.State.RetryCount, 0), now()];
    expect(aslValue(values, readerIn(machine))).to.deep.equal([
      "{% $states.context.Execution.Name %}",
      "{% $states.context.StateMachine.Id %}",
      "{% ($states.context.State.RetryCount != null) ? $states.context.State.RetryCount : 0 %}",
      "{% $now() %}",
    ]);
  });

  it("is the parent's in a child execution that was given it", () => {
    const handedDown: HandedDown = new Map();
    const id = contextIn(machine, site).Execution.Id;
    expect(aslValue(id, readerIn(child, handedDown))).to.equal(
      "{% $states.context.Execution.Input.BatchInput.Outer.Execution_Id %}",
    );
  });
});
