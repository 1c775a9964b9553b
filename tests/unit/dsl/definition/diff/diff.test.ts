import { expect } from "chai";
import { diff, reportOn } from "../../../../../workflow/dsl/definition/diff/index.ts";
import { machineOf } from "../../../../../workflow/dsl/definition/machine.ts";

const sentences = (old: object, now: object): string[] =>
  reportOn(diff(machineOf(old), machineOf(now))).changes.map(({ sentence }) => sentence);

const pass = (next?: string, fields: object = {}): object => ({
  Type: "Pass",
  ...fields,
  ...(next === undefined ? { End: true } : { Next: next }),
});
const machine = (start: string, states: object, fields: object = {}): object => ({
  StartAt: start,
  States: states,
  ...fields,
});

describe("what changes between two definitions", () => {
  const old = machine("A", { A: pass("B"), B: pass("C", { Output: 1 }), C: pass() });

  it("states that are new or gone, and how their neighbours are rewired", () => {
    const now = machine("A", { A: pass("C"), C: pass() });
    expect(sentences(old, now)).to.deep.equal(["after A now comes C instead of B", "B is gone: a Pass"]);
    expect(sentences(now, old)).to.deep.equal(["after A now comes B instead of C", "B is new: a Pass"]);
  });

  it("a new end", () => {
    expect(sentences(old, machine("A", { A: pass(), B: pass("C", { Output: 1 }), C: pass("A") }))).to.deep.equal([
      "A now ends its machine; before, B came next",
      "after C now comes A; before, it ended its machine",
    ]);
  });

  it("a new name, and not what follows from it", () => {
    expect(sentences(old, machine("A", { A: pass("Two"), Two: pass("C", { Output: 1 }), C: pass() }))).to.deep.equal([
      "Two was named B; its content is the same",
    ]);
    expect(sentences(old, machine("One", { One: pass("B"), B: pass("C", { Output: 1 }), C: pass() }))).to.deep.equal([
      "One was named A; its content is the same",
    ]);
  });

  it("new names of states that are all alike, by their neighbours", () => {
    const chain = (names: readonly string[]): object =>
      machine(names[0] ?? "", Object.fromEntries(names.map((name, index) => [name, pass(names[index + 1])])));
    expect(sentences(chain(["A", "B", "C"]), chain(["A", "X", "C"]))).to.deep.equal([
      "X was named B; its content is the same",
    ]);
    expect(sentences(chain(["A", "B", "C"]), chain(["X", "Y", "Z"]))).to.deep.equal([
      "X was named A; its content is the same",
      "Y was named B; its content is the same",
      "Z was named C; its content is the same",
    ]);
  });

  it("a new name of a state that has machines within", () => {
    const parallel = (name: string): object =>
      machine(name, { [name]: { Type: "Parallel", Branches: [machine("A", { A: pass() })], End: true } });
    expect(sentences(parallel("Old"), parallel("New"))).to.deep.equal(["New was named Old; its content is the same"]);
  });

  it("a state that moved into a branch, and branches that changed places", () => {
    const both = (...branches: object[]): object => ({ Type: "Parallel", Branches: branches, End: true });
    const [left, right] = [machine("L", { L: pass() }), machine("R", { R: pass() })];
    expect(sentences(machine("P", { P: both(left, right) }), machine("P", { P: both(right, left) }))).to.deep.equal([
      "the branches of P are now those that start with R, L; before L, R",
    ]);
    expect(
      sentences(
        machine("X", { X: pass("P"), P: both(left) }),
        machine("P", { P: both(machine("L", { L: pass("X"), X: pass() })) }),
      ),
    ).to.deep.equal([
      "the machine now starts with P instead of X",
      "after L now comes X; before, it ended its machine",
      "X has moved from the machine to branch 1 of P",
      "X now ends its machine; before, P came next",
    ]);
  });

  it("rules of a Choice: new, gone, changed, leading elsewhere, in another order", () => {
    const choice = (...rules: readonly (readonly [string, string])[]): object =>
      machine("A", {
        A: {
          Type: "Choice",
          Choices: rules.map(([condition, next]) => ({ Condition: `{% ${condition} %}`, Next: next })),
          Default: "B",
        },
        B: pass(),
        C: pass(undefined, { Output: 1 }),
      });
    const one = ["$x = 1", "B"] as const;
    const two = ["$x = 2", "C"] as const;
    expect(sentences(choice(one), choice(one, two))).to.deep.equal(["A has a new rule 2: if $x = 2, then C"]);
    expect(sentences(choice(one, two), choice(two))).to.deep.equal(["A has no rule any more for: if $x = 1, then B"]);
    expect(sentences(choice(one, two), choice(one, ["$x > 2", "C"]))).to.deep.equal([
      "A now leads to C if $x > 2; before, if $x = 2",
    ]);
    expect(sentences(choice(one, two), choice(one, ["$x = 2", "B"]))).to.deep.equal([
      "A: if $x = 2, now comes B instead of C",
    ]);
    expect(sentences(choice(one, two), choice(two, one))).to.deep.equal([
      "A asks its rules in another order: 1. $x = 2, 2. $x = 1; before 1. $x = 1, 2. $x = 2",
    ]);
  });

  it("a Choice's Default", () => {
    const choice = (fields: object): object =>
      machine("A", { A: { Type: "Choice", Choices: [], ...fields }, B: pass(), C: pass(undefined, { Output: 1 }) });
    expect(sentences(choice({ Default: "B" }), choice({ Default: "C" }))).to.deep.equal([
      "if no rule of A holds, now comes C instead of B",
    ]);
    expect(sentences(choice({}), choice({ Default: "C" }))).to.deep.equal([
      "if no rule of A holds, now comes C; before, that was an error",
    ]);
    expect(sentences(choice({ Default: "B" }), choice({}))).to.deep.equal([
      "if no rule of A holds, that is now an error; before, B came",
    ]);
  });

  it("catchers and retriers, whatever the order of their error names", () => {
    const task = (fields: object): object =>
      machine("A", { A: { Type: "Task", Resource: "r", End: true, ...fields }, B: pass(), C: pass("B") });
    const on = (errors: readonly string[], next: string): object => ({ ErrorEquals: errors, Next: next });
    expect(sentences(task({}), task({ Catch: [on(["X"], "B")] }))).to.deep.equal([
      "A has a new catcher 1: on X, then B",
    ]);
    expect(sentences(task({ Catch: [on(["X"], "B")] }), task({ Catch: [on(["X"], "C")] }))).to.deep.equal([
      "A: on X, now comes C instead of B",
    ]);
    expect(sentences(task({ Catch: [on(["X"], "B")] }), task({ Catch: [on(["X", "Y"], "B")] }))).to.deep.equal([
      "A now catches X, Y with B; before, X",
    ]);
    expect(sentences(task({ Catch: [on(["X"], "B")] }), task({ Catch: [] }))).to.deep.equal([
      "A no longer catches X, which led to B",
    ]);
    expect(sentences(task({ Catch: [on(["X", "Y"], "B")] }), task({ Catch: [on(["Y", "X"], "B")] }))).to.deep.equal([]);
    const retrier = (errors: string, attempts: number): object => ({ ErrorEquals: [errors], MaxAttempts: attempts });
    expect(
      sentences(
        task({ Retry: [retrier("X", 1), retrier("Y", 1)] }),
        task({ Retry: [retrier("Z", 1), retrier("X", 5), retrier("Y", 1)] }),
      ),
    ).to.deep.equal(["A is now retried on Z", "A: Retry[1].MaxAttempts 1 → 5"]);
  });

  it("fields by path, expressions as people write them, and long ones around what differs", () => {
    const long = (name: string): string =>
      `{% $merge([${"$first, ".repeat(20)}$${name}, ${"$last, ".repeat(20)}$x]) %}`;
    const task = (fields: object): object => machine("A", { A: { Type: "Task", Resource: "r", End: true, ...fields } });
    const argumentsOf = (value: unknown): object => task({ Arguments: value });
    expect(
      sentences(
        argumentsOf({ a: "{% ($x + 1) %}", list: [1, 2], "b c": { d: null } }),
        argumentsOf({ a: "{% $x + 2 %}", list: [1, 2, 3], "b c": { d: "{%$y%}" } }),
      ),
    ).to.deep.equal([
      "A: Arguments.a $x + 1 → $x + 2",
      "A: Arguments.list[2] is new: 3",
      'A: Arguments["b c"].d null → $y',
    ]);
    expect(sentences(argumentsOf(long("one")), argumentsOf(long("two")))).to.deep.equal([
      "A: Arguments …first, $first, $first, $one, $last, $last, $last, $… → …first, $first, $first, $two, $last, $last, $last, $…",
    ]);
    expect(sentences(argumentsOf("{% $x %}"), argumentsOf("{%$x %}"))).to.deep.equal([]);
    expect(sentences(task({ TimeoutSeconds: 1 }), task({}))).to.deep.equal(["A: TimeoutSeconds is gone; it was 1"]);
    expect(sentences(task({}), machine("A", { A: { Type: "Pass", Resource: "r", End: true } }))).to.deep.equal([
      'A: Type "Task" → "Pass"',
    ]);
  });

  it("the machine itself, and a processor's own fields", () => {
    expect(
      sentences(old, machine("B", { A: pass("B"), B: pass("C", { Output: 1 }), C: pass() }, { TimeoutSeconds: 60 })),
    ).to.deep.equal(["the machine now starts with B instead of A", "the machine: TimeoutSeconds is new: 60"]);
    const each = (mode: string): object =>
      machine("M", {
        M: { Type: "Map", ItemProcessor: machine("A", { A: pass() }, { ProcessorConfig: { Mode: mode } }), End: true },
      });
    expect(sentences(each("INLINE"), each("DISTRIBUTED"))).to.deep.equal([
      'the processor of M: ProcessorConfig.Mode "INLINE" → "DISTRIBUTED"',
    ]);
  });

  it("broken definitions can be compared too", () => {
    expect(sentences({}, {})).to.deep.equal([]);
    expect(sentences(machine("A", { A: 1 }), machine("A", { A: { Type: "Pass", Next: 5, Choices: 3 } }))).to.deep.equal(
      ['A: Type is new: "Pass"', "A: Next is new: 5", "A: Choices is new: 3"],
    );
  });
});
