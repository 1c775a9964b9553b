/** Laws of the whole compiler, over made-up programs. */
import { expect } from "chai";
import fc from "fast-check";
import { AnyError, compile, define } from "../../../../workflow/dsl/index.ts";
import { simulate } from "../../../../workflow/simulator/index.ts";
import { complaints, withArns } from "../validators.ts";
import { failingBody } from "./broken.ts";
import { outcome } from "./interpret.ts";
import { body, type Body, type Step } from "./program.ts";
import { given, written } from "./write.ts";

const programs = body.map((program) => JSON.parse(JSON.stringify(program)) as Body);

/** Names of fields, and of what each object of JavaScript has. */
const names = fc.shuffledSubarray(
  [
    "Next",
    "Default",
    "StartAt",
    "End",
    "States",
    "Type",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "1",
  ],
  { maxLength: 6 },
);

/** The program as the body of a try. It has a task, since a handler that nothing can lead to doesn't compile. */
function caught({ steps, ...rest }: Body): Body {
  const handler = {
    errors: AnyError,
    body: { steps: [], value: { is: "constant", value: "caught" }, fails: null },
  } as const;
  const body = { ...rest, steps: [{ does: "task", gives: 0 } as const, ...steps] };
  const step: Step = { does: "try", body, retries: 0, handlers: [handler] };
  return { steps: [step], value: { is: "seen", index: 0 }, fails: null };
}

/** Whoever writes to it from now on fails. */
function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

describe("a made-up program", () => {
  it("gives as a machine what it gives when it is run in TypeScript", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(programs, names, async (program, names) => {
        const { made, tasks, used } = written(program, names);
        const expected = outcome(program, used);
        fc.pre(expected !== undefined);
        const { definition } = await define(made);
        const { status, output, error } = await simulate(definition, { input: given, tasks });
        expect({ status, output, error }).to.deep.equal(expected);
      }),
      { numRuns: 250 },
    );
  });

  it("never fails in a try that catches any error, whatever in it does", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(programs, names, async (program, names) => {
        const careful = caught(program);
        const { made, tasks, used } = written(careful, names);
        const expected = outcome(careful, used);
        const { definition } = await define(made);
        const { status, output, error } = await simulate(definition, { input: given, tasks });
        expect({ status, error }).to.deep.equal({ status: "SUCCEEDED", error: undefined });
        if (expected !== undefined) expect({ status, output, error }).to.deep.equal(expected);
      }),
      { numRuns: 250 },
    );
  });

  it("ends in the handler of a try around a failing expression, wherever that stands", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(failingBody, async (program) => {
        const { made, tasks } = written(caught(program));
        const { definition } = await define(made);
        const { output, error } = await simulate(definition, { input: given, tasks });
        expect({ output, error }).to.deep.equal({ output: "caught", error: undefined });
      }),
      { numRuns: 300 },
    );
  });

  it("is a machine that both validators accept", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(programs, names, async (program, names) => {
        const { definition } = await define(written(program, names).made);
        expect((await complaints(withArns(definition))).join("\n")).to.equal("");
      }),
      { numRuns: 60 },
    );
  });

  it("compiles to the same bytes each time it is compiled or written, and is not changed by it", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const { made } = written(program);
        freeze(made);
        const first = JSON.stringify(await compile(made));
        expect(JSON.stringify(await compile(made))).to.equal(first);
        expect(JSON.stringify(await compile(written(program).made))).to.equal(first);
      }),
      { numRuns: 30 },
    );
  });
});
