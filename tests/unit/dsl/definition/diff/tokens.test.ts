import { expect } from "chai";
import fc from "fast-check";
import {
  diff,
  markdownOfReport,
  rendered,
  reportOn,
  textOfReport,
  type Report,
} from "../../../../../workflow/dsl/definition/diff/index.ts";
import { machineOf } from "../../../../../workflow/dsl/definition/machine.ts";
import { render, tokensIn } from "../../../../../workflow/dsl/tokens.ts";
import { definitions, within, type Definition } from "../machines.ts";

function compared(old: object, now: object): Report {
  const { tokens, ...machines } = rendered(machineOf(old), machineOf(now));
  return reportOn(diff(machines.old, machines.now), tokens);
}
const sentences = (old: object, now: object): string[] => compared(old, now).changes.map(({ sentence }) => sentence);

const pass = (output: unknown): object => ({
  StartAt: "A",
  States: { A: { Type: "Pass", Output: output, End: true } },
});

describe("a definition with tokens and one with names", () => {
  const compiled = pass({
    job: "${jobs.orders.name}",
    list: ["${jobs.orders.arn}", "{% 's3://${raw.name}/' & $key & '/${raw.name}' %}"],
    file: "s3://${raw.name}/${jobs.orders.name}.json",
  });
  const deployed = pass({
    job: "orders-dev",
    list: ["arn:aws:glue:job/orders-dev", "{% 's3://raw-dev/' & $key & '/raw-dev' %}"],
    file: "s3://raw-dev/orders-dev.json",
  });
  const tokens = {
    "jobs.orders.name": "orders-dev",
    "jobs.orders.arn": "arn:aws:glue:job/orders-dev",
    "raw.name": "raw-dev",
  };
  const same = { summary: "Nothing changes: both definitions mean the same", changes: [], facts: [], tokens };

  it("mean the same, whichever of them is the old one", () => {
    expect(compared(deployed, compiled)).to.deep.equal(same);
    expect(compared(compiled, deployed)).to.deep.equal(same);
  });

  it("say what the tokens stand for", () => {
    expect(textOfReport(compared(deployed, compiled))).to.equal(`Nothing changes: both definitions mean the same.

with \${jobs.orders.name} = orders-dev
with \${jobs.orders.arn} = arn:aws:glue:job/orders-dev
with \${raw.name} = raw-dev
`);
    expect(markdownOfReport(compared(pass("a@b"), pass("${x}")), "mine", machineOf(compiled))).to.equal(
      "**mine**: Nothing changes: both definitions mean the same.\n\n- with \\${x} = a&#64;b\n",
    );
  });

  it("differ where a token would stand for another text than elsewhere, told with the names", () => {
    const now = pass({ one: "${x}", two: "${x}", three: "to ${x}" });
    expect(sentences(pass({ one: "a", two: "b", three: "to b" }), now)).to.deep.equal(['A: Output.one "a" → "b"']);
    expect(sentences(now, pass({ one: "a", two: "b", three: "to b" }))).to.deep.equal(['A: Output.one "b" → "a"']);
  });

  it("differ where the text around a token does", () => {
    expect(sentences(pass("s3://raw/in"), pass("s3://${raw.name}/out"))).to.deep.equal([
      'A: Output "s3://raw/in" → "s3://${raw.name}/out"',
    ]);
  });

  it("tokens side by side stand for what fits everywhere", () => {
    const now = pass(["${a}-${b}", "${b}/${a}"]);
    expect(compared(pass(["x-y-z", "z/x-y"]), now).tokens).to.deep.equal({ a: "x-y", b: "z" });
    expect(sentences(pass(["x-y-z", "u/v"]), now)).to.deep.equal(['A: Output[1] "u/v" → "y-z/x"']);
  });

  it("are compared state by state: what is new, gone or longer does not confuse the rest", () => {
    const task = (job: string, next: object): object => ({
      Type: "Task",
      Resource: "glue",
      Arguments: { job },
      ...next,
    });
    const old = { StartAt: "A", States: { A: task("a-dev", { Next: "B" }), B: task("b-dev", { End: true }) } };
    const now = {
      StartAt: "C",
      States: { C: task("${c}", { Next: "A" }), A: task("${a}", { Next: "B" }), B: task("${b}", { End: true }) },
    };
    expect(sentences(old, now)).to.deep.equal([
      "the machine now starts with C instead of A",
      "C is new: a Task that calls glue",
    ]);
  });

  it("two compiled definitions are compared by their tokens", () => {
    expect(sentences(pass("${jobs.a.name}"), pass("${jobs.b.name}"))).to.deep.equal([
      'A: Output "${jobs.a.name}" → "${jobs.b.name}"',
    ]);
    expect(sentences(pass(["${a}", "${b}"]), pass(["${a}", "b-dev"]))).to.deep.equal(['A: Output[1] "${b}" → "b-dev"']);
  });

  it("long texts with many tokens do not take long", () => {
    const pattern = Array.from({ length: 12 }, (_, index) => `\${t${index}}`).join("");
    const text = `${"a".repeat(3000)}b`;
    expect(sentences(pass([text, "other"]), pass([pattern, `!${pattern}`]))).to.not.deep.equal([]);
  });

  describe("as a law", () => {
    const names = ["a", "jobs.orders.arn", "raw.name"];
    const literal = fc.string({ unit: fc.constantFrom("a", "b", "/", "-", ":", " ", "'", "\\"), maxLength: 4 });
    const text = fc
      .array(fc.oneof(literal, fc.constantFrom(...names.map((name) => `\${${name}}`))), { maxLength: 5 })
      .map((parts) => parts.join(""));
    const value = fc.oneof(
      text,
      text.map((each) => `{% $x & '${each}' %}`),
      fc.array(text),
      fc.dictionary(literal, text),
    );
    const substitutions = fc
      .tuple(literal, literal, literal)
      .map((values) => Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""])));
    /** Definitions with the values as the states' Arguments, in turn. */
    const withTokens = fc.tuple(definitions, fc.array(value, { minLength: 1 })).map(([definition, values]) => {
      let count = 0;
      for (const { States: states } of within(definition))
        for (const state of Object.values(states)) state.Arguments = values[(count += 1) % values.length];
      return definition;
    });

    it("a definition means the same as what it is rendered to, in either order", () => {
      fc.assert(
        fc.property(withTokens, substitutions, (definition, texts) => {
          const other = render(definition, texts);
          expect(sentences(other, definition)).to.deep.equal([]);
          expect(sentences(definition, other)).to.deep.equal([]);
        }),
      );
    });

    it("a change beside that is found", () => {
      fc.assert(
        fc.property(withTokens, substitutions, fc.nat(), (definition, texts, place) => {
          const other: Definition = render(definition, texts);
          const all = within(other).flatMap(({ States: states }) => Object.entries(states));
          const [name, state] = all[place % all.length] ?? [];
          if (state !== undefined) state.Comment = "changed";
          expect(sentences(other, definition)).to.deep.equal([`${name ?? ""}: Comment is gone; it was "changed"`]);
        }),
      );
    });

    it("a text that stands for one token in two ways is found", () => {
      fc.assert(
        fc.property(withTokens, substitutions, fc.nat(), (definition, texts, place) => {
          // Every token stands alone often enough for one other text to be the odd one out.
          const each = names.map((name) => `\${${name}}`);
          const known = { ...definition, Comment: "", Sure: [each, each, each] };
          const other: typeof known = render(known, texts);
          const [odd] = other.Sure;
          odd?.splice(place % names.length, 1, "!!");
          expect(tokensIn(other)).to.be.empty;
          expect(compared(other, known).changes).to.have.length(1);
        }),
      );
    });
  });
});
