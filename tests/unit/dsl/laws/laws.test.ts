/** Laws of the whole compiler, over made-up programs. */
import { expect } from "chai";
import fc from "fast-check";
import { compile, define } from "../../../../workflow/dsl/index.ts";
import { simulate } from "../../../../workflow/simulator/index.ts";
import { complaints, withArns } from "../validators.ts";
import { outcome } from "./interpret.ts";
import { body, type Body } from "./program.ts";
import { written } from "./write.ts";

/** What text in a program can't be: a resource's token, and a key that JavaScript takes for a prototype. */
const programs = body
  .filter((program) => !/__proto__|\$\{/.test(JSON.stringify(program)))
  .map((program) => JSON.parse(JSON.stringify(program)) as Body);

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
      fc.asyncProperty(programs, async (program) => {
        const expected = outcome(program);
        fc.pre(expected !== undefined);
        const { made, tasks } = written(program);
        const { definition } = await define(made);
        const { status, output, error } = await simulate(definition, { tasks });
        expect({ status, output, error }).to.deep.equal(expected);
      }),
      { numRuns: 250 },
    );
  });

  it("is a machine that both validators accept", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const { definition } = await define(written(program).made);
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
